#include "shared/ui/window.h"

#include "shared/base/check.h"
#include "shared/ui/canvas.h"
#include "shared/ui/current.h"
#include "shared/ui/double_strike.h"
#include "shared/ui/focus.h"
#include "shared/ui/fonts.h"
#include "shared/ui/probe.h"
#include "shared/ui/touch.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <utility>
#include <vector>

#include <GL/gl.h>
#include <GLFW/glfw3.h>
#include <imgui.h>
#include <imgui/backends/imgui_impl_opengl3.h>
#include <stb_image_write.h>

namespace mado::ui {
namespace {

using Clock = std::chrono::steady_clock;

// Tests press, wait two frames, and release; so every input is worth two.
constexpr int kFramesForInput = 2;
constexpr float kUsualPixelsPerMm = 96 / 25.4F;

struct CloseGlfwWindow {
    void operator()(GLFWwindow* window) const { glfwDestroyWindow(window); }
};

IoError no_window(const char* what) {
    const char* why = nullptr;
    glfwGetError(&why);
    return {IoError::Kind::Unavailable,
            std::string(what) + (why != nullptr ? why : "no reason given")};
}

// Keypads and switches report themselves as keyboards. A number pad's keys are digits whatever its
// lock says.
std::optional<KeyPress> meaning_of(int key) {
    if (key >= GLFW_KEY_0 && key <= GLFW_KEY_9) return KeyPress{Key::Digit, key - GLFW_KEY_0};
    if (key >= GLFW_KEY_KP_0 && key <= GLFW_KEY_KP_9) {
        return KeyPress{Key::Digit, key - GLFW_KEY_KP_0};
    }
    switch (key) {
        case GLFW_KEY_LEFT:
            return KeyPress{Key::Left};
        case GLFW_KEY_RIGHT:
            return KeyPress{Key::Right};
        case GLFW_KEY_UP:
            return KeyPress{Key::Up};
        case GLFW_KEY_DOWN:
            return KeyPress{Key::Down};
        case GLFW_KEY_ENTER:
        case GLFW_KEY_KP_ENTER:
            return KeyPress{Key::Choose};
        case GLFW_KEY_ESCAPE:
            return KeyPress{Key::Back};
        case GLFW_KEY_BACKSPACE:
            return KeyPress{Key::Erase};
        case GLFW_KEY_F1:
            return KeyPress{Key::Help};
        case GLFW_KEY_SPACE:
            return KeyPress{Key::Scan};
        default:
            return {};
    }
}

// Of the monitor as it is, not of the layout.
float real_pixels_per_mm(const std::optional<PanelSize>& panel) {
    GLFWmonitor* monitor = glfwGetPrimaryMonitor();
    const GLFWvidmode* mode = monitor != nullptr ? glfwGetVideoMode(monitor) : nullptr;
    if (mode == nullptr) return kUsualPixelsPerMm;
    int width_mm = 0;
    int height_mm = 0;
    glfwGetMonitorPhysicalSize(monitor, &width_mm, &height_mm);
    const float width = panel ? panel->width_mm : static_cast<float>(width_mm);
    // Projectors and virtual screens say 0.
    return width > 0 ? static_cast<float>(mode->width) / width : kUsualPixelsPerMm;
}

}  // namespace

struct Window::Inside {
    Inside(Fonts opened, WindowSettings given)
        : settings(std::move(given)), fonts(std::move(opened)) {}

    std::unique_ptr<GLFWwindow, CloseGlfwWindow> window;
    WindowSettings settings;
    Fonts fonts;
    Touch touch;
    Focus focus;
    DoubleStrike double_strike{settings.held_back};
    Canvas canvas{fonts, touch};
    std::map<std::string, Writing> writings;  // by language
    std::optional<std::string> language;      // that the fonts are set for
    bool glyphs_due = true;                   // a new atlas is not in the graphics memory yet
    int width = 0;                            // of what is painted, in pixels
    int height = 0;
    float real_pixels_per_mm = kUsualPixelsPerMm;
    std::uint64_t frame = 0;
    int frames_owed = kFramesForInput;
    std::uint64_t inputs = 0;       // movements of the finger and keys that have come
    std::uint64_t input_frame = 0;  // the frame that saw the last of them
    bool dark = false;              // the last frame is a black panel
    bool dark_held = false;         // a finger came down on it
    bool dark_touch = false;        // before the next frame
    bool dark_touched = false;      // before the last one
    bool stirs = false;             // before the next frame
    bool stirred = false;           // before the last one
    std::atomic<bool> woken = false;

    // Where the last event said that the finger is, in the pixels that are painted. GLFW's own
    // question asks where it is by now, which may be elsewhere when several events come at once.
    Point finger{-1, -1};

    void finger_at(double x, double y) {
        int window_width = 0;
        int window_height = 0;
        int pixel_width = 0;
        int pixel_height = 0;
        glfwGetWindowSize(window.get(), &window_width, &window_height);
        glfwGetFramebufferSize(window.get(), &pixel_width, &pixel_height);
        finger = {static_cast<float>(x * pixel_width / std::max(window_width, 1)),
                  static_cast<float>(y * pixel_height / std::max(window_height, 1))};
    }

    void finger_down() {
        if (!double_strike.repeats(finger, Clock::now())) touch.press(finger);
    }

    void finger_up() {
        if (!touch.release(finger)) {
            stirs = true;
            return;
        }
        const auto at_finger = [this](const Target& each) { return each.rect.contains(finger); };
        double_strike.touched(std::ranges::find_if(touch.targets(), at_finger)->rect, Clock::now());
    }

    void key_down(const KeyPress& press) {
        stirs = true;
        if (double_strike.repeats(press, Clock::now())) return;
        const auto touched = focus.press(press);
        if (!touched) return;
        touch.tap(*touched);
        double_strike.pressed(press, Clock::now());
    }

    void came() {
        ++inputs;
        input_frame = frame + 1;
        frames_owed = kFramesForInput;
    }

    // Nobody can aim on a black panel: a touch that began there is one wherever it ends, and hits
    // nothing that lies below.
    void touch_dark(bool down) {
        if (!down && dark_held) dark_touch = true;
        dark_held = down;
    }

    static Inside& of(GLFWwindow* window) {
        return *static_cast<Inside*>(glfwGetWindowUserPointer(window));
    }
    void listen();
    void write_in(const std::string& next);
    void measure(const Shown& shown, const std::function<void()>& paint);
    void load_glyphs();
    void paint_frame(const std::function<void()>& paint);
    // What has been painted, or nothing of it.
    void render() const;
};

void Window::Inside::listen() {
    glfwSetWindowUserPointer(window.get(), this);
    glfwSetMouseButtonCallback(window.get(), [](GLFWwindow* w, int button, int action, int) {
        if (button != GLFW_MOUSE_BUTTON_LEFT) return;
        Inside& inside = of(w);
        inside.came();
        if (action == GLFW_PRESS) inside.focus.hide();
        if (inside.dark || inside.dark_held) return inside.touch_dark(action == GLFW_PRESS);
        if (action == GLFW_PRESS) inside.finger_down();
        if (action == GLFW_RELEASE) inside.finger_up();
    });
    // A key that is held does not repeat: a hand that trembles or rests would run away with the
    // focus (EN 301 549, 5.7).
    glfwSetKeyCallback(window.get(), [](GLFWwindow* w, int key, int, int action, int) {
        const auto press = meaning_of(key);
        if (!press || action != GLFW_PRESS) return;
        Inside& inside = of(w);
        inside.key_down(*press);
        inside.came();
    });
    glfwSetCursorPosCallback(window.get(), [](GLFWwindow* w, double x, double y) {
        Inside& inside = of(w);
        inside.finger_at(x, y);
        if (!inside.dark) inside.touch.move(inside.finger);
        inside.came();
    });
    glfwSetWindowRefreshCallback(window.get(),
                                 [](GLFWwindow* w) { of(w).frames_owed = kFramesForInput; });
    glfwSetFramebufferSizeCallback(
        window.get(), [](GLFWwindow* w, int, int) { of(w).frames_owed = kFramesForInput; });
}

void Window::Inside::write_in(const std::string& next) {
    if (language == next) return;
    language = next;
    const auto found = writings.find(next);
    const Writing writing = found == writings.end() ? Writing{} : found->second;
    fonts.set_for(writing.script, writing.alphabet);
}

// Measures until no text wants a glyph that the atlas lacks: once as a rule, more often when new
// names have come, or letters so large that an alphabet of them is more than a texture holds.
void Window::Inside::measure(const Shown& shown, const std::function<void()>& paint) {
    constexpr int kRoundsMax = 5;
    write_in(shown.language);
    const Scale scale = scale_for(width, height);
    const TextSize size = shown.sight.text_size;
    for (int round = 0; round < kRoundsMax; ++round) {
        if (fonts.stale(scale.pixels_per_mm, size)) {
            fonts.build(scale.pixels_per_mm, size);
            glyphs_due = true;
        }
        canvas.measure(scale, shown, paint);
        if (!fonts.stale(scale.pixels_per_mm, size)) return;
    }
}

void Window::Inside::load_glyphs() {
    if (!glyphs_due) return;
    ImGui_ImplOpenGL3_DestroyFontsTexture();
    MADO_CHECK(ImGui_ImplOpenGL3_CreateFontsTexture());
    glyphs_due = false;
}

void Window::Inside::render() const {
    if (!dark) return ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
    glClearColor(0, 0, 0, 1);
    glClear(GL_COLOR_BUFFER_BIT);
}

void Window::Inside::paint_frame(const std::function<void()>& paint) {
    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = {static_cast<float>(width), static_cast<float>(height)};
    io.DeltaTime = 1.0F / 60;  // nothing of ours moves by it
    ImGui::NewFrame();
    canvas.show(*ImGui::GetBackgroundDrawList(), real_pixels_per_mm);
    paint();
    canvas.finish();
}

Result<std::unique_ptr<Window>, IoError> Window::open(const WindowSettings& settings) {
    Fonts fonts = MADO_TRY(Fonts::open(settings.fonts));
    if (glfwInit() != GLFW_TRUE) return fail(no_window("no display: "));
    auto inside = std::make_unique<Inside>(std::move(fonts), settings);
    inside->real_pixels_per_mm = real_pixels_per_mm(settings.panel);

    glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
    glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 0);
    glfwWindowHint(GLFW_RESIZABLE, GLFW_FALSE);
    GLFWmonitor* monitor = nullptr;
    int width = settings.width;
    int height = settings.height;
    if (settings.stand == Stand::Kiosk) {
        monitor = glfwGetPrimaryMonitor();
        const GLFWvidmode* mode = monitor != nullptr ? glfwGetVideoMode(monitor) : nullptr;
        if (mode == nullptr) return fail(no_window("no monitor: "));
        width = mode->width;
        height = mode->height;
    }
    inside->window.reset(glfwCreateWindow(width, height, settings.title.c_str(), monitor, nullptr));
    if (!inside->window) return fail(no_window("no window: "));
    if (settings.stand == Stand::Kiosk) {
        glfwSetInputMode(inside->window.get(), GLFW_CURSOR, GLFW_CURSOR_HIDDEN);
    }
    glfwMakeContextCurrent(inside->window.get());
    glfwSwapInterval(1);
    inside->listen();

    IMGUI_CHECKVERSION();
    ImGui::CreateContext();
    ImGui::GetIO().IniFilename = nullptr;
    if (!ImGui_ImplOpenGL3_Init("#version 130")) {
        ImGui::DestroyContext();
        return fail(IoError{IoError::Kind::Unavailable, "no OpenGL 3"});
    }
    return std::unique_ptr<Window>(new Window(std::move(inside)));
}

Window::Window(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}

Window::~Window() {
    ImGui_ImplOpenGL3_Shutdown();
    ImGui::DestroyContext();
    inside_->window.reset();
    glfwTerminate();
}

bool Window::closed() const {
    return glfwWindowShouldClose(inside_->window.get()) == GLFW_TRUE;
}

bool Window::wait(std::chrono::milliseconds at_most) {
    // The probe says when the next touch counts again.
    if (inside_->double_strike.time_passed(Clock::now())) {
        inside_->frames_owed = std::max(inside_->frames_owed, 1);
    }
    if (inside_->frames_owed > 0 || inside_->woken.exchange(false)) {
        glfwPollEvents();
        return inside_->frames_owed > 0;
    }
    const auto longest = std::chrono::milliseconds(std::chrono::hours(1));
    auto duration = std::clamp(at_most, std::chrono::milliseconds(0), longest);
    if (const auto& held = inside_->double_strike.held()) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(held->until - Clock::now());
        duration = std::clamp(left, std::chrono::milliseconds(0), duration);
    }
    glfwWaitEventsTimeout(std::chrono::duration<double>(duration).count());
    inside_->woken = false;
    return inside_->frames_owed > 0;
}

void Window::wake() {
    inside_->woken = true;
    glfwPostEmptyEvent();
}

void Window::lay_out(const Shown& shown, const std::function<void()>& paint) {
    Inside& inside = *inside_;
    glfwGetFramebufferSize(inside.window.get(), &inside.width, &inside.height);
    const CurrentCanvas current(inside.canvas);
    inside.measure(shown, paint);
    inside.paint_frame(paint);
    ImGui::EndFrame();
}

void Window::draw(const Shown& shown, const std::function<void()>& paint) {
    Inside& inside = *inside_;
    glfwGetFramebufferSize(inside.window.get(), &inside.width, &inside.height);
    if (inside.width <= 0 || inside.height <= 0) return;  // made an icon of

    const CurrentCanvas current(inside.canvas);
    inside.measure(shown, paint);
    inside.load_glyphs();
    ImGui_ImplOpenGL3_NewFrame();
    inside.paint_frame(paint);
    const Drawn& drawn = inside.canvas.drawn();
    inside.focus.show(shown.screen, shown.over, drawn.targets, drawn.focus_start);
    inside.canvas.focus_on(inside.focus.ringed());
    ImGui::Render();
    glViewport(0, 0, inside.width, inside.height);
    // A finger that still rests on what was there touches nothing.
    if (shown.dark && !inside.dark) inside.touch.release({-1, -1});
    inside.dark = shown.dark;
    inside.render();
    glfwSwapBuffers(inside.window.get());

    ++inside.frame;
    inside.stirred = std::exchange(inside.stirs, false);
    inside.dark_touched = std::exchange(inside.dark_touch, false);
    if (inside.frames_owed > 0) --inside.frames_owed;
    if (shown.screen != inside.touch.screen()) inside.double_strike.screen_changed();
    inside.touch.show(shown.screen, drawn.targets);
    if (inside.touch.waits()) inside.frames_owed = std::max(inside.frames_owed, 1);
    if (!inside.settings.probe.empty()) {
        const std::string json = probe_json({inside.frame, inside.inputs, inside.input_frame},
                                            shown, drawn, inside.double_strike.held());
        // A probe that cannot be written fails the test that waits for it; the kiosk goes on.
        static_cast<void>(write_probe(inside.settings.probe, json));
    }
}

bool Window::stirred() const {
    return inside_->stirred;
}

bool Window::dark_touched() const {
    return inside_->dark_touched;
}

void Window::hide_focus() {
    inside_->focus.hide();
}

void Window::prepare(const std::string& language, Writing writing) {
    inside_->writings.insert_or_assign(language, std::move(writing));
    inside_->language.reset();
}

std::uint64_t Window::frame() const {
    return inside_->frame;
}

const Drawn& Window::drawn() const {
    return inside_->canvas.drawn();
}

bool Window::glyphs_complete() const {
    return !inside_->fonts.wants_more();
}

const std::set<char32_t>& Window::missing_glyphs() const {
    return inside_->fonts.missing();
}

Result<void, IoError> Window::screenshot(const std::filesystem::path& file) {
    const ImDrawData* drawn = ImGui::GetDrawData();
    if (drawn == nullptr) return fail(IoError{IoError::Kind::Refused, "nothing was drawn yet"});
    const auto width = static_cast<int>(drawn->DisplaySize.x);
    const auto height = static_cast<int>(drawn->DisplaySize.y);
    // After a swap the back buffer holds anything; the last frame's orders are still there.
    inside_->render();
    std::vector<std::uint8_t> pixels(static_cast<std::size_t>(width) *
                                     static_cast<std::size_t>(height) * 3);
    glPixelStorei(GL_PACK_ALIGNMENT, 1);
    glReadBuffer(GL_BACK);
    glReadPixels(0, 0, width, height, GL_RGB, GL_UNSIGNED_BYTE, pixels.data());
    stbi_flip_vertically_on_write(1);
    // Flat colours: choosing a filter for each row costs most of the time and saves little.
    stbi_write_png_compression_level = 5;
    stbi_write_force_png_filter = 0;
    if (stbi_write_png(file.c_str(), width, height, 3, pixels.data(), width * 3) == 0) {
        return fail(IoError{IoError::Kind::Unavailable, "cannot write " + file.string()});
    }
    return {};
}

bool Window::too_small() const {
    constexpr float kRounding = 0.98F;
    int width = 0;
    int height = 0;
    glfwGetFramebufferSize(inside_->window.get(), &width, &height);
    return scale_for(width, height).pixels_per_mm < inside_->real_pixels_per_mm * kRounding;
}

}  // namespace mado::ui

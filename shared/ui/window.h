#pragma once

// The one window of a kiosk or terminal.
//
// It draws only when asked, and a shell asks only when wait() says so: a screen at rest costs
// nothing. All of it belongs to the thread that opened it, but for wake().
//
//   while (!window->closed()) {
//       if (window->wait(until_next_tick)) window->draw(shown, [&] { event = paint(…); });
//       …
//   }

#include "shared/base/io_error.h"
#include "shared/base/result.h"
#include "shared/base/script.h"
#include "shared/ui/drawn.h"
#include "shared/ui/shown.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>

namespace mado::ui {

struct PanelSize {
    float width_mm = 0;
    float height_mm = 0;

    bool operator==(const PanelSize&) const = default;
};

enum class Stand {
    Windowed,  // a window of the given size
    Kiosk,     // the whole monitor, without a mouse pointer
};

struct WindowSettings {
    std::string title;
    Stand stand = Stand::Windowed;
    int width = 1080;
    int height = 1920;
    // The monitor's real size; none: as the monitor says. Decides only whether the smallest sizes
    // hold on this panel (see too_small()): the layout always fills the window.
    std::optional<PanelSize> panel;
    std::filesystem::path fonts = "/usr/share/fonts";
    // For so long a second strike of the same place or key counts for nothing on the next screen.
    std::chrono::milliseconds held_back{500};
    // Where to write what can be touched after each frame (MADO_PROBE); empty: nowhere.
    std::filesystem::path probe;
};

// What texts of a language are written with.
struct Writing {
    Script script = Script::Japanese;
    std::u32string alphabet;
};

class Window {
  public:
    // Unavailable without a display, without OpenGL 3, or without the typefaces.
    static Result<std::unique_ptr<Window>, IoError> open(const WindowSettings& settings);
    ~Window();

    // Whether somebody has asked the window to close.
    bool closed() const;

    // Sleeps until a touch, a key, a call of wake(), or this long. True when what stands on the
    // screen must be drawn again: a finger moved, a key was pressed, or another window lay over
    // this one. Whoever was woken draws where it has something new to show.
    bool wait(std::chrono::milliseconds at_most);
    // Ends the wait() that is under way or the next one. For any thread.
    void wake();

    // Draws one frame. `paint` calls the widgets; it is called more than once, and a touch is
    // reported by its last call alone.
    void draw(const Shown& shown, const std::function<void()>& paint);
    // Whether somebody had pressed a key, or touched beside everything, before the last frame.
    bool stirred() const;
    // Whether somebody had touched the panel, anywhere, while it was black.
    bool dark_touched() const;
    // The person has left: whoever comes next may be one who touches.
    void hide_focus();

    // All of draw() but what is seen of it: drawn() is as draw() would have left it.
    void lay_out(const Shown& shown, const std::function<void()>& paint);

    // How texts are set while Shown names this language: its characters are in the atlas before
    // the first frame that needs them.
    void prepare(const std::string& language, Writing writing);

    // Of the last frame.
    std::uint64_t frame() const;
    const Drawn& drawn() const;
    // Whether the last frame had the glyphs of all its texts; one that was not measured may have
    // come too late, and shows "?".
    bool glyphs_complete() const;
    // Characters wanted so far that the typefaces lack (shown as 〓).
    const std::set<char32_t>& missing_glyphs() const;
    // Writes the last frame as PNG.
    Result<void, IoError> screenshot(const std::filesystem::path& file);

    // Whether texts and targets come out smaller than they must on this panel.
    bool too_small() const;

  private:
    struct Inside;

    explicit Window(std::unique_ptr<Inside> inside);

    std::unique_ptr<Inside> inside_;
};

}  // namespace mado::ui

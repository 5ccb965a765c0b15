// Lays out every screen in every language, size of letters and theme, upright and lying, and
// measures each.
//
//   madoguchi-gallery LOCALE_FOLDER [--only TEXT]… [--pictures FOLDER]
//
// --only takes what has all these texts in its name ("pt-booked", "-largest-lying-contrast"),
// --pictures paints it to PNG files as well.
//
// Exits with 1 when anything is cut, overlaps, is too small, too close or too pale, when something
// that can be touched has no place or says nothing aloud, when a glyph is missing, or when a screen
// of the flow has no board.

#include "kiosk/screens/languages.h"
#include "kiosk/screens/screens.h"
#include "kiosk/texts/speech.h"
#include "shared/domain/town_text.h"
#include "shared/ui/window.h"
#include "tests/gallery/boards.h"
#include "tests/gallery/measure.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <map>
#include <set>
#include <string_view>
#include <vector>

#include <fmt/format.h>

namespace mado::tests {
namespace {

struct Options {
    std::filesystem::path locale;
    std::vector<std::string> only;
    std::filesystem::path pictures;  // empty: none
};

// A panel of 23 inches, as it can stand.
struct Stand {
    const char* name;
    int width;
    int height;
};
constexpr std::array kStands = {Stand{"upright", 1080, 1920}, Stand{"lying", 1920, 1080}};

const char* name_of(kiosk::TextSize size) {
    switch (size) {
        case kiosk::TextSize::Normal:
            return "normal";
        case kiosk::TextSize::Large:
            return "large";
        case kiosk::TextSize::Larger:
            return "larger";
        case kiosk::TextSize::Largest:
            return "largest";
    }
    return "";
}

const char* name_of(kiosk::Theme theme) {
    return theme == kiosk::Theme::Standard ? "standard" : "contrast";
}

// Something to see through the camera: a pale sheet on a dark table.
Frame a_frame() {
    constexpr int kFrameWidth = 1280;
    constexpr int kFrameHeight = 720;
    Frame frame;
    frame.width = kFrameWidth;
    frame.height = kFrameHeight;
    for (int y = 0; y < kFrameHeight; ++y) {
        for (int x = 0; x < kFrameWidth; ++x) {
            const int along = x + y / 6;
            const bool sheet = along > 330 && along < 1010 && y > 120 && y < 640;
            const bool printed = sheet && (y / 14) % 3 == 0 && (along / 9) % 5 != 0;
            const int shade = sheet ? (printed ? 150 : 226) : 70 + y / 16;
            const auto value = static_cast<std::uint8_t>(shade);
            frame.grey.push_back(value);
            frame.colour.insert(frame.colour.end(), 3, value);
        }
    }
    return frame;
}

// Who cannot see what can be touched must hear it.
std::vector<std::string> speechless_targets(const kiosk::Kiosk& kiosk, const ui::Drawn& drawn,
                                            const kiosk::ReadingsTable& readings) {
    std::vector<std::string> faults;
    for (const ui::Target& target : drawn.targets) {
        if (!kiosk::label_of(kiosk, target.id, readings)) {
            faults.push_back("\"" + target.id + "\" says nothing aloud");
        }
    }
    return faults;
}

// A board as somebody stands before it.
struct Sitting {
    const Stand* stand;
    kiosk::Language language;
    kiosk::Comfort comfort;
};

// What can be touched on each board, as it is upright and in letters of the normal size.
using Touchables = std::map<std::string, std::set<std::string>>;

class Gallery {
  public:
    Gallery(Options options, kiosk::ReadingsTable readings)
        : options_(std::move(options)), readings_(std::move(readings)) {}

    Result<void, IoError> open(const Stand& stand) {
        ui::WindowSettings settings;
        settings.title = "gallery";
        settings.width = stand.width;
        settings.height = stand.height;
        window_.reset();  // there is one at a time
        window_ = MADO_TRY(ui::Window::open(settings));
        live_ = std::make_unique<ui::Picture>();
        live_->show(a_frame());
        return {};
    }

    Result<void, IoError> measure_all(const Sitting& usual) {
        const std::string code = kiosk::code_of(usual.language);
        const Texts texts = MADO_TRY(Texts::open(options_.locale, code));
        window_->prepare(code, {kiosk::script_of(usual.language), texts.alphabet()});
        std::set<std::size_t> seen;
        for (const kiosk::TextSize size : kiosk::kTextSizes) {
            for (const kiosk::Theme theme : {kiosk::Theme::Standard, kiosk::Theme::HighContrast}) {
                Sitting sitting = usual;
                sitting.comfort = {size, theme};
                for (const Board& board : boards(usual.language)) {
                    seen.insert(board.kiosk.screen.index());
                    MADO_TRY(measure(board, sitting, texts));
                }
            }
        }
        report_unpainted(seen);
        return {};
    }

    void report_window() {
        for (const char32_t glyph : window_->missing_glyphs()) {
            report("all", fmt::format("no glyph for U+{:04X}", static_cast<unsigned>(glyph)));
        }
        if (window_->too_small()) report("all", "the panel is smaller than the layout");
    }

    int faults() const { return faults_; }
    int frames() const { return frames_; }
    int in_parts() const { return in_parts_; }

  private:
    Result<void, IoError> measure(const Board& board, const Sitting& sitting, const Texts& texts) {
        const std::string name = fmt::format("{}-{}-{}-{}-{}", kiosk::code_of(sitting.language),
                                             board.name, name_of(sitting.comfort.text_size),
                                             sitting.stand->name, name_of(sitting.comfort.theme));
        const auto has = [&](const std::string& text) {
            return name.find(text) != std::string::npos;
        };
        if (!std::ranges::all_of(options_.only, has)) return {};
        kiosk::Kiosk kiosk = board.kiosk;
        kiosk.visit.comfort = sitting.comfort;
        std::set<std::string> touchable;
        int parts = 1;
        for (int part = 0; part < parts; ++part) {
            kiosk.visit.part = part;
            const std::string picture = part == 0 ? name : fmt::format("{}-{}", name, part + 1);
            const Texts worded =
                board.notice.empty() ? texts : texts.worded({{kNoticeKey, board.notice}});
            MADO_TRY(show({worded, kiosk, board.live ? live_.get() : nullptr}, picture));
            const ui::Drawn& drawn = window_->drawn();
            parts = drawn.parts;
            for (const ui::Target& target : drawn.targets)
                touchable.insert(target.id);
            const ui::Rect panel{0, 0, static_cast<float>(sitting.stand->width),
                                 static_cast<float>(sitting.stand->height)};
            for (const std::string& fault : faults_of(drawn, panel))
                report(picture, fault);
            if (!window_->glyphs_complete()) report(picture, "a text came before its glyphs");
            for (const std::string& fault : speechless_targets(kiosk, drawn, readings_))
                report(picture, fault);
            ++frames_;
        }
        if (parts > 1) ++in_parts_;
        compare(name, board.name, touchable);
        return {};
    }

    Result<void, IoError> show(const kiosk::View& view, const std::string& picture) {
        const auto paint = [&] { static_cast<void>(kiosk::paint(view)); };
        if (options_.pictures.empty()) {
            window_->lay_out(kiosk::shown(view.kiosk), paint);
            return {};
        }
        window_->draw(kiosk::shown(view.kiosk), paint);
        return window_->screenshot(options_.pictures / (picture + ".png"));
    }

    // A page may be cut into parts, and lose pictures by it, but nothing that can be touched.
    void compare(const std::string& name, const std::string& board,
                 std::set<std::string>& touchable) {
        touchable.erase("part/up");
        touchable.erase("part/down");
        const auto [usual, first] = touchables_.emplace(board, touchable);
        if (first || usual->second == touchable) return;
        for (const std::string& id : usual->second) {
            if (!touchable.contains(id)) report(name, "target " + id + " has no place");
        }
    }

    // Every alternative of the flow's variant must hang on the wall.
    void report_unpainted(const std::set<std::size_t>& seen) {
        for (std::size_t i = 0; i < std::variant_size_v<kiosk::Screen>; ++i) {
            if (!seen.contains(i)) {
                report("all", fmt::format("screen {} of kiosk::Screen has no board", i));
            }
        }
    }

    void report(const std::string& picture, const std::string& fault) {
        fmt::print(stderr, "{}: {}\n", picture, fault);
        ++faults_;
    }

    Options options_;
    kiosk::ReadingsTable readings_;
    std::unique_ptr<ui::Window> window_;
    std::unique_ptr<ui::Picture> live_;
    Touchables touchables_;
    int faults_ = 0;
    int frames_ = 0;
    int in_parts_ = 0;
};

Result<int, IoError> measure_all(const Options& options) {
    kiosk::ReadingsTable readings;
    for (const kiosk::Language language : kiosk::kLanguages) {
        auto read = MADO_TRY(Readings::open(options.locale, kiosk::code_of(language)));
        readings.emplace(language, std::move(read));
    }
    Gallery gallery(options, std::move(readings));
    for (const Stand& stand : kStands) {
        MADO_TRY(gallery.open(stand));
        for (const kiosk::Language language : kiosk::kLanguages) {
            MADO_TRY(gallery.measure_all({&stand, language, {}}));
        }
        gallery.report_window();
    }
    fmt::print("{} frames, {} pages in parts, {} faults\n", gallery.frames(), gallery.in_parts(),
               gallery.faults());
    return gallery.faults();
}

std::optional<Options> options_of(std::span<char*> arguments) {
    if (arguments.size() < 2) return {};
    Options options;
    options.locale = arguments[1];
    for (std::size_t i = 2; i < arguments.size(); ++i) {
        const std::string_view name = arguments[i];
        const bool has_value = i + 1 < arguments.size();
        if (name == "--only" && has_value) {
            options.only.emplace_back(arguments[++i]);
        } else if (name == "--pictures" && has_value) {
            options.pictures = arguments[++i];
        } else {
            return {};
        }
    }
    return options;
}

}  // namespace
}  // namespace mado::tests

int main(int argc, char** argv) {
    const auto options = mado::tests::options_of({argv, static_cast<std::size_t>(argc)});
    if (!options) {
        fmt::print(stderr,
                   "usage: madoguchi-gallery LOCALE_FOLDER [--all] [--only TEXT]... "
                   "[--pictures FOLDER]\n");
        return 2;
    }
    std::error_code error;
    if (!options->pictures.empty()) {
        std::filesystem::create_directories(options->pictures, error);
    }
    const auto faults = mado::tests::measure_all(*options);
    if (!faults) {
        fmt::print(stderr, "{}\n", faults.error().what);
        return 1;
    }
    return *faults == 0 ? 0 : 1;
}

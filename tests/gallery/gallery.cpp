// Paints every screen in every language to PNG files and measures each.
//
//   madoguchi-gallery LOCALE_FOLDER PICTURE_FOLDER
//
// Exits with 1 when anything is cut, overlaps, is too small, too close or too pale, when a glyph is
// missing, when something that can be touched says nothing aloud, or when a screen of the flow has
// no board.

#include "kiosk/screens/languages.h"
#include "kiosk/screens/screens.h"
#include "kiosk/texts/speech.h"
#include "shared/ui/window.h"
#include "tests/gallery/boards.h"
#include "tests/gallery/measure.h"

#include <cmath>
#include <cstdio>
#include <filesystem>
#include <set>

#include <fmt/format.h>

namespace mado::tests {
namespace {

constexpr int kWidth = 1080;
constexpr int kHeight = 1920;

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

int report(const std::string& picture, const std::vector<std::string>& faults) {
    for (const std::string& fault : faults) {
        fmt::print(stderr, "{}: {}\n", picture, fault);
    }
    return static_cast<int>(faults.size());
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

// Every alternative of the flow's variant must hang on the wall.
int unpainted_screens(const std::set<std::size_t>& painted) {
    int missing = 0;
    for (std::size_t i = 0; i < std::variant_size_v<kiosk::Screen>; ++i) {
        if (painted.contains(i)) continue;
        fmt::print(stderr, "screen {} of kiosk::Screen has no board\n", i);
        ++missing;
    }
    return missing;
}

Result<int, IoError> paint_all(const std::filesystem::path& locale,
                               const std::filesystem::path& folder) {
    ui::WindowSettings settings;
    settings.title = "gallery";
    settings.width = kWidth;
    settings.height = kHeight;
    const auto window = MADO_TRY(ui::Window::open(settings));
    ui::Picture live;
    live.show(a_frame());

    kiosk::ReadingsTable readings;
    for (const kiosk::Language language : kiosk::kLanguages) {
        auto read = MADO_TRY(Readings::open(locale, kiosk::code_of(language)));
        readings.emplace(language, std::move(read));
    }

    int faults = 0;
    int pictures = 0;
    for (const kiosk::Language language : kiosk::kLanguages) {
        const std::string code = kiosk::code_of(language);
        const Texts texts = MADO_TRY(Texts::open(locale, code));
        window->prepare(code, {kiosk::script_of(language), texts.alphabet()});
        std::set<std::size_t> painted;
        for (const Board& board : boards(language)) {
            const kiosk::View view{texts, board.kiosk, board.live ? &live : nullptr};
            window->draw({kiosk::shown_name(board.kiosk), code},
                         [&] { static_cast<void>(kiosk::paint(view)); });
            const std::string picture = code + "-" + board.name;
            MADO_TRY(window->screenshot(folder / (picture + ".png")));
            faults += report(picture, faults_of(window->drawn(), {0, 0, kWidth, kHeight}));
            faults += report(picture, speechless_targets(board.kiosk, window->drawn(), readings));
            painted.insert(board.kiosk.screen.index());
            ++pictures;
        }
        faults += unpainted_screens(painted);
    }
    for (const char32_t glyph : window->missing_glyphs()) {
        fmt::print(stderr, "no glyph for U+{:04X}\n", static_cast<unsigned>(glyph));
        ++faults;
    }
    if (window->too_small()) {
        fmt::print(stderr, "the panel is smaller than the layout\n");
        ++faults;
    }
    fmt::print("{} pictures in {}, {} faults\n", pictures, folder.string(), faults);
    return faults;
}

}  // namespace
}  // namespace mado::tests

int main(int argc, char** argv) {
    if (argc != 3) {
        fmt::print(stderr, "usage: madoguchi-gallery LOCALE_FOLDER PICTURE_FOLDER\n");
        return 2;
    }
    const std::filesystem::path folder = argv[2];
    std::error_code error;
    std::filesystem::remove_all(folder, error);
    std::filesystem::create_directories(folder, error);
    const auto faults = mado::tests::paint_all(argv[1], folder);
    if (!faults) {
        fmt::print(stderr, "{}\n", faults.error().what);
        return 1;
    }
    return *faults == 0 ? 0 : 1;
}

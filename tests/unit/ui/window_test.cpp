// A real window on a virtual screen, with real touches by xdotool. Needs DISPLAY; CMake runs it
// with tests/gallery/with_xvfb.py.

#include "shared/ui/window.h"

#include "shared/ui/widgets.h"
#include "tests/support/scratch_folder.h"

#include <array>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>
#include <thread>

#include <gtest/gtest.h>

namespace mado::ui {
namespace {

using namespace std::chrono_literals;

constexpr auto kLong = 60s;  // no wait here is meant to end by it

class WindowTest : public testing::Test {
  protected:
    void SetUp() override { open(500ms); }

    void open(std::chrono::milliseconds held_back) {
        WindowSettings settings;
        settings.held_back = held_back;
        settings.title = "window_test";
        settings.probe = folder_ / "probe.json";
        auto opened = Window::open(settings);
        ASSERT_TRUE(opened) << opened.error().what;
        window_ = std::move(opened).value();
        draw();
    }

    // A screen with one button; says whether it was touched.
    bool draw() {
        bool touched = false;
        window_->draw({"question", "ja", "", {}, dark_}, [&] {
            heading("予約しますか？");
            spring();
            touched = button("yes", "はい", Look::Primary);
        });
        return touched;
    }

    // Draws whenever the window asks for it, until `done` holds.
    template <class Done>
    bool draw_until(Done done) {
        const auto end = std::chrono::steady_clock::now() + kLong;
        while (!done() && std::chrono::steady_clock::now() < end) {
            if (window_->wait(100ms)) touches_ += draw() ? 1 : 0;
        }
        return done();
    }

    // Until the window has been at rest for a while.
    void draw_until_at_rest() {
        while (window_->wait(300ms)) {
            touches_ += draw() ? 1 : 0;
        }
    }

    static void xdotool(const std::string& orders) {
        ASSERT_EQ(std::system(("xdotool " + orders).c_str()), 0);
    }
    static std::string at(Point point) {
        return std::to_string(static_cast<int>(point.x)) + " " +
               std::to_string(static_cast<int>(point.y));
    }
    Point yes() const { return window_->drawn().targets.at(0).rect.middle(); }

    tests::ScratchFolder folder_;
    std::unique_ptr<Window> window_;
    bool is_black() {
        const auto picture = folder_ / "picture.png";
        EXPECT_TRUE(window_->screenshot(picture).ok());
        const std::string brightest =
            "$(convert " + picture.string() + " -format '%[fx:maxima]' info:)";
        return std::system(("test " + brightest + " = 0").c_str()) == 0;
    }

    bool dark_ = false;
    int touches_ = 0;
};

TEST_F(WindowTest, IsBlackWhileItIsDarkAndATouchAnywhereHitsNothing) {
    draw_until_at_rest();
    EXPECT_FALSE(is_black());
    dark_ = true;
    draw();
    EXPECT_TRUE(is_black());
    xdotool("mousemove " + at(yes()) + " mousedown 1");
    draw_until_at_rest();
    EXPECT_FALSE(window_->dark_touched()) << "it ends with the finger going up";
    xdotool("mouseup 1");
    EXPECT_TRUE(draw_until([&] { return window_->dark_touched(); }));
    EXPECT_EQ(touches_, 0);
    draw();
    EXPECT_FALSE(window_->dark_touched()) << "it is reported once";

    dark_ = false;
    draw();
    EXPECT_FALSE(is_black());
    xdotool("mousemove 1 1 mousemove " + at(yes()) + " click 1");
    EXPECT_TRUE(draw_until([&] { return touches_ > 0; }));
    EXPECT_FALSE(window_->dark_touched());
}

TEST_F(WindowTest, TakesKeysWhileItIsDark) {
    draw_until_at_rest();
    dark_ = true;
    draw();
    xdotool("key Right");
    draw_until_at_rest();
    xdotool("key Return");
    EXPECT_TRUE(draw_until([&] { return touches_ > 0; }));
    EXPECT_TRUE(is_black());
    EXPECT_FALSE(window_->dark_touched());
}

TEST_F(WindowTest, ReportsATouchOnce) {
    draw_until_at_rest();
    xdotool("mousemove " + at(yes()) + " click 1");
    EXPECT_TRUE(draw_until([&] { return touches_ > 0; }));
    draw_until_at_rest();
    EXPECT_EQ(touches_, 1);
}

TEST_F(WindowTest, IgnoresATouchThatSlidesOff) {
    draw_until_at_rest();
    xdotool("mousemove " + at(yes()) + " mousedown 1 mousemove 20 400 mouseup 1");
    draw_until_at_rest();
    xdotool("mousemove 20 400 mousedown 1 mousemove " + at(yes()) + " mouseup 1");
    draw_until_at_rest();
    EXPECT_EQ(touches_, 0);
}

TEST_F(WindowTest, DrawsNothingAtRest) {
    draw_until_at_rest();
    const auto frame = window_->frame();
    EXPECT_FALSE(window_->wait(200ms));
    EXPECT_EQ(window_->frame(), frame);
}

// Whether something new is to be shown, the one who was woken knows.
TEST_F(WindowTest, WakesForAnotherThreadAndAsksForNoFrame) {
    draw_until_at_rest();
    const auto begun = std::chrono::steady_clock::now();
    std::thread other([&] { window_->wake(); });
    EXPECT_FALSE(window_->wait(kLong));
    other.join();
    EXPECT_LT(std::chrono::steady_clock::now() - begun, kLong);
}

TEST_F(WindowTest, RemembersAWakeThatCameBeforeTheWait) {
    draw_until_at_rest();
    const auto begun = std::chrono::steady_clock::now();
    window_->wake();
    EXPECT_FALSE(window_->wait(kLong));
    EXPECT_LT(std::chrono::steady_clock::now() - begun, kLong);
}

TEST_F(WindowTest, ReportsEachTouchOfAQuickHand) {
    draw_until_at_rest();
    xdotool("mousemove " + at(yes()) + " click 1 click 1 click 1");
    EXPECT_TRUE(draw_until([&] { return touches_ == 3; }));
    draw_until_at_rest();
    EXPECT_EQ(touches_, 3);
}

TEST_F(WindowTest, TakesAKeyForATouchOfWhatTheFocusIsOn) {
    draw_until_at_rest();
    EXPECT_TRUE(window_->drawn().focused.empty());
    xdotool("key Return");
    draw_until_at_rest();
    ASSERT_EQ(window_->drawn().focused.size(), 1u);
    EXPECT_EQ(window_->drawn().focused[0].id, "yes");
    EXPECT_EQ(window_->drawn().focused[0].label, "はい");
    EXPECT_EQ(touches_, 0) << "the first key says where the focus is";
    xdotool("key Return key KP_Enter");
    EXPECT_TRUE(draw_until([&] { return touches_ == 2; }));
    draw_until_at_rest();
    EXPECT_EQ(touches_, 2);
    xdotool("mousemove 20 400 mousedown 1");
    draw_until_at_rest();
    EXPECT_TRUE(window_->drawn().focused.empty());
    xdotool("mouseup 1");
}

// Two screens with the same button in the same place: a touch leads from one to the other.
TEST_F(WindowTest, HoldsBackASecondStrikeOnTheNextScreen) {
    for (const auto held_back : {std::chrono::milliseconds(0ms), std::chrono::milliseconds(1h)}) {
        window_.reset();
        open(held_back);
        int screens = 0;
        const auto strike = [&] {
            xdotool("mousemove " + at(yes()) + " click 1");
            while (window_->wait(300ms)) {
                bool touched = false;
                window_->draw({screens % 2 == 0 ? "question" : "answer", "ja"}, [&] {
                    heading("予約しますか？");
                    spring();
                    touched = button("yes", "はい", Look::Primary);
                });
                if (touched) ++screens;
            }
        };
        draw_until_at_rest();
        strike();
        strike();
        EXPECT_EQ(screens, held_back == 0ms ? 2 : 1);
        std::ifstream probe(folder_ / "probe.json");
        const std::string told{std::istreambuf_iterator<char>(probe), {}};
        EXPECT_EQ(told.find("\"held\":null") != std::string::npos, held_back == 0ms);
    }
}

TEST_F(WindowTest, PutsTheFooterLastWheneverItIsPainted) {
    window_->draw({"question", "ja"}, [] {
        foot({}, FootButton{"staff", "", FootSign::Staff});
        const std::array buttons = {HeaderButton{"language", "", HeaderSign::Globe}};
        header({}, buttons);
        button("yes", "", Look::Primary);
    });
    std::vector<std::string> order;
    for (const Target& target : window_->drawn().targets)
        order.push_back(target.id);
    EXPECT_EQ(order, (std::vector<std::string>{"language", "yes", "staff"}));
    EXPECT_EQ(window_->drawn().focus_start, 1u);
}

TEST_F(WindowTest, DoesNotRepeatAKeyThatIsHeld) {
    draw_until_at_rest();
    xdotool("key Return keydown Return sleep 1.5 keyup Return");
    draw_until_at_rest();
    EXPECT_EQ(touches_, 1);
}

TEST_F(WindowTest, KnowsEachKeyOfAKeypad) {
    const std::vector<std::pair<std::string, std::string>> keys = {
        {"0", "digit/0"},     {"7", "digit/7"},       {"KP_0", "digit/0"}, {"KP_9", "digit/9"},
        {"Escape", "return"}, {"BackSpace", "erase"}, {"F1", "staff"}};
    const auto draw_keypad = [&] {
        std::string touched;
        window_->draw({"keypad", "ja"}, [&] {
            touched.clear();
            const auto pad = number_pad({}, {});
            if (pad && pad->key == PadTouch::Key::Digit)
                touched = "digit/" + std::to_string(pad->digit);
            if (pad && pad->key == PadTouch::Key::Erase) touched = "erase";
            const auto side = foot(FootButton{"return", "", FootSign::Back},
                                   FootButton{"staff", "", FootSign::Staff});
            if (side) touched = side == FootSide::Left ? "return" : "staff";
        });
        return touched;
    };
    draw_keypad();
    for (const auto& [key, wanted] : keys) {
        xdotool("key " + key);
        std::string touched;
        const auto end = std::chrono::steady_clock::now() + kLong;
        while (touched.empty() && std::chrono::steady_clock::now() < end) {
            if (window_->wait(100ms)) touched = draw_keypad();
        }
        EXPECT_EQ(touched, wanted) << key;
    }
}

TEST_F(WindowTest, SaysThatSomebodyStirred) {
    draw_until_at_rest();
    EXPECT_FALSE(window_->stirred());
    const auto stirs = [&](const std::string& orders) {
        xdotool(orders);
        bool stirred = false;
        while (window_->wait(300ms)) {
            draw();
            stirred = stirred || window_->stirred();
        }
        return stirred;
    };
    EXPECT_TRUE(stirs("key Left"));
    EXPECT_TRUE(stirs("mousemove 20 400 click 1")) << "beside everything";
    EXPECT_FALSE(stirs("mousemove " + at(yes()) + " click 1")) << "that is a touch";
    EXPECT_FALSE(stirs("mousemove 30 400"));
    EXPECT_FALSE(stirs("key q key F5 key Tab")) << "keys that no keypad has";
}

TEST_F(WindowTest, WritesTheProbeAfterEachFrame) {
    draw();
    std::ostringstream probe;
    probe << std::ifstream(folder_ / "probe.json").rdbuf();
    EXPECT_NE(probe.str().find("\"frame\":" + std::to_string(window_->frame())), std::string::npos);
    EXPECT_NE(probe.str().find("\"screen\":\"question\""), std::string::npos);
    EXPECT_NE(probe.str().find("\"id\":\"yes\""), std::string::npos);
}

TEST_F(WindowTest, DrawsANameWithCharactersThatNobodyPrepared) {
    window_->draw({"question", "ja"}, [] { heading("髙﨑邊酒店"); });
    EXPECT_TRUE(window_->missing_glyphs().empty());
    ASSERT_EQ(window_->drawn().texts.size(), 1u);
    EXPECT_EQ(window_->drawn().texts[0].text, "髙﨑邊酒店");
    EXPECT_GT(window_->drawn().texts[0].rect.width(), 100);
}

TEST_F(WindowTest, SetsALanguageInTheFormsOfItsCountry) {
    const auto picture_of = [&](const char* language) {
        window_->draw({"question", language}, [] { heading("直骨 Ế"); });
        EXPECT_TRUE(window_->missing_glyphs().empty()) << language;
        EXPECT_TRUE(window_->screenshot(folder_ / language));
        std::ostringstream bytes;
        bytes << std::ifstream(folder_ / language, std::ios::binary).rdbuf();
        return bytes.str();
    };
    window_->prepare("zh", {Script::Chinese, U"直骨"});
    window_->prepare("vi", {Script::Vietnamese, U"Ế"});
    const std::string japanese = picture_of("ja");
    const std::string chinese = picture_of("zh");
    const std::string vietnamese = picture_of("vi");
    EXPECT_NE(chinese, japanese);
    EXPECT_NE(chinese, vietnamese);
    EXPECT_EQ(picture_of("ja"), japanese) << "and back again";
}

TEST_F(WindowTest, ShowsAMarkWhereTheTypefaceHasNoGlyph) {
    window_->draw({"question", "ja"}, [] { heading("𠮷野\uE000"); });
    ASSERT_EQ(window_->drawn().texts.size(), 1u);
    EXPECT_EQ(window_->drawn().texts[0].text, "〓野〓");
    EXPECT_EQ(window_->missing_glyphs(), (std::set<char32_t>{U'𠮷', U'\uE000'}));
}

TEST_F(WindowTest, ShowsAnIdeographWhoseVariantIsNamedInItsPlainForm) {
    window_->draw({"question", "ja"}, [] { heading("葛\U000E0100飾"); });
    EXPECT_TRUE(window_->missing_glyphs().empty());
    ASSERT_EQ(window_->drawn().texts.size(), 1u);
    EXPECT_EQ(window_->drawn().texts[0].text, "葛飾");
}

TEST_F(WindowTest, SavesWhatItShows) {
    ASSERT_TRUE(window_->screenshot(folder_ / "shot.png"));
    EXPECT_GT(std::filesystem::file_size(folder_ / "shot.png"), 1000u);
    EXPECT_FALSE(window_->screenshot(folder_ / "no_such_folder" / "shot.png"));
}

// So many buttons that no page holds them, between a footer and the buttons that turn its parts.
struct LongPage {
    static constexpr int kButtons = 30;

    static void paint() {
        foot(FootButton{"back", "もどる", FootSign::Back}, {});
        for (int i = 0; i < kButtons; ++i)
            button("b/" + std::to_string(i), "はい", Look::Secondary);
        part_turner("上へ", "下へ");
    }
};

TEST_F(WindowTest, CutsAPageThatIsTooLongIntoPartsOfWholeThings) {
    int parts = 1;
    int buttons = 0;
    for (int part = 0; part < parts; ++part) {
        window_->lay_out({"question", "ja", "", {}, false, part}, LongPage::paint);
        const Drawn& drawn = window_->drawn();
        parts = drawn.parts;
        std::set<std::string> ids;
        for (const Target& target : drawn.targets) {
            ids.insert(target.id);
            if (target.id.starts_with("b/")) ++buttons;
        }
        EXPECT_EQ(drawn.overflow_mm, 0);
        EXPECT_TRUE(ids.contains("back")) << "the footer stands on every part";
        EXPECT_EQ(ids.contains("part/up"), part > 0);
        EXPECT_EQ(ids.contains("part/down"), part + 1 < parts);
    }
    EXPECT_GT(parts, 1);
    EXPECT_EQ(buttons, LongPage::kButtons) << "each on one part";
    const auto last = window_->drawn().targets;
    window_->lay_out({"question", "ja", "", {}, false, parts + 5}, LongPage::paint);
    EXPECT_EQ(window_->drawn().targets, last) << "there is none beyond the last";
}

TEST_F(WindowTest, ShowsAPageThatFitsInOnePart) {
    draw();
    EXPECT_EQ(window_->drawn().parts, 1);
    for (const Target& target : window_->drawn().targets)
        EXPECT_FALSE(target.id.starts_with("part/"));
}

TEST_F(WindowTest, SetsLettersAndColoursAsTheSightSays) {
    const auto paint = [] { paragraph("はい"); };
    window_->lay_out({"question", "ja"}, paint);
    const DrawnText usual = window_->drawn().texts.at(0);
    window_->lay_out({"question", "ja", "", {TextSize::Largest, Theme::HighContrast}}, paint);
    const DrawnText largest = window_->drawn().texts.at(0);
    EXPECT_NEAR(largest.capital_mm, 2 * usual.capital_mm, 0.6);
    EXPECT_GT(largest.contrast, 20);
    window_->lay_out({"question", "ja"}, paint);
    EXPECT_EQ(window_->drawn().texts.at(0).capital_mm, usual.capital_mm) << "nothing is left over";
}

}  // namespace
}  // namespace mado::ui

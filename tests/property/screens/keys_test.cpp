// The whole visit without touching: what holds on every screen that there is, in every language.

#include "kiosk/screens/languages.h"
#include "kiosk/screens/screens.h"
#include "shared/ui/focus.h"
#include "tests/gallery/boards.h"
#include "tests/property/screens/sheet.h"
#include "tests/support/builders.h"

#include <map>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mado::tests {
namespace {

using namespace kiosk;
using testing::StartsWith;
using ui::Key;
using ui::Target;

// What a screen shows, and what came of the touch that was made before.
struct Seen {
    ui::Drawn drawn;
    std::optional<Event> event;
};

class Wall {
  public:
    explicit Wall(Language language)
        : texts_(Texts::open(MADO_LOCALE, code_of(language)).value()), boards_(boards(language)) {
        sheet_.write_in(script_of(language), texts_.alphabet());
    }

    const std::vector<Board>& all() const { return boards_; }

    Seen look(const Board& board) {
        Seen seen;
        const View view{texts_, board.kiosk, nullptr};
        seen.drawn = sheet_.paint(shown(board.kiosk), [&] { seen.event = paint(view); });
        return seen;
    }

    ui::Touch& touch() { return sheet_.touch(); }

  private:
    Sheet sheet_;
    Texts texts_;
    std::vector<Board> boards_;
};

// Calls `judge` with every board in every language and what stands on it.
template <class Judge>
void on_every_board(Judge judge) {
    std::size_t judged = 0;
    for (const Language language : kLanguages) {
        Wall wall(language);
        for (const Board& board : wall.all()) {
            SCOPED_TRACE(std::string(code_of(language)) + "-" + board.name);
            judge(board, wall.look(board).drawn);
            ++judged;
        }
    }
    EXPECT_GT(judged, kLanguages.size() * std::variant_size_v<Screen>);
}

ui::Focus a_focus(const ui::Drawn& drawn, std::size_t start) {
    ui::Focus focus;
    focus.show("screen", "", drawn.targets, start);
    focus.press({Key::Right});
    return focus;
}

const Target& at(const ui::Focus& focus) {
    return focus.ringed().front();
}

bool has(const ui::Drawn& drawn, std::string_view id) {
    return std::ranges::find(drawn.targets, id, &Target::id) != drawn.targets.end();
}

// ── The order of the focus ───────────────────────────────────────────────────────────────────────

TEST(Keys, ReachEverythingByTheNextOneAloneEachOnceARoundFromEveryStart) {
    on_every_board([](const Board&, const ui::Drawn& drawn) {
        const std::size_t count = drawn.targets.size();
        for (std::size_t start = 0; start < count; ++start) {
            ui::Focus focus = a_focus(drawn, start);
            std::set<std::string> reached;
            for (std::size_t step = 0; step < count; ++step) {
                reached.insert(at(focus).id);
                focus.press({Key::Right});
            }
            EXPECT_EQ(reached.size(), count);
            EXPECT_EQ(at(focus).id, drawn.targets[start].id);
        }
    });
}

// Nobody who sees the ring is surprised: right is to the right or in the next row, left back again,
// down is below.
TEST(Keys, MoveAsWhatTheyMoveThroughStands) {
    on_every_board([](const Board&, const ui::Drawn& drawn) {
        for (std::size_t i = 0; i + 1 < drawn.targets.size(); ++i) {
            const Target& one = drawn.targets[i];
            const Target& next = drawn.targets[i + 1];
            const bool beside = next.rect.left >= one.rect.right && next.rect.top < one.rect.bottom;
            const bool below = next.rect.top >= one.rect.bottom;
            EXPECT_TRUE(beside || below) << one.id << ", " << next.id;
            ui::Focus focus = a_focus(drawn, i);
            focus.press({Key::Right});
            focus.press({Key::Left});
            EXPECT_EQ(at(focus).id, one.id);
        }
        const auto rows = ui::rows_of(drawn.targets);
        for (std::size_t row = 0; row + 1 < rows.size(); ++row) {
            ui::Focus focus = a_focus(drawn, rows[row].first);
            focus.press({Key::Down});
            EXPECT_GE(at(focus).rect.top, drawn.targets[rows[row].first].rect.bottom);
            EXPECT_LE(at(focus).rect.top, drawn.targets[rows[row + 1].first].rect.bottom);
        }
    });
}

TEST(Keys, BeginBehindTheHeaderWhereTheScreenHasMore) {
    std::size_t with_content = 0;
    on_every_board([&](const Board&, const ui::Drawn& drawn) {
        ASSERT_FALSE(drawn.targets.empty());
        const std::string first = at(a_focus(drawn, drawn.focus_start)).id;
        EXPECT_EQ(drawn.targets.front().id, "language");
        constexpr std::size_t kInHeader = 2;
        if (drawn.targets.size() == kInHeader) return;
        EXPECT_NE(first, "language");
        EXPECT_NE(first, "comfort");
        ++with_content;
    });
    EXPECT_GT(with_content, 100u);
}

TEST(Keys, BeginAtWhatIsMostLikelyMeantAndLosesNothing) {
    const std::map<std::string, std::string> starts = {{"welcome", "start"},
                                                       {"typing_number", "digit/1"},
                                                       {"asking_cancel", "no"},
                                                       {"choosing_day", "date/"},
                                                       {"idle_warning", "continue"}};
    std::set<std::string> judged;
    on_every_board([&](const Board& board, const ui::Drawn& drawn) {
        const auto start = starts.find(shown(board.kiosk).screen);
        if (start == starts.end()) return;
        judged.insert(start->first);
        EXPECT_THAT(at(a_focus(drawn, drawn.focus_start)).id, StartsWith(start->second));
    });
    EXPECT_EQ(judged.size(), starts.size());
}

// ── Speech ───────────────────────────────────────────────────────────────────────────────────────

TEST(Keys, StandOnNothingThatHasNoNameToSay) {
    on_every_board([](const Board&, const ui::Drawn& drawn) {
        std::set<std::string> ids;
        for (const Target& target : drawn.targets) {
            EXPECT_FALSE(target.label.empty()) << target.id;
            EXPECT_TRUE(ids.insert(target.id).second) << target.id << " twice";
        }
    });
}

// ── The ring ─────────────────────────────────────────────────────────────────────────────────────

// A line's rectangle is the height of its typeface, which is a little more than its letters.
TEST(Keys, CoverNoWordsWithTheirRing) {
    constexpr float kAirOfALine = 0.12F;
    on_every_board([](const Board&, const ui::Drawn& drawn) {
        const float half = ui::theme::kFocusWidth / 2 * drawn.pixels_per_mm;
        for (const Target& target : drawn.targets) {
            for (const ui::DrawnText& text : drawn.texts) {
                const float air = text.rect.height() * kAirOfALine;
                const ui::Rect letters{text.rect.left, text.rect.top + air, text.rect.right,
                                       text.rect.bottom - air};
                const bool inside = target.rect.inset(half).contains(letters, 1);
                const bool outside = ui::gap_between(target.rect.inset(-half), letters) >= -1;
                EXPECT_TRUE(inside || outside) << target.id << " and " << text.text;
            }
        }
    });
}

// ── A key is a touch ─────────────────────────────────────────────────────────────────────────────

// Which it was, and what it leads to, are all that the flow ever sees of it.
void expect_same(const Board& board, const std::optional<Event>& by_touch,
                 const std::optional<Event>& by_key) {
    ASSERT_TRUE(by_touch.has_value());
    ASSERT_TRUE(by_key.has_value());
    EXPECT_EQ(by_touch->index(), by_key->index());
    const Step touched = step(board.kiosk, *by_touch, now());
    const Step pressed = step(board.kiosk, *by_key, now());
    EXPECT_TRUE(touched.kiosk == pressed.kiosk);
    EXPECT_EQ(touched.effects.size(), pressed.effects.size());
}

std::optional<Event> by_finger(Wall& wall, const Board& board, const Target& target) {
    wall.touch().press(target.rect.middle());
    wall.touch().release(target.rect.middle());
    return wall.look(board).event;
}

std::optional<Event> by_key(Wall& wall, const Board& board, ui::Focus focus, ui::KeyPress press) {
    const auto touched = focus.press(press);
    if (touched) wall.touch().tap(*touched);
    return wall.look(board).event;
}

class KeyIsATouch : public testing::Test {
  protected:
    Wall wall_{Language::Japanese};
};

TEST_F(KeyIsATouch, OnEveryTargetOfEveryScreen) {
    std::size_t pressed = 0;
    for (const Board& board : wall_.all()) {
        const ui::Drawn drawn = wall_.look(board).drawn;
        for (std::size_t i = 0; i < drawn.targets.size(); ++i) {
            SCOPED_TRACE(board.name + ", " + drawn.targets[i].id);
            const auto touch = by_finger(wall_, board, drawn.targets[i]);
            expect_same(board, touch, by_key(wall_, board, a_focus(drawn, i), {Key::Choose}));
            ++pressed;
        }
    }
    EXPECT_GT(pressed, 300u);
}

TEST_F(KeyIsATouch, ForTheWayBackAndForHelp) {
    std::size_t backs = 0;
    std::size_t helps = 0;
    for (const Board& board : wall_.all()) {
        SCOPED_TRACE(board.name);
        const ui::Drawn drawn = wall_.look(board).drawn;
        const ui::Focus focus = a_focus(drawn, 0);
        for (const auto* const id : {"back", "finish", "return"}) {
            const auto place = std::ranges::find(drawn.targets, id, &Target::id);
            if (place == drawn.targets.end()) continue;
            expect_same(board, by_finger(wall_, board, *place),
                        by_key(wall_, board, focus, {Key::Back}));
            ++backs;
        }
        const auto staff = std::ranges::find(drawn.targets, "staff", &Target::id);
        if (staff == drawn.targets.end()) continue;
        expect_same(board, by_finger(wall_, board, *staff),
                    by_key(wall_, board, focus, {Key::Help}));
        ++helps;
    }
    EXPECT_GT(backs, 30u);
    EXPECT_GT(helps, 40u);
}

TEST_F(KeyIsATouch, ForDigitsAndTheirEraser) {
    std::size_t pads = 0;
    for (const Board& board : wall_.all()) {
        SCOPED_TRACE(board.name);
        const ui::Drawn drawn = wall_.look(board).drawn;
        if (!has(drawn, "digit/0")) continue;
        ++pads;
        const ui::Focus focus = a_focus(drawn, 0);
        for (const Target& target : drawn.targets) {
            ui::KeyPress press{Key::Erase};
            if (target.id.starts_with("digit/")) press = {Key::Digit, target.id.back() - '0'};
            if (press.key == Key::Erase && target.id != "erase") continue;
            expect_same(board, by_finger(wall_, board, target), by_key(wall_, board, focus, press));
        }
    }
    EXPECT_GT(pads, 2u);
}

// A frame that reports a touch shows all that it showed before, so that the next key, which may
// have come meanwhile, means what the person had before her.
TEST_F(KeyIsATouch, AndTheScreenStaysWholeWhileItIsReported) {
    for (const Board& board : wall_.all()) {
        const ui::Drawn before = wall_.look(board).drawn;
        for (const Target& target : before.targets) {
            SCOPED_TRACE(board.name + ", " + target.id);
            wall_.touch().tap(target.id);
            const Seen seen = wall_.look(board);
            ASSERT_TRUE(seen.event.has_value());
            EXPECT_TRUE(seen.drawn.targets == before.targets);
            EXPECT_EQ(seen.drawn.texts.size(), before.texts.size());
            wall_.look(board);
        }
    }
}

}  // namespace
}  // namespace mado::tests

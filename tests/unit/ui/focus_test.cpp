#include "shared/ui/focus.h"

#include <algorithm>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mado::ui {
namespace {

using testing::ElementsAre;

// A hundred pixels are 20 mm; so many places wide, in such a column of such a row.
Target target(const std::string& id, float column, float row, float width = 1) {
    const float left = column * 110;
    const float top = row * 110;
    return {id, {left, top, left + width * 110 - 10, top + 100}, id};
}

std::vector<std::string> ids_of(std::span<const Target> targets) {
    std::vector<std::string> ids;
    for (const Target& one : targets)
        ids.push_back(one.id);
    return ids;
}

//              language
//   digit/1  digit/2  digit/3
//   digit/4  digit/5  digit/6
//   digit/7  digit/8  digit/9
//            digit/0  erase
//   [         enter         ]
//   [ back ]         [ staff ]
std::vector<Target> a_keypad() {
    std::vector<Target> targets = {target("language", 2, 0)};
    for (int digit = 1; digit <= 9; ++digit) {
        const int row = 1 + (digit - 1) / 3;
        targets.push_back(target("digit/" + std::to_string(digit),
                                 static_cast<float>((digit - 1) % 3), static_cast<float>(row)));
    }
    targets.push_back(target("digit/0", 1, 4));
    targets.push_back(target("erase", 2, 4));
    targets.push_back(target("enter", 0, 5, 3));
    targets.push_back(target("back", 0, 6));
    targets.push_back(target("staff", 2, 6));
    return targets;
}

// A month of 31 days whose first stands in `column`, all open or some of them not.
std::vector<Target> a_calendar(int column, const std::set<int>& closed = {}) {
    std::vector<Target> targets = {target("language", 6, 0), target("earlier", 0, 1, 2),
                                   target("later", 5, 1, 2)};
    for (int day = 1; day <= 31; ++day) {
        const int place = column + day - 1;
        const int row = 2 + place / 7;
        if (closed.contains(day)) continue;
        targets.push_back(target("day/" + std::to_string(day), static_cast<float>(place % 7),
                                 static_cast<float>(row)));
    }
    targets.push_back(target("back", 0, 9, 3));
    targets.push_back(target("staff", 4, 9, 3));
    return targets;
}

// One below the other, and two beside each other at the bottom.
std::vector<Target> a_list() {
    return {target("language", 3, 0),   target("offer/1", 0, 1, 4), target("offer/2", 0, 2, 4),
            target("offer/3", 0, 3, 4), target("other", 0, 4, 4),   target("back", 0, 5, 2),
            target("staff", 2, 5, 2)};
}

std::vector<std::vector<Target>> all_screens() {
    return {a_keypad(),
            a_calendar(0),
            a_calendar(6),
            a_calendar(3, {1, 2, 3, 9, 16, 23, 30, 31}),
            a_list(),
            {target("language", 0, 0)},
            {target("no", 0, 0), target("yes", 1, 0)}};
}

Focus a_focus(const std::vector<Target>& targets, std::size_t start = 1) {
    Focus focus;
    focus.show("screen", "", targets, start);
    return focus;
}

std::vector<std::string> ids_of(const Focus& focus) {
    return ids_of(focus.ringed());
}

// With the focus on this target, as arrows have led it there.
Focus a_focus_on(const std::string& id, const std::vector<Target>& targets) {
    const auto at = std::ranges::find(targets, id, &Target::id) - targets.begin();
    Focus focus = a_focus(targets, static_cast<std::size_t>(at));
    focus.press({Key::Right});
    EXPECT_THAT(ids_of(focus), ElementsAre(id));
    return focus;
}

std::string after(Key key, const std::string& from, const std::vector<Target>& targets) {
    Focus focus = a_focus_on(from, targets);
    EXPECT_EQ(focus.press({key}), std::nullopt);
    return focus.ringed()[0].id;
}

TEST(Focus, ShowsNothingToAPersonWhoTouches) {
    EXPECT_TRUE(a_focus(a_list()).ringed().empty());
}

TEST(Focus, SaysAtTheFirstKeyWhereItIsAndDoesNoMore) {
    for (const Key key : {Key::Left, Key::Right, Key::Up, Key::Down, Key::Choose, Key::Scan}) {
        Focus focus = a_focus(a_list());
        EXPECT_EQ(focus.press({key}), std::nullopt);
        EXPECT_THAT(ids_of(focus), ElementsAre("offer/1"));
    }
}

TEST(Focus, GoesWhenAFingerComesDownAndBeginsAnew) {
    Focus focus = a_focus_on("offer/2", a_list());
    focus.hide();
    EXPECT_TRUE(focus.ringed().empty());
    focus.press({Key::Right});
    EXPECT_THAT(ids_of(focus), ElementsAre("offer/2")) << "where that screen begins";
    focus.press({Key::Right});
    EXPECT_THAT(ids_of(focus), ElementsAre("offer/3"));
}

TEST(Focus, ReachesEverythingInOrderOnceARoundFromEveryStart) {
    for (const auto& targets : all_screens()) {
        const std::vector<std::string> order = ids_of(targets);
        for (std::size_t start = 0; start < targets.size(); ++start) {
            Focus next = a_focus_on(order[start], targets);
            Focus previous = a_focus_on(order[start], targets);
            for (std::size_t step = 1; step <= order.size(); ++step) {
                next.press({Key::Right});
                previous.press({Key::Left});
                EXPECT_THAT(ids_of(next), ElementsAre(order[(start + step) % order.size()]));
                const std::size_t before = start + order.size() - step;
                EXPECT_THAT(ids_of(previous), ElementsAre(order[before % order.size()]));
            }
        }
    }
}

TEST(Focus, GoesThroughAllRowsDownAndUpFromEveryStart) {
    for (const auto& targets : all_screens()) {
        const std::vector<Row> rows = rows_of(targets);
        const auto row_at = [&](const Focus& focus) {
            const auto index = static_cast<std::size_t>(
                std::ranges::find(targets, focus.ringed()[0]) - targets.begin());
            return std::ranges::find_if(rows, [&](const Row& row) { return index < row.end(); }) -
                   rows.begin();
        };
        for (const Target& start : targets) {
            Focus down = a_focus_on(start.id, targets);
            Focus up = a_focus_on(start.id, targets);
            std::set<std::ptrdiff_t> seen_down;
            std::set<std::ptrdiff_t> seen_up;
            for (std::size_t step = 0; step < rows.size(); ++step) {
                down.press({Key::Down});
                up.press({Key::Up});
                seen_down.insert(row_at(down));
                seen_up.insert(row_at(up));
            }
            EXPECT_EQ(seen_down.size(), rows.size());
            EXPECT_EQ(seen_up.size(), rows.size());
            EXPECT_EQ(row_at(down), row_at(a_focus_on(start.id, targets))) << "a round ends there";
        }
    }
}

TEST(Focus, MovesOnAKeypadAsItStands) {
    const auto keypad = a_keypad();
    EXPECT_EQ(after(Key::Down, "digit/1", keypad), "digit/4");
    EXPECT_EQ(after(Key::Up, "digit/6", keypad), "digit/3");
    EXPECT_EQ(after(Key::Right, "digit/3", keypad), "digit/4");
    EXPECT_EQ(after(Key::Down, "digit/7", keypad), "digit/0") << "nothing stands below the 7";
    EXPECT_EQ(after(Key::Down, "digit/9", keypad), "erase");
    EXPECT_EQ(after(Key::Down, "erase", keypad), "enter");
    EXPECT_EQ(after(Key::Up, "enter", keypad), "digit/0");
    EXPECT_EQ(after(Key::Up, "digit/1", keypad), "language");
    EXPECT_EQ(after(Key::Up, "language", keypad), "staff") << "and round again";
    EXPECT_EQ(after(Key::Down, "back", keypad), "language");
}

TEST(Focus, MovesToWhatStandsRightBelowThoughItsMiddleIsFarther) {
    const std::vector<Target> screen = {target("narrow", 4, 0), target("wide", 0, 1, 5),
                                        target("beside", 5, 1)};
    EXPECT_EQ(after(Key::Down, "narrow", screen), "wide");
}

TEST(Focus, MovesByWeeksThroughACalendar) {
    const auto month = a_calendar(4);
    EXPECT_EQ(after(Key::Down, "day/5", month), "day/12");
    EXPECT_EQ(after(Key::Up, "day/26", month), "day/19");
    EXPECT_EQ(after(Key::Up, "day/1", month), "later");
    EXPECT_EQ(after(Key::Down, "earlier", month), "day/1");
    const auto with_gaps = a_calendar(4, {12, 19});
    EXPECT_EQ(after(Key::Down, "day/5", with_gaps), "day/11");
    EXPECT_EQ(after(Key::Right, "day/11", with_gaps), "day/13");
}

TEST(Focus, FindsTheRows) {
    const auto size_of_rows = [](const std::vector<Target>& targets) {
        std::vector<std::size_t> sizes;
        for (const Row& row : rows_of(targets))
            sizes.push_back(row.count);
        return sizes;
    };
    EXPECT_THAT(size_of_rows(a_keypad()), ElementsAre(1, 3, 3, 3, 2, 1, 2));
    EXPECT_THAT(size_of_rows(a_list()), ElementsAre(1, 1, 1, 1, 1, 2));
    EXPECT_THAT(size_of_rows({}), ElementsAre());
    // A hand's breadth higher is no row.
    EXPECT_THAT(size_of_rows({{"a", {0, 0, 100, 100}, ""}, {"b", {110, 60, 210, 160}, ""}}),
                ElementsAre(1, 1));
}

TEST(Focus, TouchesWhereItIs) {
    for (const auto& targets : all_screens()) {
        for (const Target& one : targets) {
            Focus focus = a_focus_on(one.id, targets);
            EXPECT_EQ(focus.press({Key::Choose}), one.id);
            EXPECT_THAT(ids_of(focus), ElementsAre(one.id)) << "and stays there";
        }
    }
}

TEST(Focus, KnowsTheWayBackAndTheCallForHelpWhereverItIs) {
    for (const auto* const back : {"back", "finish", "return"}) {
        Focus focus = a_focus({target("yes", 0, 0), target(back, 0, 1), target("staff", 1, 1)});
        EXPECT_EQ(focus.press({Key::Back}), back);
        EXPECT_EQ(focus.press({Key::Help}), "staff");
    }
    Focus without = a_focus({target("start", 0, 0)});
    EXPECT_EQ(without.press({Key::Back}), std::nullopt);
    EXPECT_EQ(without.press({Key::Help}), std::nullopt);
}

TEST(Focus, TypesDigitsWhereTheyStandAndIsAtEnterThen) {
    Focus focus = a_focus(a_keypad());
    for (int digit = 0; digit <= 9; ++digit) {
        EXPECT_EQ(focus.press({Key::Digit, digit}), "digit/" + std::to_string(digit));
        EXPECT_THAT(ids_of(focus), ElementsAre("enter"));
    }
    EXPECT_EQ(focus.press({Key::Erase}), "erase");
    EXPECT_EQ(focus.press({Key::Choose}), "enter");
    Focus list = a_focus_on("offer/2", a_list());
    EXPECT_EQ(list.press({Key::Digit, 1}), std::nullopt);
    EXPECT_THAT(ids_of(list), ElementsAre("offer/2"));
    EXPECT_EQ(list.press({Key::Erase}), "back") << "where nothing can be erased";
}

TEST(Focus, DoesNotTakeTheEndOfTypingForAnAnswerToTheNextQuestion) {
    for (const bool presses_another_key : {false, true}) {
        Focus focus = a_focus(a_keypad());
        EXPECT_EQ(focus.press({Key::Digit, 4}), "digit/4");
        focus.show("months", "", a_list(), 1);
        if (presses_another_key) {
            focus.press({Key::Right});
        } else {
            EXPECT_EQ(focus.press({Key::Choose}), std::nullopt);
        }
        EXPECT_EQ(focus.press({Key::Choose}), focus.ringed()[0].id);
    }
    Focus chosen = a_focus_on("digit/4", a_keypad());
    EXPECT_EQ(chosen.press({Key::Choose}), "digit/4");
    chosen.show("months", "", a_list(), 1);
    EXPECT_EQ(chosen.press({Key::Choose}), "offer/1");
}

TEST(Focus, StaysWhereItIsWhileTheScreenStays) {
    auto targets = a_list();
    Focus focus = a_focus_on("other", targets);
    targets.insert(targets.begin() + 1, target("offer/0", 0, 0.5F, 4));
    focus.show("screen", "", targets, 1);
    EXPECT_THAT(ids_of(focus), ElementsAre("other"));
    std::erase_if(targets, [](const Target& one) { return one.id == "other"; });
    focus.show("screen", "", targets, 1);
    EXPECT_THAT(ids_of(focus), ElementsAre("back")) << "which has taken its place";
    focus.show("screen", "", {}, 0);
    EXPECT_TRUE(focus.ringed().empty());
    EXPECT_EQ(focus.press({Key::Choose}), std::nullopt);
    for (const Key key : {Key::Down, Key::Left, Key::Scan})
        EXPECT_EQ(focus.press({key}), std::nullopt);
    focus.show("screen", "", a_list(), 1);
    EXPECT_EQ(focus.ringed().size(), 1u);
}

TEST(Focus, BeginsAnotherScreenWhereThatBegins) {
    Focus focus = a_focus_on("other", a_list());
    focus.show("another", "", a_list(), 2);
    EXPECT_THAT(ids_of(focus), ElementsAre("offer/2"));
    focus.show("screen", "", a_list(), 1);
    EXPECT_THAT(ids_of(focus), ElementsAre("offer/1"))
        << "nothing is remembered of an earlier visit";
    focus.show("third", "", {target("staff", 0, 0)}, 1);
    EXPECT_THAT(ids_of(focus), ElementsAre("staff")) << "where nothing follows the header";
}

TEST(Focus, IsWhereItWasWhenWhatLayOverTheScreenHasGone) {
    const std::vector<Target> warning = {target("language", 1, 0), target("continue", 0, 1)};
    const std::vector<Target> languages = {target("language/ja", 0, 0), target("return", 0, 1)};
    Focus focus = a_focus_on("day/20", a_calendar(2));
    focus.show("warning", "screen", warning, 1);
    EXPECT_THAT(ids_of(focus), ElementsAre("continue"));
    focus.show("languages", "screen", languages, 0);
    focus.show("screen", "", a_calendar(2), 3);
    EXPECT_THAT(ids_of(focus), ElementsAre("day/20"));
    focus.show("warning", "screen", warning, 1);
    focus.show("welcome", "", a_list(), 1);
    focus.show("screen", "", a_calendar(2), 3);
    EXPECT_THAT(ids_of(focus), ElementsAre("day/1")) << "the next person begins anew";
}

// ── Two switches ─────────────────────────────────────────────────────────────────────────────────

TEST(Scanning, GoesThroughAFewTargetsOneByOne) {
    Focus focus = a_focus(a_list());
    for (const auto* const id :
         {"offer/1", "offer/2", "offer/3", "other", "back", "staff", "language", "offer/1"}) {
        focus.press({Key::Scan});
        EXPECT_THAT(ids_of(focus), ElementsAre(id));
    }
    EXPECT_EQ(focus.press({Key::Choose}), "offer/1");
}

TEST(Scanning, GoesThroughManyByRowsAndThenThroughTheRow) {
    Focus focus = a_focus(a_keypad());
    focus.press({Key::Scan});
    EXPECT_THAT(ids_of(focus), ElementsAre("digit/1", "digit/2", "digit/3"));
    focus.press({Key::Scan});
    EXPECT_THAT(ids_of(focus), ElementsAre("digit/4", "digit/5", "digit/6"));
    EXPECT_EQ(focus.press({Key::Choose}), std::nullopt);
    EXPECT_THAT(ids_of(focus), ElementsAre("digit/4"));
    focus.press({Key::Scan});
    EXPECT_EQ(focus.press({Key::Choose}), "digit/5");
    EXPECT_THAT(ids_of(focus), ElementsAre("digit/1", "digit/2", "digit/3"))
        << "from the beginning";
}

TEST(Scanning, LeavesARowThatWasChosenByMistake) {
    Focus focus = a_focus(a_keypad());
    focus.press({Key::Scan});
    focus.press({Key::Choose});
    for (int i = 0; i < 3; ++i)
        focus.press({Key::Scan});
    EXPECT_THAT(ids_of(focus), ElementsAre("digit/4", "digit/5", "digit/6"));
}

TEST(Scanning, TouchesTheOnlyOneOfARowAtOnce) {
    Focus focus = a_focus(a_keypad());
    for (int i = 0; i < 4; ++i)
        focus.press({Key::Scan});
    EXPECT_THAT(ids_of(focus), ElementsAre("digit/0", "erase"));
    focus.press({Key::Scan});
    EXPECT_THAT(ids_of(focus), ElementsAre("enter"));
    EXPECT_EQ(focus.press({Key::Choose}), "enter");
}

// As somebody with two switches does it: on until the ring is around what she wants, then choose.
std::size_t presses_to(const std::string& wanted, Focus focus) {
    constexpr std::size_t kGivenUp = 100;
    std::optional<std::string> touched;
    std::size_t presses = 0;
    while (!touched && presses < kGivenUp) {
        const auto ringed = ids_of(focus);
        const bool there = std::ranges::find(ringed, wanted) != ringed.end();
        touched = focus.press({there ? Key::Choose : Key::Scan});
        ++presses;
    }
    EXPECT_EQ(touched, wanted);
    return presses;
}

TEST(Scanning, ReachesEverythingInFewPresses) {
    for (const auto& targets : all_screens()) {
        std::size_t most = 0;
        for (const Target& wanted : targets)
            most = std::max(most, presses_to(wanted.id, a_focus(targets)));
        EXPECT_LE(most, targets.size() > kScannedOneByOne ? 17u : targets.size() + 1);
    }
}

TEST(Scanning, FollowsToTheNextScreen) {
    Focus focus = a_focus(a_list());
    focus.press({Key::Scan});
    focus.show("keypad", "", a_keypad(), 1);
    EXPECT_THAT(ids_of(focus), ElementsAre("digit/1", "digit/2", "digit/3"));
    focus.press({Key::Down});
    EXPECT_THAT(ids_of(focus), ElementsAre("digit/4")) << "who uses arrows does not scan";
    focus.press({Key::Scan});
    EXPECT_THAT(ids_of(focus), ElementsAre("digit/4", "digit/5", "digit/6"));
}

}  // namespace
}  // namespace mado::ui

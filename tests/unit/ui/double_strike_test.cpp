#include "shared/ui/double_strike.h"

#include <gtest/gtest.h>

namespace mado::ui {
namespace {

using namespace std::chrono_literals;

constexpr DoubleStrike::Time kNow{1h};
constexpr Rect kYes{0, 0, 100, 100};
constexpr Point kOnYes{50, 50};
constexpr Point kBeside{150, 50};
constexpr KeyPress kChoose{Key::Choose};

DoubleStrike that_led_to_another_screen() {
    DoubleStrike strike(500ms);
    strike.touched(kYes, kNow);
    strike.screen_changed();
    return strike;
}

TEST(DoubleStrike, IsASecondTouchOfThePlaceThatLedHere) {
    const DoubleStrike strike = that_led_to_another_screen();
    EXPECT_TRUE(strike.repeats(kOnYes, kNow + 100ms));
    EXPECT_TRUE(strike.repeats(kOnYes, kNow + 499ms));
    EXPECT_FALSE(strike.repeats(kOnYes, kNow + 500ms));
}

TEST(DoubleStrike, IsNoTouchOfAnotherPlace) {
    EXPECT_FALSE(that_led_to_another_screen().repeats(kBeside, kNow + 100ms));
}

TEST(DoubleStrike, IsNoSecondTouchOnTheSameScreen) {
    DoubleStrike strike(500ms);
    strike.touched(kYes, kNow);
    EXPECT_FALSE(strike.repeats(kOnYes, kNow + 100ms)) << "who types 11 means it";
}

TEST(DoubleStrike, OfAKeyIsThatKeyAgain) {
    DoubleStrike strike(500ms);
    strike.pressed(kChoose, kNow);
    EXPECT_FALSE(strike.repeats(kChoose, kNow + 100ms));
    strike.screen_changed();
    EXPECT_TRUE(strike.repeats(kChoose, kNow + 100ms));
    EXPECT_FALSE(strike.repeats(KeyPress{Key::Right}, kNow + 100ms));
    EXPECT_FALSE(strike.repeats(kOnYes, kNow + 100ms));
    EXPECT_FALSE(strike.repeats(kChoose, kNow + 500ms));
}

TEST(DoubleStrike, OfADigitIsThatDigitAgain) {
    DoubleStrike strike(500ms);
    strike.pressed({Key::Digit, 5}, kNow);
    strike.screen_changed();
    EXPECT_TRUE(strike.repeats(KeyPress{Key::Digit, 5}, kNow + 100ms));
    EXPECT_FALSE(strike.repeats(KeyPress{Key::Digit, 6}, kNow + 100ms));
}

TEST(DoubleStrike, IsHeldBackOnlyForTheScreenThatCameOfIt) {
    DoubleStrike strike = that_led_to_another_screen();
    strike.touched({0, 200, 100, 300}, kNow + 200ms);
    strike.screen_changed();
    EXPECT_FALSE(strike.repeats(kOnYes, kNow + 300ms));
    EXPECT_TRUE(strike.repeats(Point{50, 250}, kNow + 300ms));
}

// Two screens may come of one touch: "one moment", and then the answer.
TEST(DoubleStrike, IsHeldBackWhereTheScreenChangesTwice) {
    DoubleStrike strike = that_led_to_another_screen();
    strike.screen_changed();
    EXPECT_TRUE(strike.repeats(kOnYes, kNow + 100ms));
}

TEST(DoubleStrike, SaysOnceThatItsTimeHasPassed) {
    DoubleStrike strike = that_led_to_another_screen();
    ASSERT_TRUE(strike.held());
    EXPECT_EQ(strike.held()->until, kNow + 500ms);
    EXPECT_FALSE(strike.time_passed(kNow + 499ms));
    EXPECT_TRUE(strike.time_passed(kNow + 500ms));
    EXPECT_FALSE(strike.held());
    EXPECT_FALSE(strike.time_passed(kNow + 1s));
}

}  // namespace
}  // namespace mado::ui

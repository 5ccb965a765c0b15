#include "shared/ui/touch.h"

#include <gtest/gtest.h>

namespace mado::ui {
namespace {

constexpr Point kOnYes{50, 50};
constexpr Point kOnNo{50, 150};
constexpr Point kBeside{50, 110};

Touch a_question() {
    Touch touch;
    touch.show("question", {{"yes", {0, 0, 100, 100}}, {"no", {0, 120, 100, 220}}});
    return touch;
}

TEST(Touch, CountsWhereItBeganAndEndedOnTheSameTarget) {
    Touch touch = a_question();
    touch.press(kOnYes);
    EXPECT_FALSE(touch.touched("question", "yes"));
    touch.release(kOnYes);
    EXPECT_TRUE(touch.touched("question", "yes"));
    EXPECT_FALSE(touch.touched("question", "no"));
}

TEST(Touch, DoesNotCountWhereItEndedElsewhere) {
    for (const Point end : {kOnNo, kBeside}) {
        Touch touch = a_question();
        touch.press(kOnYes);
        touch.release(end);
        EXPECT_FALSE(touch.touched("question", "yes"));
        EXPECT_FALSE(touch.touched("question", "no"));
    }
}

TEST(Touch, DoesNotCountWhereItBeganElsewhere) {
    Touch touch = a_question();
    touch.press(kBeside);
    touch.release(kOnYes);
    EXPECT_FALSE(touch.touched("question", "yes"));
}

TEST(Touch, HoldsATargetOnlyWhileTheFingerRestsOnIt) {
    Touch touch = a_question();
    touch.press(kOnYes);
    EXPECT_TRUE(touch.holds("yes"));
    touch.move(kOnNo);
    EXPECT_FALSE(touch.holds("yes"));
    EXPECT_FALSE(touch.holds("no"));
    touch.move(kOnYes);
    EXPECT_TRUE(touch.holds("yes"));
    touch.release(kOnYes);
    EXPECT_FALSE(touch.holds("yes"));
}

TEST(Touch, IsReportedOnce) {
    Touch touch = a_question();
    touch.press(kOnYes);
    touch.release(kOnYes);
    const std::vector<Target> same = touch.targets();
    touch.show("question", same);
    EXPECT_FALSE(touch.touched("question", "yes"));
}

TEST(Touch, OfAQuickHandIsReportedInItsTurn) {
    Touch touch = a_question();
    for (const Point finger : {kOnYes, kOnNo, kOnNo}) {
        touch.press(finger);
        touch.release(finger);
    }
    const std::vector<Target> same = touch.targets();
    for (const auto* const turn : {"yes", "no", "no"}) {
        EXPECT_TRUE(touch.waits());
        EXPECT_TRUE(touch.touched("question", turn));
        EXPECT_FALSE(touch.touched("question", turn == std::string("yes") ? "no" : "yes"));
        touch.show("question", same);
    }
    EXPECT_FALSE(touch.waits());
}

TEST(Touch, ThatWaitedIsDroppedWithItsTargetOrItsScreen) {
    const auto two_touches = [] {
        Touch touch = a_question();
        for (const Point finger : {kOnYes, kOnNo}) {
            touch.press(finger);
            touch.release(finger);
        }
        return touch;
    };
    Touch target_gone = two_touches();
    target_gone.show("question", {{"yes", {0, 0, 100, 100}}});
    EXPECT_FALSE(target_gone.waits());
    Touch screen_gone = two_touches();
    screen_gone.show("another_question", {{"no", {0, 120, 100, 220}}});
    EXPECT_FALSE(screen_gone.waits());
}

TEST(Touch, MeansTheScreenThatThePersonSaw) {
    Touch touch = a_question();
    touch.press(kOnYes);
    touch.release(kOnYes);
    EXPECT_FALSE(touch.touched("another_question", "yes"));
}

TEST(Touch, IsDroppedWhenItsScreenGoesWhileTheFingerRests) {
    Touch touch = a_question();
    touch.press(kOnYes);
    touch.show("another_question", {{"yes", {0, 0, 100, 100}}});
    EXPECT_FALSE(touch.holds("yes"));
    touch.release(kOnYes);
    EXPECT_FALSE(touch.touched("another_question", "yes"));
}

TEST(Touch, SurvivesAFrameOfTheSameScreen) {
    Touch touch = a_question();
    touch.press(kOnYes);
    const std::vector<Target> same = touch.targets();
    touch.show("question", same);
    touch.release(kOnYes);
    EXPECT_TRUE(touch.touched("question", "yes"));
}

TEST(Touch, SaysWhetherItCounted) {
    Touch touch = a_question();
    touch.press(kOnYes);
    EXPECT_TRUE(touch.release(kOnYes));
    touch.press(kOnYes);
    EXPECT_FALSE(touch.release(kOnNo));
    touch.press(kBeside);
    EXPECT_FALSE(touch.release(kBeside));
}

TEST(Touch, WithoutAFingerIsLikeOneWithIt) {
    Touch touch = a_question();
    touch.press(kOnYes);
    touch.release(kOnYes);
    touch.tap("no");
    const std::vector<Target> same = touch.targets();
    EXPECT_TRUE(touch.touched("question", "yes"));
    touch.show("question", same);
    EXPECT_TRUE(touch.touched("question", "no"));
    EXPECT_FALSE(touch.touched("another_question", "no"));
    touch.show("question", same);
    touch.tap("elsewhere");
    EXPECT_FALSE(touch.waits()) << "what is not on the screen cannot be touched";
}

}  // namespace
}  // namespace mado::ui

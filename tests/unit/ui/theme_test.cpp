#include "shared/ui/theme.h"

#include <gtest/gtest.h>

namespace mado::ui {
namespace {

TEST(Theme, MeasuresContrastAsWcagDoes) {
    const Colour black{0, 0, 0};
    const Colour white{255, 255, 255};
    EXPECT_NEAR(contrast_of(black, white), 21, 0.001);
    EXPECT_NEAR(contrast_of(white, black), 21, 0.001);
    EXPECT_NEAR(contrast_of(white, white), 1, 0.001);
    EXPECT_NEAR(contrast_of({0x59, 0x59, 0x59}, white), 7.0, 0.01);
}

TEST(Theme, KeepsItsColoursApart) {
    for (const Colour surface : {theme::kPaper, theme::kCard}) {
        EXPECT_GE(contrast_of(theme::kInk, surface), theme::kContrastMin);
        EXPECT_GE(contrast_of(theme::kQuietInk, surface), theme::kContrastMin);
        EXPECT_GE(contrast_of(theme::kAccent, surface), theme::kContrastMin);
    }
    EXPECT_GE(contrast_of(theme::kBad, theme::kBadPale), theme::kContrastMin);
    EXPECT_GE(contrast_of(theme::kGood, theme::kGoodPale), theme::kContrastMin);
    EXPECT_GE(contrast_of(theme::kAccent, theme::kAccentPale), theme::kContrastMin);
    EXPECT_GE(contrast_of(theme::kCard, theme::kGood), theme::kContrastMin);
}

TEST(Theme, ShowsTheFocusOnAnyGround) {
    EXPECT_GE(contrast_of(theme::kFocus, theme::kFocusRim), theme::kFocusContrastMin);
    EXPECT_LT(theme::kFocusWidth / 2, theme::kTargetGapMin);
}

}  // namespace
}  // namespace mado::ui

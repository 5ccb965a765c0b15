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
    for (const Theme theme : {Theme::Standard, Theme::HighContrast}) {
        const Palette& of = palette_of(theme);
        const double least = contrast_min_of(theme);
        for (const Colour surface : {of.paper, of.card}) {
            EXPECT_GE(contrast_of(of.ink, surface), least);
            EXPECT_GE(contrast_of(of.quiet_ink, surface), least);
            EXPECT_GE(contrast_of(of.accent, surface), least);
        }
        EXPECT_GE(contrast_of(of.ink, of.faint), least);
        EXPECT_GE(contrast_of(of.on_accent, of.accent), least);
        EXPECT_GE(contrast_of(of.held_words, of.held_face), least);
        EXPECT_GE(contrast_of(of.bad, of.bad_pale), least);
        EXPECT_GE(contrast_of(of.good, of.good_pale), least);
        EXPECT_GE(contrast_of(of.on_good, of.good), least);
        EXPECT_GE(contrast_of(of.on_band, of.band), least);
        // A button under a finger looks otherwise.
        EXPECT_NE(of.held_face, of.card);
        EXPECT_NE(of.accent_deep, of.accent);
    }
}

TEST(Theme, SetsEveryTypeAtLeastAsMuchLargerAsItsSizeSays) {
    for (const TextSize size :
         {TextSize::Normal, TextSize::Large, TextSize::Larger, TextSize::Largest}) {
        const float body = style_of(Type::Body, TextSize::Normal).em * factor_of(size);
        for (int type = 0; type < kTypes; ++type) {
            EXPECT_GE(style_of(static_cast<Type>(type), size).em, body - 0.01F);
        }
    }
}

TEST(Theme, ShowsTheFocusOnAnyGround) {
    EXPECT_GE(contrast_of(theme::kFocus, theme::kFocusRim), theme::kFocusContrastMin);
    EXPECT_LT(theme::kFocusWidth / 2, theme::kTargetGapMin);
}

}  // namespace
}  // namespace mado::ui

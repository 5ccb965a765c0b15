#include "shared/ui/canvas.h"

#include "shared/ui/geometry.h"

#include <gtest/gtest.h>

namespace mado::ui {
namespace {

TEST(Scale, FillsThePanelThatTheLayoutIsMadeFor) {
    const Scale upright = scale_for(1080, 1920);
    EXPECT_NEAR(upright.page.width(), theme::kPageShort, 1);
    EXPECT_NEAR(upright.page.height(), theme::kPageLong, 1);
    EXPECT_FALSE(upright.lies());
    const Scale lying = scale_for(1920, 1080);
    EXPECT_NEAR(lying.page.width(), theme::kPageLong, 1);
    EXPECT_NEAR(lying.page.height(), theme::kPageShort, 1);
    EXPECT_TRUE(lying.lies());
    EXPECT_FLOAT_EQ(lying.pixels_per_mm, upright.pixels_per_mm);
}

TEST(Scale, ShowsTheWholePageInAWindowOfAnotherShape) {
    for (const auto& [width, height] : {std::pair{600, 1920}, std::pair{1000, 1024}}) {
        const Scale scale = scale_for(width, height);
        EXPECT_GE(scale.page.width(), theme::kPageShort - 0.01F);
        EXPECT_GE(scale.page.height(), theme::kPageLong - 0.01F);
    }
    const Scale scale = scale_for(1280, 1024);
    EXPECT_GE(scale.page.width(), theme::kPageLong - 0.01F);
    EXPECT_GE(scale.page.height(), theme::kPageShort - 0.01F);
}

TEST(Rect, SaysHowFarApartTwoAre) {
    const Rect rect{0, 0, 10, 10};
    EXPECT_EQ(gap_between(rect, {13, 0, 20, 10}), 3);
    EXPECT_EQ(gap_between({13, 0, 20, 10}, rect), 3);
    EXPECT_EQ(gap_between(rect, {0, 15, 10, 20}), 5);
    EXPECT_EQ(gap_between(rect, {8, 2, 20, 9}), -2);
}

}  // namespace
}  // namespace mado::ui

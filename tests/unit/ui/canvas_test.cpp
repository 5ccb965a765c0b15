#include "shared/ui/canvas.h"

#include "shared/ui/geometry.h"

#include <gtest/gtest.h>

namespace mado::ui {
namespace {

TEST(Scale, FillsThePanelThatTheLayoutIsMadeFor) {
    const Scale scale = scale_for(1080, 1920);
    EXPECT_NEAR(scale.page.width(), theme::kPageWidth, 1);
    EXPECT_NEAR(scale.page.height(), theme::kPageHeight, 1);
}

TEST(Scale, ShowsTheWholePageInAWindowOfAnotherShape) {
    for (const auto& [width, height] : {std::pair{1920, 1080}, std::pair{600, 1920}}) {
        const Scale scale = scale_for(width, height);
        EXPECT_GE(scale.page.width(), theme::kPageWidth - 0.01F);
        EXPECT_GE(scale.page.height(), theme::kPageHeight - 0.01F);
    }
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

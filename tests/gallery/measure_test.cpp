#include "tests/gallery/measure.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mado::tests {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using ui::Rect;

constexpr Rect kWindow{0, 0, 1080, 1920};

// One button with its label, at 4 pixels a millimetre, as it should be.
ui::Drawn a_page() {
    ui::Drawn drawn;
    drawn.pixels_per_mm = 4;
    drawn.texts = {{"はい", ui::Type::Strong, {120, 120, 180, 160}, {100, 100, 200, 200}, 8, 9}};
    drawn.targets = {{"yes", {100, 100, 200, 200}}};
    return drawn;
}

TEST(Measure, FindsNothingWrongWithARightPage) {
    EXPECT_THAT(faults_of(a_page(), kWindow), IsEmpty());
}

TEST(Measure, FindsAPageThatIsTooHighOrEmpty) {
    ui::Drawn drawn = a_page();
    drawn.overflow_mm = 1;
    EXPECT_THAT(faults_of(drawn, kWindow), Contains(HasSubstr("too high")));
    EXPECT_THAT(faults_of({}, kWindow), ElementsAre("the page is empty"));
}

TEST(Measure, FindsATextThatLeavesItsBoxOrTheWindow) {
    ui::Drawn drawn = a_page();
    drawn.texts[0].rect = {120, 120, 210, 160};
    EXPECT_THAT(faults_of(drawn, kWindow), Contains(HasSubstr("leaves its box")));
    drawn = a_page();
    EXPECT_THAT(faults_of(drawn, {0, 0, 150, 1920}), Contains(HasSubstr("leaves the window")));
}

TEST(Measure, FindsATextThatIsTooSmallTooPaleOrCut) {
    ui::Drawn drawn = a_page();
    drawn.texts[0].capital_mm = 7.2F;
    drawn.texts[0].contrast = 6.9;
    drawn.texts[0].text = "は…";
    drawn.texts[0].torn = true;
    EXPECT_THAT(faults_of(drawn, kWindow),
                ElementsAre(HasSubstr("is cut"), HasSubstr("half a word"), HasSubstr("7.2 mm"),
                            HasSubstr("6.9:1")));
}

TEST(Measure, HoldsLargerLettersAndTheHighContrastToMore) {
    ui::Drawn drawn = a_page();
    drawn.sight = {ui::TextSize::Largest, ui::Theme::Standard};
    EXPECT_THAT(faults_of(drawn, kWindow), ElementsAre(HasSubstr("capitals of 8.0 mm")));
    drawn.texts[0].capital_mm = 14.6F;
    EXPECT_THAT(faults_of(drawn, kWindow), IsEmpty());
    drawn.sight.theme = ui::Theme::HighContrast;
    EXPECT_THAT(faults_of(drawn, kWindow), ElementsAre(HasSubstr("contrast of 9.0:1")));
}

TEST(Measure, FindsKeypadDigitsThatAreTooSmall) {
    ui::Drawn drawn = a_page();
    drawn.texts[0].type = ui::Type::Digits;
    drawn.texts[0].capital_mm = 11.9F;
    EXPECT_THAT(faults_of(drawn, kWindow), ElementsAre(HasSubstr("11.9 mm")));
}

TEST(Measure, FindsTextsThatOverlap) {
    ui::Drawn drawn = a_page();
    drawn.texts.push_back(drawn.texts[0]);
    drawn.texts[1].rect = {150, 140, 190, 180};
    EXPECT_THAT(faults_of(drawn, kWindow), ElementsAre(HasSubstr("overlaps")));
}

TEST(Measure, FindsATargetThatIsTooSmall) {
    ui::Drawn drawn = a_page();
    drawn.targets.push_back({"no", {400, 100, 479, 200}});
    EXPECT_THAT(faults_of(drawn, kWindow), ElementsAre(HasSubstr("target no is 19.8 x 25.0 mm")));
}

TEST(Measure, FindsTargetsThatAreTooCloseOrThereTwice) {
    ui::Drawn drawn = a_page();
    drawn.targets.push_back({"yes", {211, 100, 311, 200}});
    EXPECT_THAT(faults_of(drawn, kWindow),
                ElementsAre(HasSubstr("there twice"), HasSubstr("2.8 mm from yes")));
}

TEST(Measure, FindsATextAcrossTheEdgeOfATarget) {
    ui::Drawn drawn = a_page();
    drawn.texts.push_back(drawn.texts[0]);
    drawn.texts[1].rect = {190, 120, 240, 160};
    drawn.texts[1].box = kWindow;
    EXPECT_THAT(faults_of(drawn, kWindow), ElementsAre(HasSubstr("is crossed by")));
}

}  // namespace
}  // namespace mado::tests

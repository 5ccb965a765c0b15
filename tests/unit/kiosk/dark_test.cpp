// The screen turned off: what is spoken is enough, and nobody reads over a shoulder.

#include "tests/unit/kiosk/kiosk_visit.h"

#include <gtest/gtest.h>

namespace mado::kiosk::tests {
namespace {

using std::chrono::seconds;

Settings spoken() {
    Settings settings;
    settings.voice = VoiceUse::Always;
    return settings;
}

KioskVisit& turns_off(KioskVisit& visit) {
    return visit.when(ChooseComfortTouched{})
        .when(ScreenTouched{ScreenUse::Off})
        .when(ReturnTouched{});
}

KioskVisit a_dark_visit() {
    KioskVisit visit(spoken());
    visit.when(StartTouched{});
    turns_off(visit);
    return visit;
}

TEST(Dark, IsChosenWithAVoiceAndNotWithout) {
    KioskVisit silent;
    silent.when(StartTouched{});
    EXPECT_FALSE(may_darken(silent.kiosk()));
    turns_off(silent);
    EXPECT_FALSE(is_dark(silent.kiosk())) << "nobody would know what the kiosk asks";

    KioskVisit listening;
    listening.when(StartTouched{}).when(HeadsetPluggedIn{});
    EXPECT_TRUE(may_darken(listening.kiosk()));
    turns_off(listening);
    EXPECT_TRUE(is_dark(listening.kiosk()));

    EXPECT_TRUE(is_dark(a_dark_visit().kiosk()));
}

TEST(Dark, TellsThatItIsAndWhatIsBelow) {
    KioskVisit visit(spoken());
    visit.when(StartTouched{}).when(ChooseComfortTouched{});
    visit.when(ScreenTouched{ScreenUse::Off});
    ASSERT_TRUE(visit.did<Speak>());
    EXPECT_EQ(visit.did<Speak>()->what, Say::Everything);
    EXPECT_TRUE(visit.kiosk().visit.hearing.screen_turned);
    visit.when(ReturnTouched{});
    EXPECT_FALSE(visit.kiosk().visit.hearing.screen_turned) << "it is said once";
}

TEST(Dark, EndsWithOneTouchAnywhereThatHitsNothingElse) {
    KioskVisit visit = a_dark_visit();
    const Screen before = visit.kiosk().screen;
    visit.when(DarkTouched{});
    EXPECT_FALSE(is_dark(visit.kiosk()));
    EXPECT_TRUE(visit.kiosk().screen == before);
    ASSERT_TRUE(visit.did<Speak>());
    EXPECT_TRUE(visit.kiosk().visit.hearing.screen_turned);
}

TEST(Dark, EndsByTheChoiceTooWithoutATouch) {
    KioskVisit visit = a_dark_visit();
    visit.when(ChooseComfortTouched{}).when(ScreenTouched{ScreenUse::Shown});
    EXPECT_FALSE(is_dark(visit.kiosk()));
}

TEST(Dark, LastsThroughAWholeVisitAndNoLonger) {
    KioskVisit visit = a_dark_visit();
    visit.when(TypeNumberTouched{}).types("0000000001");
    visit.enters_birth(Era::Showa, 14, 6, 14);
    visit.when(YesTouched{});
    EXPECT_TRUE(visit.shows<LookingUp>());
    EXPECT_TRUE(is_dark(visit.kiosk()));
    visit.when(CallStaffTouched{});
    EXPECT_TRUE(is_dark(visit.kiosk()));
    visit.waits(seconds(400));
    ASSERT_TRUE(visit.shows<Welcome>());
    EXPECT_FALSE(is_dark(visit.kiosk()));
    EXPECT_TRUE(is_at_rest(visit.kiosk()));
}

TEST(Dark, WarnsByVoiceAndAnyKeyGoesOn) {
    KioskVisit visit = a_dark_visit();
    visit.waits(seconds(60));
    ASSERT_TRUE(visit.kiosk().warning.has_value());
    EXPECT_TRUE(is_dark(visit.kiosk()));
    ASSERT_TRUE(visit.did<Speak>());
    visit.when(Stirred{});
    EXPECT_FALSE(visit.kiosk().warning.has_value());
    EXPECT_TRUE(is_dark(visit.kiosk()));
}

TEST(Dark, IsAnsweredByATouchWhenItWarns) {
    KioskVisit visit = a_dark_visit();
    visit.waits(seconds(60)).when(DarkTouched{});
    EXPECT_FALSE(visit.kiosk().warning.has_value());
    EXPECT_FALSE(is_dark(visit.kiosk()));
}

TEST(Dark, LeavesNobodyAloneWhoseHeadsetWasPulledOut) {
    KioskVisit visit;
    visit.when(StartTouched{}).when(HeadsetPluggedIn{});
    turns_off(visit);
    visit.when(HeadsetPulledOut{});
    EXPECT_FALSE(is_dark(visit.kiosk())) << "nothing is heard, so it must be seen";
    visit.when(HeadsetPluggedIn{});
    EXPECT_TRUE(is_dark(visit.kiosk())) << "as it was wished";
}

TEST(Dark, IsShownAgainWhereTheVoiceIsTurnedOff) {
    KioskVisit visit = a_dark_visit();
    visit.when(VoiceTouched{false});
    EXPECT_FALSE(is_dark(visit.kiosk()));
}

TEST(Dark, KnowsNoTouchOfADarkPanelWhileItIsShown) {
    KioskVisit visit(spoken());
    visit.when(StartTouched{});
    const Visit before = visit.kiosk().visit;
    visit.when(DarkTouched{});
    EXPECT_TRUE(visit.kiosk().visit == before);
}

TEST(Dark, AtTheWelcomeEndsByItself) {
    KioskVisit visit(spoken());
    turns_off(visit);
    EXPECT_TRUE(is_dark(visit.kiosk()));
    visit.waits(seconds(60));
    EXPECT_FALSE(is_dark(visit.kiosk())) << "whoever comes next sees a kiosk";
}

}  // namespace
}  // namespace mado::kiosk::tests

// What the place and the town have set: from the next visit on.

#include "tests/unit/kiosk/kiosk_visit.h"

#include <gtest/gtest.h>

namespace mado::kiosk::tests {
namespace {

using std::chrono::seconds;

Settings other_settings() {
    Settings settings;
    settings.language = Language::English;
    settings.idle_limit = seconds(90);
    return settings;
}

TEST(SettingsTold, CountAtOnceWhereNobodyStands) {
    KioskVisit visit;
    visit.when(SettingsTold{other_settings()});
    EXPECT_EQ(visit.kiosk().settings, other_settings());
    EXPECT_EQ(visit.kiosk().visit.language, Language::English);
    EXPECT_TRUE(is_at_rest(visit.kiosk()));
    EXPECT_FALSE(wake_at(visit.kiosk()).has_value());
}

TEST(SettingsTold, InTheMiddleOfAVisitWaitForItsEnd) {
    KioskVisit visit;
    visit.when(StartTouched{}).when(SettingsTold{other_settings()});
    EXPECT_EQ(visit.kiosk().settings, Settings{});
    EXPECT_EQ(visit.kiosk().visit.language, Language::Japanese);
    visit.waits(seconds(80));
    ASSERT_TRUE(visit.shows<Welcome>());
    EXPECT_EQ(visit.kiosk().settings, other_settings());
    EXPECT_EQ(visit.kiosk().visit.language, Language::English);
}

TEST(SettingsTold, TwiceInOneVisitAreTheLaterOnes) {
    KioskVisit visit;
    visit.when(StartTouched{}).when(SettingsTold{other_settings()}).when(SettingsTold{Settings{}});
    visit.waits(seconds(80));
    EXPECT_EQ(visit.kiosk().settings, Settings{});
}

TEST(SettingsTold, AtTheWelcomeWaitForWhoeverJustChoseALanguage) {
    KioskVisit visit;
    visit.when(LanguageTouched{Language::Korean}).when(SettingsTold{other_settings()});
    EXPECT_EQ(visit.kiosk().visit.language, Language::Korean);
    visit.waits(seconds(60));
    EXPECT_EQ(visit.kiosk().settings, other_settings());
}

}  // namespace
}  // namespace mado::kiosk::tests

#include "shared/domain/kiosk_settings.h"

#include <map>
#include <string>

#include <gmock/gmock.h>

namespace mado {
namespace {

using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

TEST(KioskSettings, AreReadAsTheyAreWritten) {
    KioskSettings settings;
    EXPECT_EQ(set_kiosk_setting(settings, "language", "ja_easy"), "");
    EXPECT_EQ(set_kiosk_setting(settings, "idle_seconds", "90"), "");
    EXPECT_EQ(set_kiosk_setting(settings, "voice", "always"), "");
    EXPECT_EQ(settings.idle_limit, seconds(90));
    EXPECT_EQ(settings.voice, VoiceUse::Always);
    EXPECT_THAT(written(settings),
                ElementsAre(Pair("language", "ja_easy"), Pair("idle_seconds", "90"),
                            Pair("voice", "always")));
    EXPECT_EQ(set_kiosk_setting(settings, "idle_seconds", ""), "");
    EXPECT_FALSE(settings.idle_limit.has_value());
}

TEST(KioskSettings, EachThatThereIsCanBeSetAndTakenBack) {
    const std::map<std::string, std::string> values = {{"language", "vi"}, {"voice", "off"}};
    for (const std::string& key : kiosk_setting_keys()) {
        KioskSettings settings;
        const auto value = values.contains(key) ? values.at(key) : "30";
        EXPECT_TRUE(is_kiosk_setting(key));
        ASSERT_EQ(set_kiosk_setting(settings, key, value), "") << key;
        EXPECT_THAT(written(settings), ElementsAre(Pair(key, value)));
        ASSERT_EQ(set_kiosk_setting(settings, key, ""), "") << key;
        EXPECT_TRUE(settings.empty()) << key;
    }
}

TEST(KioskSettings, RefuseWhatIsOutOfBoundsAndSayWhy) {
    const std::pair<const char*, const char*> wrong[] = {
        {"idle_seconds", "14"},     {"idle_seconds", "601"},
        {"warning_seconds", "19"},  {"staff_seconds", "ten"},
        {"call_seconds", "4"},      {"farewell_seconds", "1"},
        {"farewell_seconds", "-5"}, {"language", "fr"},
        {"voice", "loud"},          {"camera", "0"}};
    for (const auto& [key, value] : wrong) {
        KioskSettings settings;
        EXPECT_THAT(set_kiosk_setting(settings, key, value), HasSubstr(key)) << value;
        EXPECT_THAT(written(settings), IsEmpty()) << key;
    }
}

TEST(KioskSettings, TheNearerWins) {
    KioskSettings near;
    near.idle_limit = seconds(90);
    KioskSettings far;
    far.idle_limit = seconds(30);
    far.language = "en";
    const KioskSettings both = near.over(far);
    EXPECT_EQ(both.idle_limit, seconds(90));
    EXPECT_EQ(both.language, "en");
    EXPECT_FALSE(both.voice.has_value());
    EXPECT_EQ(KioskSettings{}.over(far), far);
}

}  // namespace
}  // namespace mado

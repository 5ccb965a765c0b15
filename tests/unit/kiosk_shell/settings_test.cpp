#include "kiosk/shell/settings.h"

#include "kiosk/screens/languages.h"

#include <gmock/gmock.h>

namespace mado::kiosk {
namespace {

using ::testing::HasSubstr;

TEST(KioskSettings, AreUsableWhenNothingIsSaid) {
    const auto settings = parse_settings("");
    ASSERT_TRUE(settings.ok());
    EXPECT_EQ(settings->camera, "0");
    EXPECT_EQ(settings->own, KioskSettings{});
    EXPECT_FALSE(settings->panel.has_value());
}

TEST(KioskSettings, TheExampleThatPeopleSeeSaysWhatHoldsWithoutIt) {
    const auto settings = parse_settings(kSettingsExample);
    ASSERT_TRUE(settings.ok()) << settings.error();
    EXPECT_EQ(settings->camera, ShellSettings{}.camera);
    EXPECT_EQ(settings->paper, ShellSettings{}.paper);
    EXPECT_EQ(settings->flow({}), Settings{});
}

TEST(KioskSettings, SayWhatAPlaceIsLike) {
    const auto settings = parse_settings(R"(
        camera = "/dev/video2"
        printer = "ipp://127.0.0.1:8631/ipp/print"
        paper = "A4"
        panel_mm = [285, 508.5]
        language = "en"
        idle_seconds = 90
        warning_seconds = 30
        staff_seconds = 240
        call_seconds = 45
        farewell_seconds = 4
        metrics = "/run/kiosk.prom"
        voice = "always"
        sound = "plughw:CARD=PCH"
        headset = "Front Headphone Jack"
        sound_card = "hw:PCH"
        recordings = "/srv/recordings"
    )");
    ASSERT_TRUE(settings.ok()) << settings.error();
    EXPECT_EQ(settings->camera, "/dev/video2");
    EXPECT_EQ(settings->printer, "ipp://127.0.0.1:8631/ipp/print");
    EXPECT_EQ(settings->paper, Paper::A4);
    EXPECT_EQ(settings->panel, (ui::PanelSize{285, 508.5F}));
    EXPECT_EQ(settings->flow({}).language, Language::English);
    EXPECT_EQ(settings->flow({}).idle_limit, std::chrono::seconds(90));
    EXPECT_EQ(settings->flow({}).warning, std::chrono::seconds(30));
    EXPECT_EQ(settings->flow({}).staff_limit, std::chrono::seconds(240));
    EXPECT_EQ(settings->flow({}).call_limit, std::chrono::seconds(45));
    EXPECT_EQ(settings->flow({}).farewell, std::chrono::seconds(4));
    EXPECT_EQ(settings->metrics, "/run/kiosk.prom");
    EXPECT_EQ(settings->flow({}).voice, VoiceUse::Always);
    EXPECT_EQ(settings->sound, "plughw:CARD=PCH");
    EXPECT_EQ(settings->headset, "Front Headphone Jack");
    EXPECT_EQ(settings->sound_card, "hw:PCH");
    EXPECT_EQ(settings->recordings, "/srv/recordings");
}

TEST(KioskSettings, BeginInAnyLanguageOfTheKiosk) {
    for (const Language language : kLanguages) {
        const auto settings =
            parse_settings("language = \"" + std::string(code_of(language)) + "\"");
        ASSERT_TRUE(settings.ok()) << settings.error();
        EXPECT_EQ(settings->flow({}).language, language);
        // Those that there are stand in the example.
        EXPECT_THAT(kSettingsExample, HasSubstr(code_of(language)));
    }
}

TEST(KioskSettings, RefuseWhatTheyDoNotKnowAndNameIt) {
    const std::pair<const char*, const char*> wrong[] = {
        {"idle_secnods = 60", "idle_secnods"},
        {"idle_seconds = 5", "idle_seconds"},
        {"warning_seconds = 19", "warning_seconds"},
        {"idle_seconds = \"60\"", "idle_seconds"},
        {"idle_seconds = 60.5", "idle_seconds"},
        {"camera = 0", "camera"},
        {"paper = \"A3\"", "paper"},
        {"language = \"fr\"", "language"},
        {"voice = \"loud\"", "voice"},
        {"voice = true", "voice"},
        {"panel_mm = [285]", "panel_mm"},
        {"panel_mm = [285, 508, 1]", "panel_mm"},
        {"panel_mm = [\"a\", 508]", "panel_mm"},
        {"panel_mm = 285", "panel_mm"},
        {"panel_mm = [0, 508]", "panel_mm"},
        {"camera = ", "line 1"},
        {"\n\n[printer", "line 3"},
    };
    for (const auto& [toml, named] : wrong) {
        const auto settings = parse_settings(toml);
        ASSERT_FALSE(settings.ok()) << toml;
        EXPECT_THAT(settings.error(), HasSubstr(named)) << toml;
    }
}

TEST(KioskSettings, OfTheMachineWinOverThoseOfTheTown) {
    KioskSettings town;
    town.language = "vi";
    town.idle_limit = std::chrono::seconds(120);
    town.voice = VoiceUse::Always;
    const auto settings = parse_settings("idle_seconds = 90");
    ASSERT_TRUE(settings.ok()) << settings.error();
    const Settings flow = settings->flow(town);
    EXPECT_EQ(flow.idle_limit, std::chrono::seconds(90));
    EXPECT_EQ(flow.language, Language::Vietnamese);
    EXPECT_EQ(flow.voice, VoiceUse::Always);
    EXPECT_EQ(flow.farewell, Settings{}.farewell);
    EXPECT_FALSE(flow.has_printer) << "none is set";
}

TEST(KioskSettings, KnowTheLanguagesOfTheKiosk) {
    ASSERT_EQ(kLanguageCodes.size(), kLanguages.size());
    for (std::size_t i = 0; i < kLanguages.size(); ++i)
        EXPECT_STREQ(kLanguageCodes[i], code_of(kLanguages[i]));
}

TEST(KioskSettings, ReadTheSizeOfAWindow) {
    EXPECT_EQ(parse_window_size("1080x1920"), (WindowSize{1080, 1920}));
    for (const char* wrong : {"", "x", "1080", "1080x", "x1920", "1080X1920", "-1x-1", "1x1",
                              "1080x1920x", "99999x1920", "1080 x1920"}) {
        EXPECT_FALSE(parse_window_size(wrong).has_value()) << wrong;
    }
}

}  // namespace
}  // namespace mado::kiosk

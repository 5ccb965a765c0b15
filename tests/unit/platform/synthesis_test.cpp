#include "shared/platform/synthesis.h"

#include "shared/texts/spoken_digits.h"
#include "tests/support/hearing.h"
#include "tests/support/mora.h"

#include <array>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mado {
namespace {

using Kind = IoError::Kind;
using testing::AllOf;
using testing::Ge;
using testing::Le;

constexpr std::array kLanguages = {"ja", "ja_easy", "en", "zh", "ko", "vi", "pt"};

// What a kiosk says, of at least 20 mora each.
constexpr std::array kSentences = {
    "せっしゅけんの ばんごうを カメラに かざしてください。",
    "よやくが できました。ひかえを おとりください。",
    "せっしゅけんを カメラの したに おいて、そのまま すこし おまちください。",
    "この かいじょうで よろしければ、はい を おしてください。",
    "かかりの ひとを よびました。このまま おまちください。",
    "うけたい ひを えらんでください。あかるい ひに あきが あります。",
    "しちがつ いつか、げつようび、ごぜん くじ さんじゅっぷん。",
    "もう いちど きく ときは、スピーカーの しるしを おしてください。",
};

double seconds_of(const Sound& sound) {
    return static_cast<double>(tests::without_silence_around(sound.samples).size()) / sound.rate;
}

// Of all sentences one after the other; `check` sees each.
template <class Check>
double mora_a_second(Pace pace, const Check& check) {
    int mora = 0;
    double seconds = 0;
    for (const char* const sentence : kSentences) {
        const Sound sound = synthesise("ja", sentence, pace).value();
        const int mora_here = tests::mora_of(sentence);
        EXPECT_GE(mora_here, 20) << sentence;
        check(sentence, mora_here / seconds_of(sound));
        mora += mora_here;
        seconds += seconds_of(sound);
    }
    return mora / seconds;
}

TEST(Mora, AreTheBeatsOfKana) {
    EXPECT_EQ(tests::mora_of("きょう"), 2);
    EXPECT_EQ(tests::mora_of("がっこう"), 4);
    EXPECT_EQ(tests::mora_of("スーパー"), 4);
    EXPECT_EQ(tests::mora_of("ファイル、しんよう。"), 7);
    EXPECT_EQ(tests::mora_of("予約 abc 12・"), 0);
}

TEST(Synthesis, SpeaksJapaneseAtTheRateThatIsUnderstood) {
    // Pauses between clauses make one sentence slower than another: a date is mostly pauses.
    const double rate = mora_a_second(Pace::Normal, [](const auto& sentence, double alone) {
        EXPECT_THAT(alone, AllOf(Ge(5.0), Le(7.0))) << sentence;
    });
    RecordProperty("mora_a_second", std::to_string(rate));
    EXPECT_THAT(rate, AllOf(Ge(5.5), Le(6.5)));
}

TEST(Synthesis, SpeaksSlowerWhenItIsAskedTo) {
    const double rate = mora_a_second(Pace::Slower, [](const auto& sentence, double alone) {
        EXPECT_THAT(alone, AllOf(Ge(3.6), Le(5.0))) << sentence;
    });
    RecordProperty("mora_a_second", std::to_string(rate));
    EXPECT_THAT(rate, AllOf(Ge(4.0), Le(4.5)));
}

TEST(Synthesis, HasAVoiceForEachLanguage) {
    for (const char* language : kLanguages) {
        EXPECT_TRUE(has_voice(language)) << language;
        const auto sound = synthesise(language, spoken_digits("123", language), Pace::Normal);
        ASSERT_TRUE(sound.ok()) << language << ": " << sound.error().what;
        EXPECT_EQ(sound->channels, 1);
        EXPECT_THAT(seconds_of(*sound), AllOf(Ge(0.5), Le(3))) << language;
    }
    EXPECT_FALSE(has_voice("fr"));
    EXPECT_EQ(synthesise("fr", "bonjour", Pace::Normal).error().kind, Kind::Refused);
}

TEST(Synthesis, SpeaksWithTheVoiceAndThePaceThatWereAskedForEachTime) {
    const std::string words = spoken_digits("1234567890", "en");
    const double before = seconds_of(synthesise("en", words, Pace::Normal).value());
    const double slower = seconds_of(synthesise("vi", words, Pace::Slower).value());
    EXPECT_GT(slower, before * 1.2);
    // The first sentence after another voice keeps some of that one's pauses.
    EXPECT_NEAR(seconds_of(synthesise("en", words, Pace::Normal).value()), before, before * 0.09);
}

TEST(Synthesis, ReadsDigitsWithAPauseBetweenAnyTwo) {
    for (const char* language : kLanguages) {
        const Sound sound =
            synthesise(language, spoken_digits("1234567890", language), Pace::Normal).value();
        // A tenth of a second; within a word no silence is as long.
        EXPECT_EQ(tests::count_pauses(sound.samples, static_cast<std::size_t>(sound.rate) / 10), 9)
            << language;
    }
}

TEST(Synthesis, RefusesWhatItWouldMisread) {
    for (const char* language : {"ja", "ja_easy", "zh"}) {
        EXPECT_EQ(synthesise(language, "予約", Pace::Normal).error().kind, Kind::Refused);
        EXPECT_EQ(synthesise(language, "人々", Pace::Normal).error().kind, Kind::Refused);
    }
    EXPECT_EQ(synthesise("ja", "\xE3\x81", Pace::Normal).error().kind, Kind::Refused);
    EXPECT_EQ(synthesise("en", std::string(4'001, 'a'), Pace::Normal).error().kind, Kind::Refused);
}

TEST(Synthesis, OfNothingIsSilent) {
    const Sound sound = synthesise("ja", "", Pace::Normal).value();
    EXPECT_LT(tests::loudness(sound.samples), tests::kAudible);
}

}  // namespace
}  // namespace mado

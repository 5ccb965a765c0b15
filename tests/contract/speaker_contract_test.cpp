// The fake speaker and the real one keep the same promise: what is personal is heard in a headset
// or not at all, and what is stopped is heard no more.
//
// The real one plays into a file, by ALSA's own `file` device. That device takes sound as fast as
// it is written, so that what happens in mid-sentence is told by the count of looks at the headset,
// which come once a period, and what the headset says is put in by the test. A second card, in
// software (tests/support/sound_card.h), has a jack and a time of its own.

#include "shared/platform/alsa_speaker.h"
#include "shared/platform/files.h"
#include "shared/platform/headset_jack.h"
#include "shared/platform/synthesis.h"
#include "tests/support/fake_speaker.h"
#include "tests/support/hearing.h"
#include "tests/support/scratch_folder.h"
#include "tests/support/sound_card.h"
#include "tests/support/wav.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <functional>
#include <numeric>
#include <type_traits>

#include <gtest/gtest.h>

namespace mado {
namespace {

using Kind = IoError::Kind;
namespace card = tests::sound_card;

constexpr const char* kReading = "せっしゅけんの ばんごうを カメラに かざしてください。";

Utterance an_utterance() {
    return {"ja", "", std::string(kReading), Pace::Normal, Volume::Normal};
}

Utterance a_personal_utterance() {
    return {"ja", "", Personal<std::string>(kReading), Pace::Normal, Volume::Normal};
}

enum class Heard { Nothing, Beginning, All };

class FakeRoom {
  public:
    Speaker& speaker() { return speaker_; }
    void plug_in() { speaker_.plug_in(); }
    void pull_out() { speaker_.pull_out(); }
    void in_mid_sentence(std::function<void()> happens) {
        speaker_.in_mid_sentence(std::move(happens));
    }
    void take_the_device() { speaker_.fail_repeatedly({Kind::Unavailable, "no sound device"}); }
    void bring_it_back() { speaker_.heal(); }

    // Of the last utterance.
    Heard heard() const {
        if (speaker_.heard().empty()) return Heard::Nothing;
        return speaker_.heard().back().ended == Spoken::ToTheEnd ? Heard::All : Heard::Beginning;
    }

  private:
    tests::FakeSpeaker speaker_;
};

// Counted in looks at the headset, the first of which comes before the device is opened.
constexpr int kLooksBeforeMidSentence = 10;
constexpr std::size_t kPeriodSamples = 22'050 / 50;

class FileRoom {
  public:
    FileRoom() {
        std::filesystem::create_directory(card_);
        const std::string configuration =
            "pcm.nothing { type null }\n"
            "pcm.room { type file slave.pcm { type null } format raw file \"" +
            (card_ / "sound").string() + "\" }\n";
        write_file(folder_ / "asound.conf", configuration, Visibility::Everybody).value();
        // NOLINTNEXTLINE(concurrency-mt-unsafe): no other thread runs while a test does this.
        ::setenv("ALSA_CONFIG_PATH", (folder_ / "asound.conf").c_str(), 1);
        speaker_ = with_device("room");
    }

    std::unique_ptr<Speaker> with_device(const std::string& device) {
        return alsa_speaker({device, folder_ / "recordings"}, [this] { return look(); });
    }

    Speaker& speaker() { return *speaker_; }
    void plug_in() { plugged_ = true; }
    void pull_out() { plugged_ = false; }
    void in_mid_sentence(std::function<void()> happens) {
        happens_ = std::move(happens);
        looks_ = 0;
    }
    void take_the_device() { std::filesystem::rename(card_, folder_ / "away"); }
    void bring_it_back() { std::filesystem::rename(folder_ / "away", card_); }

    void record(const std::string& language, const std::string& key, const Sound& sound) const {
        std::filesystem::create_directories(folder_ / "recordings" / language);
        write_file(folder_ / "recordings" / language / (key + ".wav"), tests::wav_of(sound),
                   Visibility::Everybody)
            .value();
    }

    // What the device has taken of the last utterance; nothing where it was not opened.
    std::vector<std::int16_t> samples() const {
        const auto content = read_file(card_ / "sound", 1u << 26);
        if (!content.ok()) return {};
        std::vector<std::int16_t> found(content->size() / 2);
        std::memcpy(found.data(), content->data(), found.size() * 2);
        return found;
    }

    Heard heard() const {
        const auto found = samples();
        if (tests::loudness(found) < tests::kAudible) return Heard::Nothing;
        const auto whole = synthesise("ja", kReading, Pace::Normal).value().samples.size();
        return found.size() >= whole * 9 / 10 ? Heard::All : Heard::Beginning;
    }

  private:
    Result<bool, IoError> look() {
        if (happens_ && ++looks_ == kLooksBeforeMidSentence) std::exchange(happens_, nullptr)();
        return plugged_;
    }

    tests::ScratchFolder folder_;
    std::filesystem::path card_ = folder_ / "card";
    bool plugged_ = false;
    int looks_ = 0;
    std::function<void()> happens_;
    std::unique_ptr<Speaker> speaker_;
};

template <class Room>
class SpeakerContract : public testing::Test {
  protected:
    Result<Spoken, IoError> speak(const Utterance& utterance) {
        return room_.speaker().speak(utterance, stop_.get_token());
    }

    Room room_;
    std::stop_source stop_;
};

struct RoomNames {
    template <class Room>
    static std::string GetName(int) {  // NOLINT(readability-identifier-naming): GoogleTest's
        return std::is_same_v<Room, FakeRoom> ? "Fake" : "AlsaFile";
    }
};

using Rooms = testing::Types<FakeRoom, FileRoom>;
TYPED_TEST_SUITE(SpeakerContract, Rooms, RoomNames);

TYPED_TEST(SpeakerContract, WhatIsSpokenIsHeardToTheEnd) {
    EXPECT_EQ(this->speak(an_utterance()).value(), Spoken::ToTheEnd);
    EXPECT_EQ(this->room_.heard(), Heard::All);
}

TYPED_TEST(SpeakerContract, WhatIsPersonalIsHeardInAHeadset) {
    this->room_.plug_in();
    EXPECT_TRUE(this->room_.speaker().has_headset().value());
    EXPECT_EQ(this->speak(a_personal_utterance()).value(), Spoken::ToTheEnd);
    EXPECT_EQ(this->room_.heard(), Heard::All);
}

TYPED_TEST(SpeakerContract, WhatIsPersonalIsSilentWithoutAHeadset) {
    EXPECT_FALSE(this->room_.speaker().has_headset().value());
    EXPECT_EQ(this->speak(a_personal_utterance()).value(), Spoken::NoHeadset);
    EXPECT_EQ(this->room_.heard(), Heard::Nothing);
}

TYPED_TEST(SpeakerContract, AHeadsetPulledOutInMidSentenceEndsWhatIsPersonal) {
    this->room_.plug_in();
    this->room_.in_mid_sentence([&] { this->room_.pull_out(); });
    EXPECT_EQ(this->speak(a_personal_utterance()).value(), Spoken::NoHeadset);
    EXPECT_EQ(this->room_.heard(), Heard::Beginning);
    EXPECT_EQ(this->speak(an_utterance()).value(), Spoken::ToTheEnd);
}

TYPED_TEST(SpeakerContract, StopCutsShort) {
    this->room_.plug_in();
    this->room_.in_mid_sentence([&] { this->stop_.request_stop(); });
    EXPECT_EQ(this->speak(a_personal_utterance()).value(), Spoken::CutShort);
    EXPECT_EQ(this->room_.heard(), Heard::Beginning);
}

TYPED_TEST(SpeakerContract, WhatIsStoppedBeforeItBeginsIsSilent) {
    this->stop_.request_stop();
    EXPECT_EQ(this->speak(an_utterance()).value(), Spoken::CutShort);
    EXPECT_EQ(this->room_.heard(), Heard::Nothing);
}

TYPED_TEST(SpeakerContract, WithoutADeviceItIsUnavailableUntilOneReturns) {
    this->room_.take_the_device();
    for (int attempt = 0; attempt < 2; ++attempt) {
        const auto spoken = this->speak(an_utterance());
        ASSERT_FALSE(spoken.ok());
        EXPECT_EQ(spoken.error().kind, Kind::Unavailable);
    }
    this->room_.bring_it_back();
    EXPECT_EQ(this->speak(an_utterance()).value(), Spoken::ToTheEnd);
    EXPECT_EQ(this->room_.heard(), Heard::All);
}

// ── of the real one alone ──

using AlsaSpeakerTest = SpeakerContract<FileRoom>;

TEST_F(AlsaSpeakerTest, StopsWithinAPeriodOfTheHeadsetsGoing) {
    room_.plug_in();
    room_.in_mid_sentence([&] { room_.pull_out(); });
    EXPECT_EQ(speak(a_personal_utterance()).value(), Spoken::NoHeadset);
    EXPECT_LE(room_.samples().size(), kLooksBeforeMidSentence * kPeriodSamples);
}

TEST_F(AlsaSpeakerTest, DoesNotAskForTheHeadsetOfWhatIsForEveryone) {
    room_.in_mid_sentence([] { FAIL() << "somebody asked"; });
    EXPECT_EQ(speak(an_utterance()).value(), Spoken::ToTheEnd);
}

TEST_F(AlsaSpeakerTest, EachStepOfTheVolumeDoublesTheAmplitude) {
    std::vector<double> loud;
    for (const Volume volume : {Volume::Normal, Volume::Louder, Volume::Loudest}) {
        Utterance utterance = an_utterance();
        utterance.volume = volume;
        speak(utterance).value();
        loud.push_back(tests::loudness(room_.samples()));
    }
    EXPECT_NEAR(loud[1] / loud[0], 2, 0.1);
    EXPECT_NEAR(loud[2] / loud[1], 2, 0.1);
    EXPECT_GT(loud[0], 4'000);
}

TEST_F(AlsaSpeakerTest, PlaysTheTownsRecordingAtItsOwnPaceAlone) {
    const Sound recording{44'100, 2, std::vector<std::int16_t>(44'100, 8'000)};
    room_.record("ja", "welcome.title", recording);
    Utterance utterance = an_utterance();
    utterance.recording = "welcome.title";
    speak(utterance).value();
    EXPECT_EQ(tests::loudness(room_.samples()), 2'000);
    EXPECT_EQ(tests::without_silence_around(room_.samples()).size(), 44'100u);

    utterance.pace = Pace::Slower;
    speak(utterance).value();
    EXPECT_GT(tests::loudness(room_.samples()), 4'000);

    utterance.pace = Pace::Normal;
    utterance.language = "en";
    utterance.reading = "Welcome";
    speak(utterance).value();
    EXPECT_GT(tests::loudness(room_.samples()), 4'000);
}

TEST_F(AlsaSpeakerTest, SpeaksWhereTheRecordingDoesNotFit) {
    room_.record("ja", "welcome.title", {96'000, 1, {1, 2, 3}});
    Utterance utterance = an_utterance();
    utterance.recording = "welcome.title";
    EXPECT_EQ(speak(utterance).value(), Spoken::ToTheEnd);
    EXPECT_EQ(room_.heard(), Heard::All);
}

TEST_F(AlsaSpeakerTest, SpeaksToADeviceThatThrowsAllAway) {
    const auto speaker = room_.with_device("nothing");
    EXPECT_EQ(speaker->speak(an_utterance(), {}).value(), Spoken::ToTheEnd);
}

TEST_F(AlsaSpeakerTest, RefusesWhatHasNoVoice) {
    Utterance utterance = an_utterance();
    utterance.language = "fr";
    EXPECT_EQ(speak(utterance).error().kind, Kind::Refused);
    utterance = an_utterance();
    utterance.reading = "予約";
    EXPECT_EQ(speak(utterance).error().kind, Kind::Refused);
}

TEST_F(AlsaSpeakerTest, ADeviceThatNobodyConfiguredIsUnavailable) {
    EXPECT_EQ(room_.with_device("hw:7")->speak(an_utterance(), {}).error().kind, Kind::Unavailable);
}

// ── with a card in software: its jack, and what is heard while time goes on ──

// 20 ms, and the 5 ms in which the card's time advances.
constexpr std::size_t kPeriodAndStepSamples = kPeriodSamples + 22'050 / 200;
constexpr std::size_t kMidSentence = 22'050;

class SoundCardTest : public testing::Test {
  protected:
    SoundCardTest() {
        write_file(folder_ / "asound.conf", card::configuration(MADO_SOUND_CARD),
                   Visibility::Everybody)
            .value();
        // NOLINTNEXTLINE(concurrency-mt-unsafe): no other thread runs while a test does this.
        ::setenv("ALSA_CONFIG_PATH", (folder_ / "asound.conf").c_str(), 1);
        card::reset();
        speaker_ = alsa_speaker({"mado", folder_.path()}, headset_sense("Headphone Jack", "mado"));
    }

    Result<Spoken, IoError> speak(const Utterance& utterance) {
        return speaker_->speak(utterance, stop_.get_token());
    }

    tests::ScratchFolder folder_;
    std::unique_ptr<Speaker> speaker_;
    std::stop_source stop_;
};

TEST_F(SoundCardTest, PlaysEverySampleAndNothingBehind) {
    std::vector<std::int16_t> samples(10'001);
    std::iota(samples.begin(), samples.end(), std::int16_t{1});
    std::filesystem::create_directory(folder_ / "ja");
    write_file(folder_ / "ja" / "count.wav", tests::wav_of({22'050, 1, samples}),
               Visibility::Everybody)
        .value();
    Utterance utterance = an_utterance();
    utterance.recording = "count";
    utterance.volume = Volume::Loudest;
    EXPECT_EQ(speak(utterance).value(), Spoken::ToTheEnd);
    auto heard = card::heard();
    ASSERT_GE(heard.size(), samples.size());
    EXPECT_TRUE(std::equal(samples.begin(), samples.end(), heard.begin()));
    heard.erase(heard.begin(), heard.begin() + static_cast<std::ptrdiff_t>(samples.size()));
    EXPECT_EQ(tests::loudness(heard), 0);
}

TEST_F(SoundCardTest, HasAJackThatTellsOfTheHeadset) {
    EXPECT_FALSE(speaker_->has_headset().value());
    card::plug_in();
    EXPECT_TRUE(speaker_->has_headset().value());
    card::pull_out();
    EXPECT_FALSE(speaker_->has_headset().value());
    card::take_away();
    EXPECT_EQ(speaker_->has_headset().error().kind, Kind::Unavailable);
}

TEST_F(SoundCardTest, HasNoJackOfAnotherName) {
    EXPECT_EQ(headset_sense("Line Out Jack", "mado")().error().kind, Kind::Unavailable);
}

TEST_F(SoundCardTest, PlaysNothingPersonalWithoutAHeadset) {
    EXPECT_EQ(speak(a_personal_utterance()).value(), Spoken::NoHeadset);
    EXPECT_TRUE(card::heard().empty());
}

TEST_F(SoundCardTest, IsSilentAPeriodAfterTheHeadsetIsPulledOut) {
    card::plug_in();
    card::when_heard(kMidSentence, card::pull_out);
    EXPECT_EQ(speak(a_personal_utterance()).value(), Spoken::NoHeadset);
    EXPECT_GE(card::heard().size(), kMidSentence);
    EXPECT_LE(card::heard().size(), kMidSentence + kPeriodAndStepSamples);
}

TEST_F(SoundCardTest, IsSilentAPeriodAfterAStop) {
    card::when_heard(kMidSentence, [&] { stop_.request_stop(); });
    EXPECT_EQ(speak(an_utterance()).value(), Spoken::CutShort);
    EXPECT_GE(card::heard().size(), kMidSentence);
    EXPECT_LE(card::heard().size(), kMidSentence + kPeriodAndStepSamples);
}

TEST_F(SoundCardTest, PulledOutInMidSentenceIsUnavailable) {
    card::when_heard(kMidSentence, card::take_away);
    EXPECT_EQ(speak(an_utterance()).error().kind, Kind::Unavailable);
}

TEST_F(SoundCardTest, ThatRanDryGoesOnWithTheSentence) {
    card::when_heard(kMidSentence, card::run_dry);
    EXPECT_EQ(speak(an_utterance()).value(), Spoken::ToTheEnd);
    const auto whole = synthesise("ja", kReading, Pace::Normal).value().samples.size();
    EXPECT_GE(card::heard().size(), whole);
}

TEST(HeadsetSense, IsWhatItsSettingSays) {
    EXPECT_FALSE(headset_sense("never", "default")().value());
    EXPECT_TRUE(headset_sense("always", "default")().value());
}

TEST(HeadsetSense, OfACardThatIsNotThereIsUnavailable) {
    const auto sense = headset_sense("Headphone Jack", "hw:7");
    for (int attempt = 0; attempt < 2; ++attempt)
        EXPECT_EQ(sense().error().kind, Kind::Unavailable);
}

}  // namespace
}  // namespace mado

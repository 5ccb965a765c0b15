#include "kiosk/shell/speech_desk.h"

#include "tests/support/fake_speaker.h"

#include <chrono>
#include <condition_variable>
#include <future>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mado::kiosk::tests {
namespace {

using mado::tests::FakeSpeaker;
using std::chrono::seconds;
using testing::ElementsAre;

std::vector<Utterance> an_utterance(const std::string& reading = "はい") {
    return {{"ja", "", reading, Pace::Normal, Volume::Normal}};
}

std::vector<Utterance> a_personal_utterance() {
    return {{"ja", "", Personal<std::string>("いち、に、さん"), Pace::Normal, Volume::Normal}};
}

// A public one, a personal one, a public one.
std::vector<Utterance> three_utterances() {
    auto three = an_utterance("いち");
    three.push_back(a_personal_utterance().front());
    three.push_back(an_utterance("に").front());
    return three;
}

class SpeechDeskTest : public testing::Test {
  protected:
    // Waits until so many events have come, and hands out all.
    std::vector<SpeechEvent> events(std::size_t count) {
        std::unique_lock lock(mutex_);
        EXPECT_TRUE(changed_.wait_for(lock, seconds(30), [&] { return events_.size() >= count; }));
        return events_;
    }

    void take(const SpeechEvent& event) {
        const std::lock_guard lock(mutex_);
        events_.push_back(event);
        changed_.notify_all();
    }

    // What came out, whole or its beginning.
    std::vector<std::string> heard() const {
        std::vector<std::string> words;
        for (const FakeSpeaker::Heard& one : speaker_.heard()) {
            const Utterance& said = one.utterance;
            words.push_back(is_for_headset_only(said)
                                ? std::get<Personal<std::string>>(said.reading).reveal()
                                : std::get<std::string>(said.reading));
        }
        return words;
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<SpeechEvent> events_;
    std::unique_ptr<FakeSpeaker> owned_ = std::make_unique<FakeSpeaker>();
    FakeSpeaker& speaker_ = *owned_;
    std::unique_ptr<SpeechDesk> desk_ =
        std::make_unique<SpeechDesk>(std::move(owned_), std::make_shared<Heart>(),
                                     [this](const SpeechEvent& event) { take(event); });
};

constexpr QuestionId kFirst{1};
constexpr QuestionId kSecond{2};
constexpr QuestionId kThird{3};

TEST_F(SpeechDeskTest, SpeaksOneAfterTheOtherAndSaysOnceThatAllOfItEnded) {
    auto two = an_utterance("いち");
    two.push_back(an_utterance("に").front());
    desk_->speak(kFirst, two);
    EXPECT_THAT(events(1), ElementsAre(SpeechEnded{kFirst}));
    EXPECT_THAT(heard(), ElementsAre("いち", "に"));
}

TEST_F(SpeechDeskTest, TheNewestInterruptsWhatIsSpokenAndReplacesWhatWaits) {
    speaker_.in_mid_sentence([&] {
        desk_->speak(kSecond, an_utterance("さん"));
        desk_->speak(kThird, an_utterance("よん"));
    });
    auto two = an_utterance("いち");
    two.push_back(an_utterance("に").front());
    desk_->speak(kFirst, two);
    EXPECT_THAT(events(3),
                ElementsAre(SpeechEnded{kFirst}, SpeechEnded{kSecond}, SpeechEnded{kThird}));
    EXPECT_THAT(heard(), ElementsAre("いち", "よん"));
    EXPECT_EQ(speaker_.heard().front().ended, Spoken::CutShort);
}

TEST_F(SpeechDeskTest, HushesWhatIsSpokenAndSpeaksAgainAfterwards) {
    speaker_.in_mid_sentence([&] { desk_->hush(); });
    desk_->speak(kFirst, three_utterances());
    EXPECT_THAT(events(1), ElementsAre(SpeechEnded{kFirst}));
    EXPECT_THAT(heard(), ElementsAre("いち"));
    desk_->hush();
    desk_->speak(kSecond, an_utterance("に"));
    EXPECT_THAT(events(2), ElementsAre(SpeechEnded{kFirst}, SpeechEnded{kSecond}));
    EXPECT_THAT(heard(), ElementsAre("いち", "に"));
}

TEST_F(SpeechDeskTest, SaysThatASpeakerFailedAndGoesOn) {
    speaker_.fail_next({IoError::Kind::Unavailable, "no sound device"});
    desk_->speak(kFirst, three_utterances());
    EXPECT_THAT(events(1), ElementsAre(SpeechFailed{kFirst}));
    EXPECT_TRUE(speaker_.heard().empty()) << "the rest would come without its beginning";
    desk_->speak(kSecond, an_utterance());
    EXPECT_EQ(events(2).back(), SpeechEvent(SpeechEnded{kSecond}));
}

TEST_F(SpeechDeskTest, ATextThatCannotBeReadLeavesTheOthersToBeHeard) {
    speaker_.fail_next({IoError::Kind::Refused, "the text has ideographs"});
    desk_->speak(kFirst, three_utterances());
    EXPECT_THAT(events(1), ElementsAre(SpeechFailed{kFirst}));
    EXPECT_THAT(heard(), ElementsAre("に"));
}

TEST_F(SpeechDeskTest, ReportsTheHeadsetAndSpeaksWhatIsPersonalOnlyThen) {
    desk_->speak(kFirst, three_utterances());
    EXPECT_THAT(events(1), ElementsAre(SpeechEnded{kFirst}));
    EXPECT_THAT(heard(), ElementsAre("いち", "に"));
    speaker_.plug_in();
    EXPECT_EQ(events(2).back(), SpeechEvent(HeadsetPluggedIn{}));
    desk_->speak(kSecond, three_utterances());
    EXPECT_EQ(events(3).back(), SpeechEvent(SpeechEnded{kSecond}));
    EXPECT_THAT(heard(), ElementsAre("いち", "に", "いち", "いち、に、さん", "に"));
    speaker_.pull_out();
    EXPECT_EQ(events(4).back(), SpeechEvent(HeadsetPulledOut{}));
}

TEST_F(SpeechDeskTest, AHeadsetPulledOutInMidSentenceEndsAllOfItAndIsReported) {
    speaker_.plug_in();
    events(1);
    speaker_.in_mid_sentence([&] { speaker_.pull_out(); });
    auto speech = a_personal_utterance();
    speech.push_back(an_utterance("に").front());
    desk_->speak(kFirst, speech);
    EXPECT_THAT(events(3), testing::UnorderedElementsAre(HeadsetPluggedIn{}, SpeechEnded{kFirst},
                                                         HeadsetPulledOut{}));
    EXPECT_THAT(heard(), ElementsAre("いち、に、さん")) << "its beginning, and nothing else";
}

TEST_F(SpeechDeskTest, AHeadsetThatCannotBeToldIsNone) {
    speaker_.plug_in();
    events(1);
    speaker_.lose_the_jack({IoError::Kind::Unavailable, "no sound card for the headset"});
    EXPECT_EQ(events(2).back(), SpeechEvent(HeadsetPulledOut{}));
}

TEST_F(SpeechDeskTest, EndsInMidSentenceAndReportsEverySpeechOnce) {
    std::promise<void> begun;
    speaker_.in_mid_sentence([&] {
        desk_->speak(kSecond, an_utterance());
        begun.set_value();
    });
    desk_->speak(kFirst, an_utterance());
    begun.get_future().wait();
    desk_.reset();
    EXPECT_THAT(events_, ElementsAre(SpeechEnded{kFirst}, SpeechEnded{kSecond}));
}

// The fake speaks on until it is told to stop: a desk that did not tell would never end.
TEST_F(SpeechDeskTest, CutsShortWhatIsSpokenWhenItEnds) {
    std::promise<void> begun;
    speaker_.speak_until_stopped();
    speaker_.in_mid_sentence([&] { begun.set_value(); });
    desk_->speak(kFirst, an_utterance());
    begun.get_future().wait();
    desk_.reset();
    EXPECT_EQ(events_.back(), SpeechEvent(SpeechEnded{kFirst}));
}

TEST_F(SpeechDeskTest, BeatsItsHeartWhileNothingIsSaid) {
    const std::uint64_t before = desk_->heart().beats();
    for (int tries = 0; tries < 300 && desk_->heart().beats() == before; ++tries)
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    EXPECT_GT(desk_->heart().beats(), before);
}

// As a sound card that does not come back from a call of the kernel until it is let go.
class StandingSpeaker final : public Speaker {
  public:
    struct Signals {
        std::promise<void> begun;
        std::promise<void> let_go;
        std::promise<void> gone;
    };

    explicit StandingSpeaker(Signals& signals) : signals_(signals) {}
    ~StandingSpeaker() override { signals_.gone.set_value(); }

    Result<Spoken, IoError> speak(const Utterance&, const std::stop_token&) override {
        signals_.begun.set_value();
        signals_.let_go.get_future().wait();
        return Spoken::ToTheEnd;
    }
    Result<bool, IoError> has_headset() override { return false; }

  private:
    Signals& signals_;
};

TEST(SpeechDesk, GivesUpASpeakerThatStandsStillAndGoesOnWithoutASound) {
    StandingSpeaker::Signals signals;
    std::mutex mutex;
    std::vector<SpeechEvent> came;
    auto desk =
        std::make_unique<SpeechDesk>(std::make_unique<StandingSpeaker>(signals),
                                     std::make_shared<Heart>(), [&](const SpeechEvent& event) {
                                         const std::lock_guard lock(mutex);
                                         came.push_back(event);
                                     });
    desk->speak(kFirst, an_utterance());
    signals.begun.get_future().wait();
    desk->speak(kSecond, an_utterance());

    desk->give_up_speaker();
    desk->speak(kThird, an_utterance());
    desk.reset();  // waits for nobody who stands still
    EXPECT_THAT(came, ElementsAre(SpeechFailed{kFirst}, SpeechFailed{kSecond}, HeadsetPulledOut{},
                                  testing::AnyOf(SpeechEvent(SpeechFailed{kThird}),
                                                 SpeechEvent(SpeechEnded{kThird}))));

    signals.let_go.set_value();
    signals.gone.get_future().wait();
    EXPECT_EQ(came.size(), 4u) << "what comes back late reports nothing";
}

TEST(SpeechDesk, FailsEverySpeechWithoutASpeaker) {
    std::promise<SpeechEvent> came;
    SpeechDesk desk(nullptr, std::make_shared<Heart>(),
                    [&](const SpeechEvent& event) { came.set_value(event); });
    desk.speak(kFirst, an_utterance());
    EXPECT_EQ(came.get_future().get(), SpeechEvent(SpeechFailed{kFirst}));
}

}  // namespace
}  // namespace mado::kiosk::tests

#include "kiosk/shell/speech_desk.h"

#include "tests/support/fake_speaker.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <future>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mado::kiosk::tests {
namespace {

using mado::tests::FakeSpeaker;
using std::chrono::seconds;
using testing::ElementsAre;

Utterance an_utterance(const std::string& reading = "はい") {
    return {"ja", "", reading, Pace::Normal, Volume::Normal};
}

Utterance a_personal_utterance() {
    return {"ja", "", Personal<std::string>("いち、に、さん"), Pace::Normal, Volume::Normal};
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

    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<SpeechEvent> events_;
    std::unique_ptr<FakeSpeaker> owned_ = std::make_unique<FakeSpeaker>();
    FakeSpeaker& speaker_ = *owned_;
    std::unique_ptr<SpeechDesk> desk_ = std::make_unique<SpeechDesk>(
        std::move(owned_), [this](const SpeechEvent& event) { take(event); });
};

constexpr QuestionId kFirst{1};
constexpr QuestionId kSecond{2};
constexpr QuestionId kThird{3};

TEST_F(SpeechDeskTest, SpeaksAndSaysWhenItBeganAndEnded) {
    desk_->speak(kFirst, an_utterance());
    EXPECT_THAT(events(2),
                ElementsAre(SpeechStarted{kFirst}, SpeechEnded{kFirst, Spoken::ToTheEnd}));
    ASSERT_EQ(speaker_.heard().size(), 1u);
    EXPECT_EQ(std::get<std::string>(speaker_.heard().front().utterance.reading), "はい");
}

TEST_F(SpeechDeskTest, TheNewestInterruptsWhatIsSpokenAndReplacesWhatWaits) {
    speaker_.in_mid_sentence([&] {
        desk_->speak(kSecond, an_utterance("に"));
        desk_->speak(kThird, an_utterance("さん"));
    });
    desk_->speak(kFirst, an_utterance("いち"));
    EXPECT_THAT(events(5),
                ElementsAre(SpeechStarted{kFirst}, SpeechEnded{kFirst, Spoken::CutShort},
                            SpeechEnded{kSecond, Spoken::CutShort}, SpeechStarted{kThird},
                            SpeechEnded{kThird, Spoken::ToTheEnd}));
    EXPECT_EQ(speaker_.heard().size(), 2u);
}

TEST_F(SpeechDeskTest, HushesWhatIsSpokenAndSpeaksAgainAfterwards) {
    speaker_.in_mid_sentence([&] { desk_->hush(); });
    desk_->speak(kFirst, an_utterance());
    EXPECT_THAT(events(2),
                ElementsAre(SpeechStarted{kFirst}, SpeechEnded{kFirst, Spoken::CutShort}));
    desk_->hush();
    desk_->speak(kSecond, an_utterance());
    EXPECT_EQ(events(4).back(), SpeechEvent(SpeechEnded{kSecond, Spoken::ToTheEnd}));
}

TEST_F(SpeechDeskTest, SaysThatASpeakerFailedAndGoesOn) {
    speaker_.fail_next({IoError::Kind::Unavailable, "no sound device"});
    desk_->speak(kFirst, an_utterance());
    EXPECT_THAT(events(2), ElementsAre(SpeechStarted{kFirst}, SpeechFailed{kFirst}));
    desk_->speak(kSecond, an_utterance());
    EXPECT_EQ(events(4).back(), SpeechEvent(SpeechEnded{kSecond, Spoken::ToTheEnd}));
}

TEST_F(SpeechDeskTest, ReportsTheHeadsetAndSpeaksWhatIsPersonalOnlyThen) {
    desk_->speak(kFirst, a_personal_utterance());
    EXPECT_THAT(events(2),
                ElementsAre(SpeechStarted{kFirst}, SpeechEnded{kFirst, Spoken::NoHeadset}));
    EXPECT_TRUE(speaker_.heard().empty());
    speaker_.plug_in();
    EXPECT_EQ(events(3).back(), SpeechEvent(HeadsetPluggedIn{}));
    desk_->speak(kSecond, a_personal_utterance());
    EXPECT_EQ(events(5).back(), SpeechEvent(SpeechEnded{kSecond, Spoken::ToTheEnd}));
    speaker_.pull_out();
    EXPECT_EQ(events(6).back(), SpeechEvent(HeadsetPulledOut{}));
}

TEST_F(SpeechDeskTest, AHeadsetPulledOutInMidSentenceEndsItAndIsReported) {
    speaker_.plug_in();
    events(1);
    speaker_.in_mid_sentence([&] { speaker_.pull_out(); });
    desk_->speak(kFirst, a_personal_utterance());
    EXPECT_THAT(events(4), testing::UnorderedElementsAre(HeadsetPluggedIn{}, SpeechStarted{kFirst},
                                                         SpeechEnded{kFirst, Spoken::NoHeadset},
                                                         HeadsetPulledOut{}));
}

TEST_F(SpeechDeskTest, AHeadsetThatCannotBeToldIsNone) {
    speaker_.plug_in();
    events(1);
    speaker_.lose_the_jack({IoError::Kind::Unavailable, "no sound card for the headset"});
    EXPECT_EQ(events(2).back(), SpeechEvent(HeadsetPulledOut{}));
}

TEST_F(SpeechDeskTest, EndsInMidSentenceAndReportsEveryUtteranceOnce) {
    std::promise<void> begun;
    speaker_.in_mid_sentence([&] {
        desk_->speak(kSecond, an_utterance());
        begun.set_value();
    });
    desk_->speak(kFirst, an_utterance());
    begun.get_future().wait();
    desk_.reset();
    const auto came = events_;
    EXPECT_EQ(std::ranges::count(came, SpeechEvent(SpeechEnded{kFirst, Spoken::CutShort})), 1);
    EXPECT_EQ(std::ranges::count_if(came,
                                    [](const SpeechEvent& event) {
                                        const auto* const ended = std::get_if<SpeechEnded>(&event);
                                        return ended != nullptr && ended->speech == kSecond;
                                    }),
              1);
}

// The fake speaks on until it is told to stop: a desk that did not tell would never end.
TEST_F(SpeechDeskTest, CutsShortWhatIsSpokenWhenItEnds) {
    std::promise<void> begun;
    speaker_.speak_until_stopped();
    speaker_.in_mid_sentence([&] { begun.set_value(); });
    desk_->speak(kFirst, an_utterance());
    begun.get_future().wait();
    desk_.reset();
    EXPECT_EQ(events_.back(), SpeechEvent(SpeechEnded{kFirst, Spoken::CutShort}));
}

TEST(SpeechDesk, FailsEveryUtteranceWithoutASpeaker) {
    std::mutex mutex;
    std::vector<SpeechEvent> came;
    {
        SpeechDesk desk(nullptr, [&](const SpeechEvent& event) {
            const std::lock_guard lock(mutex);
            came.push_back(event);
        });
        desk.speak(kFirst, an_utterance());
    }
    ASSERT_FALSE(came.empty());
    EXPECT_TRUE(came.back() == SpeechEvent(SpeechFailed{kFirst}) ||
                came.back() == SpeechEvent(SpeechEnded{kFirst, Spoken::CutShort}));
}

}  // namespace
}  // namespace mado::kiosk::tests

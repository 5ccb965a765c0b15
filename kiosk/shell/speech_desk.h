#pragma once

// The voice: carries out one utterance at a time on a thread of its own, the newest at once, and
// reports each one's fate. Another thread looks at the headset and reports when it comes and goes.

#include "shared/domain/desk.h"
#include "shared/ports/speaker.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <variant>

namespace mado::kiosk {

// clang-format off
struct SpeechStarted    { QuestionId speech; bool operator==(const SpeechStarted&) const = default; };
struct SpeechEnded      { QuestionId speech; Spoken how; bool operator==(const SpeechEnded&) const = default; };
struct SpeechFailed     { QuestionId speech; bool operator==(const SpeechFailed&) const = default; };
struct HeadsetPluggedIn { bool operator==(const HeadsetPluggedIn&) const = default; };
struct HeadsetPulledOut { bool operator==(const HeadsetPulledOut&) const = default; };
// clang-format on

using SpeechEvent =
    std::variant<SpeechStarted, SpeechEnded, SpeechFailed, HeadsetPluggedIn, HeadsetPulledOut>;

class SpeechDesk {
  public:
    // Without a speaker every utterance fails at once. `report` is called from the desk's threads,
    // and outlives the desk. At the beginning no headset is plugged in: one that is, is reported.
    SpeechDesk(std::unique_ptr<Speaker> speaker, std::function<void(SpeechEvent)> report);
    // Cuts short what is being spoken.
    ~SpeechDesk();
    SpeechDesk(const SpeechDesk&) = delete;
    SpeechDesk& operator=(const SpeechDesk&) = delete;

    // Speaks it, in place of all that is spoken or waits. Each utterance is reported once as ended
    // or failed, in the order in which they came, and before that as started unless another came
    // first.
    void speak(QuestionId speech, Utterance utterance);
    // Cuts short all that is spoken or waits.
    void hush();

  private:
    struct Order {
        QuestionId speech;
        Utterance utterance;
        std::stop_source stop;
    };

    void work();
    Result<Spoken, IoError> carry_out(const Order& order);
    void watch_headset();
    // With the mutex held.
    void stop_all();

    std::unique_ptr<Speaker> speaker_;
    std::function<void(SpeechEvent)> report_;

    std::mutex mutex_;  // guards all that follows
    std::condition_variable changed_;
    bool closing_ = false;
    std::deque<Order> waiting_;
    std::stop_source spoken_;  // of the utterance that is being spoken, or was last

    std::thread working_;
    std::thread watching_;
};

}  // namespace mado::kiosk

#include "kiosk/shell/speech_desk.h"

#include "kiosk/shell/log.h"
#include "shared/platform/thread_name.h"

#include <chrono>
#include <utility>

namespace mado::kiosk {
namespace {

// A person who plugs in a headset sees that within a blink. That a personal sentence stops when it
// is pulled out does not hang on this: the speaker itself looks far more often.
constexpr std::chrono::milliseconds kLookEvery{200};

// Says an error once, and again only after another or none: a device that is gone fails all day.
class Complaint {
  public:
    template <class T>
    void about(const Result<T, IoError>& outcome) {
        std::string now = outcome.ok() ? "" : outcome.error().what;
        if (!now.empty() && now != said_) log_line(now);
        said_ = std::move(now);
    }

  private:
    std::string said_;
};

}  // namespace

SpeechDesk::SpeechDesk(std::unique_ptr<Speaker> speaker, std::function<void(SpeechEvent)> report)
    : speaker_(std::move(speaker)),
      report_(std::move(report)),
      working_([this] { work(); }),
      watching_([this] { watch_headset(); }) {}

SpeechDesk::~SpeechDesk() {
    {
        const std::lock_guard lock(mutex_);
        closing_ = true;
        stop_all();
    }
    changed_.notify_all();
    working_.join();
    watching_.join();
}

void SpeechDesk::speak(QuestionId speech, Utterance utterance) {
    {
        const std::lock_guard lock(mutex_);
        stop_all();
        waiting_.push_back({speech, std::move(utterance), std::stop_source()});
    }
    changed_.notify_all();
}

void SpeechDesk::hush() {
    const std::lock_guard lock(mutex_);
    stop_all();
}

void SpeechDesk::stop_all() {
    spoken_.request_stop();
    for (Order& order : waiting_)
        order.stop.request_stop();
}

Result<Spoken, IoError> SpeechDesk::carry_out(const Order& order) {
    if (!speaker_) return fail(IoError{IoError::Kind::Unavailable, "no speaker is set"});
    return speaker_->speak(order.utterance, order.stop.get_token());
}

void SpeechDesk::work() {
    name_this_thread("speaking");
    Complaint complaint;
    for (;;) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return closing_ || !waiting_.empty(); });
        if (waiting_.empty()) return;
        const Order order = std::move(waiting_.front());
        waiting_.pop_front();
        spoken_ = order.stop;
        lock.unlock();

        if (order.stop.stop_requested()) {
            report_(SpeechEnded{order.speech, Spoken::CutShort});
            continue;
        }
        report_(SpeechStarted{order.speech});
        const auto spoken = carry_out(order);
        complaint.about(spoken);
        report_(spoken.ok() ? SpeechEvent(SpeechEnded{order.speech, *spoken})
                            : SpeechEvent(SpeechFailed{order.speech}));
    }
}

void SpeechDesk::watch_headset() {
    if (!speaker_) return;
    name_this_thread("headset");
    Complaint complaint;
    bool plugged = false;
    std::unique_lock lock(mutex_);
    do {
        lock.unlock();
        const auto found = speaker_->has_headset();
        complaint.about(found);
        // Where it cannot be told there is none, as the speaker takes it.
        const bool now = found.value_or(false);
        if (std::exchange(plugged, now) != now) {
            report_(now ? SpeechEvent(HeadsetPluggedIn{}) : SpeechEvent(HeadsetPulledOut{}));
        }
        lock.lock();
    } while (!changed_.wait_for(lock, kLookEvery, [&] { return closing_; }));
}

}  // namespace mado::kiosk

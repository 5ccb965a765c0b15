#include "kiosk/shell/speech_desk.h"

#include "kiosk/shell/log.h"
#include "shared/platform/thread_name.h"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>

namespace mado::kiosk {
namespace {

// A person who plugs in a headset sees that within a blink. That a personal sentence stops when it
// is pulled out does not hang on this: the speaker itself looks far more often.
constexpr std::chrono::milliseconds kLookEvery{200};
constexpr std::chrono::milliseconds kBeatEvery{1'000};

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

// What the threads share: all of it is theirs, and stays with them where they are left behind.
class SpeechDesk::Room : public std::enable_shared_from_this<SpeechDesk::Room> {
  public:
    Room(std::unique_ptr<Speaker> speaker, std::shared_ptr<Heart> heart,
         std::function<void(SpeechEvent)> report)
        : speaker_(std::move(speaker)), heart_(std::move(heart)), report_(std::move(report)) {}

    void open() {
        working_ = std::thread([room = shared_from_this()] { room->work(); });
        watching_ = std::thread([room = shared_from_this()] { room->watch_headset(); });
    }

    void speak(QuestionId speech, std::vector<Utterance> utterances) {
        {
            const std::lock_guard lock(mutex_);
            stop_all();
            waiting_.push_back({speech, std::move(utterances), std::stop_source()});
        }
        changed_.notify_all();
    }

    void hush() {
        const std::lock_guard lock(mutex_);
        stop_all();
    }

    // Waits until both threads have ended.
    void close() {
        {
            const std::lock_guard lock(mutex_);
            closing_ = true;
            stop_all();
        }
        changed_.notify_all();
        working_.join();
        watching_.join();
    }

    // Waits for neither, and they report nothing any more. The speeches that have no end yet.
    std::vector<QuestionId> leave() {
        const std::lock_guard reporting(reporting_);
        const std::lock_guard lock(mutex_);
        left_ = true;
        closing_ = true;
        stop_all();
        working_.detach();
        watching_.detach();
        std::vector<QuestionId> open;
        if (speaking_) open.push_back(*speaking_);
        for (const Order& order : waiting_)
            open.push_back(order.speech);
        waiting_.clear();
        changed_.notify_all();
        return open;
    }

  private:
    struct Order {
        QuestionId speech;
        std::vector<Utterance> utterances;
        std::stop_source stop;
    };

    // With the mutex held.
    void stop_all() {
        spoken_.request_stop();
        for (Order& order : waiting_)
            order.stop.request_stop();
    }

    void report(const SpeechEvent& event) {
        const std::lock_guard reporting(reporting_);
        if (!left_) report_(event);
    }

    // How a whole speech went. A text that cannot be read leaves the others to be heard.
    Result<Spoken, IoError> carry_out(const Order& order, Complaint& complaint) {
        heart_->beat();
        if (!speaker_) return fail(IoError{IoError::Kind::Unavailable, "no speaker is set"});
        const bool has_headset = speaker_->has_headset().value_or(false);
        std::optional<IoError> unread;
        for (const Utterance& utterance : order.utterances) {
            if (order.stop.stop_requested()) return Spoken::CutShort;
            if (is_for_headset_only(utterance) && !has_headset) continue;
            const auto spoken = speaker_->speak(utterance, order.stop.get_token());
            heart_->beat();
            // What is cut short may never have reached the device.
            if (!spoken.ok() || *spoken == Spoken::ToTheEnd) complaint.about(spoken);
            if (!spoken.ok() && spoken.error().kind != IoError::Kind::Refused) return spoken;
            if (!spoken.ok()) {
                unread = spoken.error();
            } else if (*spoken != Spoken::ToTheEnd) {
                return spoken;
            }
        }
        if (unread) return fail(*unread);
        return Spoken::ToTheEnd;
    }

    std::optional<Order> next_order() {
        std::unique_lock lock(mutex_);
        speaking_.reset();
        const auto due = [&] { return closing_ || !waiting_.empty(); };
        while (!changed_.wait_for(lock, kBeatEvery, due))
            heart_->beat();
        if (waiting_.empty()) return {};
        Order order = std::move(waiting_.front());
        waiting_.pop_front();
        spoken_ = order.stop;
        speaking_ = order.speech;
        return order;
    }

    void work() {
        name_this_thread("speaking");
        Complaint complaint;
        while (const auto order = next_order()) {
            if (order->stop.stop_requested()) {
                report(SpeechEnded{order->speech});
                continue;
            }
            const auto spoken = carry_out(*order, complaint);
            report(spoken.ok() ? SpeechEvent(SpeechEnded{order->speech})
                               : SpeechEvent(SpeechFailed{order->speech}));
        }
    }

    void watch_headset() {
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
                report(now ? SpeechEvent(HeadsetPluggedIn{}) : SpeechEvent(HeadsetPulledOut{}));
            }
            lock.lock();
        } while (!changed_.wait_for(lock, kLookEvery, [&] { return closing_; }));
    }

    const std::unique_ptr<Speaker> speaker_;
    const std::shared_ptr<Heart> heart_;
    const std::function<void(SpeechEvent)> report_;

    std::mutex reporting_;  // held while something is reported; guards left_
    bool left_ = false;

    std::mutex mutex_;  // guards all that follows
    std::condition_variable changed_;
    bool closing_ = false;
    std::deque<Order> waiting_;
    std::stop_source spoken_;  // of what is being spoken, or was last
    std::optional<QuestionId> speaking_;

    std::thread working_;
    std::thread watching_;
};

SpeechDesk::SpeechDesk(std::unique_ptr<Speaker> speaker, std::shared_ptr<Heart> heart,
                       std::function<void(SpeechEvent)> report)
    : heart_(std::move(heart)),
      report_(std::move(report)),
      room_(std::make_shared<Room>(std::move(speaker), heart_, report_)) {
    room_->open();
}

SpeechDesk::~SpeechDesk() {
    room()->close();
}

std::shared_ptr<SpeechDesk::Room> SpeechDesk::room() const {
    const std::lock_guard lock(mutex_);
    return room_;
}

void SpeechDesk::speak(QuestionId speech, std::vector<Utterance> utterances) {
    room()->speak(speech, std::move(utterances));
}

void SpeechDesk::hush() {
    room()->hush();
}

void SpeechDesk::give_up_speaker() {
    auto silent = std::make_shared<Room>(nullptr, heart_, report_);
    silent->open();
    std::shared_ptr<Room> given_up;
    {
        const std::lock_guard lock(mutex_);
        given_up = std::exchange(room_, std::move(silent));
    }
    for (const QuestionId speech : given_up->leave())
        report_(SpeechFailed{speech});
    report_(HeadsetPulledOut{});
}

}  // namespace mado::kiosk

#pragma once

// A speaker that remembers what was heard, and fails when it is told to. Nobody waits for it: an
// utterance takes as long as what a test does in the midst of it.

#include "shared/ports/speaker.h"
#include "tests/support/failing.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace mado::tests {

// May be told from one thread and speak on another.
class FakeSpeaker final : public Speaker, public Failing {
  public:
    // An utterance of which at least the beginning came out, and how it ended.
    struct Heard {
        Utterance utterance;
        Spoken ended;
    };

    Result<Spoken, IoError> speak(const Utterance& utterance,
                                  const std::stop_token& stop) override {
        std::unique_lock lock(mutex_);
        if (const auto why = interruption(utterance, stop)) return *why;
        if (const auto error = next_error()) return fail(*error);
        const auto meanwhile = std::exchange(meanwhile_, nullptr);
        lock.unlock();
        if (meanwhile) meanwhile();
        lock.lock();
        if (endless_) changed_.wait(lock, stop, [] { return false; });
        const Spoken ended = interruption(utterance, stop).value_or(Spoken::ToTheEnd);
        heard_.push_back({utterance, ended});
        return ended;
    }

    Result<bool, IoError> has_headset() override {
        const std::lock_guard lock(mutex_);
        if (headset_error_) return fail(*headset_error_);
        return plugged_;
    }

    void plug_in() { set_headset(true, {}); }
    void pull_out() { set_headset(false, {}); }
    void lose_the_jack(IoError error) { set_headset(false, std::move(error)); }

    // Called once, in the midst of the next utterance, on the thread that speaks.
    void in_mid_sentence(std::function<void()> meanwhile) {
        const std::lock_guard lock(mutex_);
        meanwhile_ = std::move(meanwhile);
    }

    // From now on an utterance has no end of its own.
    void speak_until_stopped() {
        const std::lock_guard lock(mutex_);
        endless_ = true;
    }

    // Oldest first.
    std::vector<Heard> heard() const {
        const std::lock_guard lock(mutex_);
        return heard_;
    }

  private:
    // With the mutex held, as the other.
    std::optional<Spoken> interruption(const Utterance& utterance,
                                       const std::stop_token& stop) const {
        if (stop.stop_requested()) return Spoken::CutShort;
        if (is_for_headset_only(utterance) && !plugged_) return Spoken::NoHeadset;
        return {};
    }
    void set_headset(bool plugged, std::optional<IoError> error) {
        const std::lock_guard lock(mutex_);
        plugged_ = plugged;
        headset_error_ = std::move(error);
    }

    mutable std::mutex mutex_;
    std::vector<Heard> heard_;
    std::function<void()> meanwhile_;
    std::condition_variable_any changed_;
    bool endless_ = false;
    bool plugged_ = false;
    std::optional<IoError> headset_error_;
};

}  // namespace mado::tests

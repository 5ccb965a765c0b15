#pragma once

// An outbox whose events a test can wait for.

#include "kiosk/shell/outbox.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <variant>
#include <vector>

namespace mado::kiosk::tests {

class WaitingOutbox {
  public:
    WaitingOutbox() : outbox_([this] { wake(); }) {}

    Outbox& outbox() { return outbox_; }

    void wake() {
        const std::lock_guard lock(mutex_);
        ++wakes_;
        changed_.notify_all();
    }

    // The first event of this kind that has come or comes; no value after half a minute.
    template <class Wanted>
    std::optional<Wanted> wait_for() {
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
        std::unique_lock lock(mutex_);
        for (;;) {
            const int seen = wakes_;
            lock.unlock();
            for (Event& event : outbox_.take())
                came_.push_back(std::move(event));
            for (auto event = came_.begin(); event != came_.end(); ++event) {
                const auto* found = std::get_if<Wanted>(&*event);
                if (found == nullptr) continue;
                Wanted wanted = *found;
                came_.erase(came_.begin(), event + 1);
                return wanted;
            }
            lock.lock();
            if (!changed_.wait_until(lock, end, [&] { return wakes_ != seen; })) return {};
        }
    }

    // What has come so far and was not waited for.
    std::vector<Event> rest() {
        for (Event& event : outbox_.take())
            came_.push_back(std::move(event));
        return came_;
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    int wakes_ = 0;
    std::vector<Event> came_;
    Outbox outbox_;
};

}  // namespace mado::kiosk::tests

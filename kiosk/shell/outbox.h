#pragma once

// Events on their way from the threads of the shell to the flow, which has the window's thread.

#include "kiosk/flow/kiosk_flow.h"

#include <functional>
#include <mutex>
#include <utility>
#include <vector>

namespace mado::kiosk {

class Outbox {
  public:
    // `wake` is called after each event, from the thread that put it.
    explicit Outbox(std::function<void()> wake) : wake_(std::move(wake)) {}

    void put(Event event) {
        {
            const std::lock_guard lock(mutex_);
            events_.push_back(std::move(event));
        }
        wake_();
    }

    std::vector<Event> take() {
        const std::lock_guard lock(mutex_);
        return std::exchange(events_, {});
    }

  private:
    std::function<void()> wake_;
    std::mutex mutex_;
    std::vector<Event> events_;
};

}  // namespace mado::kiosk

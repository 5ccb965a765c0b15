#pragma once

// A network whose other end is a function of the test, and which can be pulled out of the wall.
//
// What the function answers comes back as it is: a test that wants a captive portal answers HTML.
// A long poll that the function has nothing for (no value) waits until poke() or cut().

#include "shared/ports/network.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>

namespace mado::tests {

class FakeNetwork final : public Network {
  public:
    using Answer = std::optional<Result<HttpResponse, IoError>>;
    using OtherEnd = std::function<Answer(const HttpRequest&)>;

    explicit FakeNetwork(OtherEnd other_end) : other_end_(std::move(other_end)) {}

    Result<HttpResponse, IoError> exchange(const HttpRequest& request) override {
        std::unique_lock lock(mutex_);
        for (;;) {
            if (cut_) return fail(IoError{IoError::Kind::Unavailable, "cut"});
            if (auto answer = other_end_(request)) return std::move(*answer);
            waiting_ = true;
            changed_.wait(lock, [&] { return cut_ || poked_; });
            waiting_ = false;
            poked_ = false;
        }
    }

    void cut() override {
        const std::lock_guard lock(mutex_);
        cut_ = true;
        changed_.notify_all();
    }

    // Asks the other end again on behalf of a request that waits.
    void poke() {
        const std::lock_guard lock(mutex_);
        poked_ = true;
        changed_.notify_all();
    }

    bool waiting() const {
        const std::lock_guard lock(mutex_);
        return waiting_;
    }

  private:
    OtherEnd other_end_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    bool cut_ = false;
    bool poked_ = false;
    bool waiting_ = false;
};

}  // namespace mado::tests

#pragma once

// A clock that stands until a test moves it, backwards too.

#include "shared/ports/clock.h"

namespace mado::tests {

class FakeClock final : public Clock {
  public:
    explicit FakeClock(Instant start) : now_(start) {}

    Instant now() override { return now_; }
    std::chrono::steady_clock::time_point steady() override { return steady_; }

    // Sets the wall clock alone, as a person would.
    void set(Instant instant) { now_ = instant; }
    void advance(Milliseconds by) {
        now_ += by;
        steady_ += by;
    }

  private:
    Instant now_;
    std::chrono::steady_clock::time_point steady_;
};

}  // namespace mado::tests

#pragma once

// A clock that stands until a test moves it, backwards too.

#include "shared/ports/clock.h"

namespace mado::tests {

class FakeClock final : public Clock {
  public:
    explicit FakeClock(Instant start) : now_(start) {}

    Instant now() override { return now_; }

    void set(Instant instant) { now_ = instant; }
    void advance(Milliseconds by) { now_ += by; }

  private:
    Instant now_;
};

}  // namespace mado::tests

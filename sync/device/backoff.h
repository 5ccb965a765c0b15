#pragma once

// How long a lane waits after failures: half a second, doubling to thirty, with jitter so that the
// devices of a town do not come back all at once.

#include "shared/base/instant.h"
#include "shared/ports/chance.h"

namespace mado::device {

class Backoff {
  public:
    // Nothing may be sent before the instant that this sets: between half and all of the pause.
    void failed(Chance& chance, Instant now);
    // Waits without counting a failure.
    void pause_until(Instant when) { until_ = when; }
    void reset();

    bool over(Instant now) const { return until_ <= now; }
    Instant until() const { return until_; }
    // The clock may jump back: a pause never lasts longer than the longest one.
    void bound(Instant now);

  private:
    int failures_ = 0;
    Instant until_{};
};

constexpr Milliseconds kPauseFirst{500};
constexpr Milliseconds kPauseMax{30'000};

}  // namespace mado::device

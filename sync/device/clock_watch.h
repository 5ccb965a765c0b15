#pragma once

// Notices that a machine's clock was set: beside it runs time that nobody sets.

#include "shared/ports/clock.h"

namespace mado::device {

class ClockWatch {
  public:
    // `clock` outlives it.
    explicit ClockWatch(Clock& clock);

    struct Look {
        Instant now;         // as the clock shows it
        Milliseconds moved;  // by how much it was set ahead (negative: back), or has run away,
                             // since a look last said so; 0 below a second
    };
    Look look();

  private:
    Clock& clock_;
    Instant shown_;
    std::chrono::steady_clock::time_point passed_;
};

}  // namespace mado::device

#pragma once

// The machine's clocks.

#include "shared/ports/clock.h"

namespace mado {

class SystemClock final : public Clock {
  public:
    Instant now() override;
    std::chrono::steady_clock::time_point steady() override;
};

}  // namespace mado

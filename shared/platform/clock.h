#pragma once

// The machine's wall clock.

#include "shared/ports/clock.h"

namespace mado {

class SystemClock final : public Clock {
  public:
    Instant now() override;
};

}  // namespace mado

#pragma once

// What time it is. Only shells and adapters ask; everything else is told.

#include "shared/base/instant.h"

namespace mado {

class Clock {
  public:
    virtual ~Clock() = default;

    // The wall clock, which may be wrong and may jump.
    virtual Instant now() = 0;
};

}  // namespace mado

#pragma once

// What time it is. Only shells and adapters ask; everything else is told.

#include "shared/base/instant.h"

#include <chrono>

namespace mado {

class Clock {
  public:
    virtual ~Clock() = default;

    // The wall clock, which may be wrong and may jump.
    virtual Instant now() = 0;
    // For measuring how long something takes: nobody can set it, and it never runs backwards.
    virtual std::chrono::steady_clock::time_point steady() = 0;
};

}  // namespace mado

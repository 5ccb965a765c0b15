#include "shared/platform/clock.h"

namespace mado {

Instant SystemClock::now() {
    return std::chrono::floor<Milliseconds>(std::chrono::system_clock::now());
}

std::chrono::steady_clock::time_point SystemClock::steady() {
    return std::chrono::steady_clock::now();
}

}  // namespace mado

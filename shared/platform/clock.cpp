#include "shared/platform/clock.h"

namespace mado {

Instant SystemClock::now() {
    return std::chrono::floor<Milliseconds>(std::chrono::system_clock::now());
}

}  // namespace mado

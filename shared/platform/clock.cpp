#include "shared/platform/clock.h"

#include "shared/base/check.h"

#include <ctime>

namespace mado {

Instant SystemClock::now() {
    return std::chrono::floor<Milliseconds>(std::chrono::system_clock::now());
}

// Goes on while the machine sleeps, as the wall clock does: the two part only when one is set.
std::chrono::steady_clock::time_point SystemClock::steady() {
    timespec passed{};
    MADO_CHECK(clock_gettime(CLOCK_BOOTTIME, &passed) == 0);
    return std::chrono::steady_clock::time_point(std::chrono::seconds(passed.tv_sec) +
                                                 std::chrono::nanoseconds(passed.tv_nsec));
}

}  // namespace mado

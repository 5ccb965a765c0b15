#include "sync/device/clock_watch.h"

namespace mado::device {

namespace {

constexpr Milliseconds kNoticed = std::chrono::seconds(1);

}  // namespace

ClockWatch::ClockWatch(Clock& clock)
    : clock_(clock), shown_(clock.now()), passed_(clock.steady()) {}

ClockWatch::Look ClockWatch::look() {
    const Instant now = clock_.now();
    const auto passed = clock_.steady();
    const auto moved =
        Milliseconds(now - shown_) - std::chrono::floor<Milliseconds>(passed - passed_);
    if (moved < kNoticed && -moved < kNoticed) return {now, Milliseconds(0)};
    shown_ = now;
    passed_ = passed;
    return {now, moved};
}

}  // namespace mado::device

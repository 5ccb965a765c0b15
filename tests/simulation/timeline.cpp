#include "tests/simulation/timeline.h"

#include <algorithm>

namespace mado::simulation {

void Timeline::at(Instant when, Happening happening) {
    line_.emplace(std::pair(std::max(when, now_), ++came_), std::move(happening));
}

bool Timeline::step() {
    if (line_.empty()) return false;
    auto next = line_.extract(line_.begin());
    now_ = next.key().first;
    ++steps_;
    next.mapped()();
    return true;
}

Instant MachineClock::now() {
    const auto passed = timeline_.now() - set_at_;
    const auto gained = passed.count() * drift_ / 3'600'000;
    return shown_ + passed + Milliseconds(gained);
}

std::chrono::steady_clock::time_point MachineClock::steady() {
    return std::chrono::steady_clock::time_point(timeline_.since_start());
}

void MachineClock::set(Instant shown) {
    shown_ = shown;
    set_at_ = timeline_.now();
}

void MachineClock::drift(int milliseconds_an_hour) {
    set(now());
    drift_ = milliseconds_an_hour;
}

}  // namespace mado::simulation

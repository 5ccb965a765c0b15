#pragma once

// The one clock and the one order of everything in a simulated town.
//
// What is to happen stands in line by its time, and by its order of coming where two times are the
// same; nothing else ever decides what comes next, so that a seed replays exactly.

#include "shared/base/instant.h"
#include "shared/ports/clock.h"

#include <cstdint>
#include <functional>
#include <map>
#include <utility>

namespace mado::simulation {

class Timeline {
  public:
    using Happening = std::function<void()>;

    explicit Timeline(Instant start) : start_(start), now_(start) {}

    Instant now() const { return now_; }
    Milliseconds since_start() const { return now_ - start_; }
    // How many happenings there were.
    std::int64_t steps() const { return steps_; }

    // Never in the past: what is late happens now.
    void at(Instant when, Happening happening);
    void after(Milliseconds delay, Happening happening) { at(now_ + delay, std::move(happening)); }

    // Moves to the next happening and lets it happen. False where nothing is in line.
    bool step();

  private:
    Instant start_;
    Instant now_;
    std::int64_t steps_ = 0;
    std::int64_t came_ = 0;
    std::map<std::pair<Instant, std::int64_t>, Happening> line_;
};

// The clock of one machine, as wrong as it is: set ahead or back, fast or slow, or standing still.
class MachineClock final : public Clock {
  public:
    explicit MachineClock(const Timeline& timeline)
        : timeline_(timeline), set_at_(timeline.now()), shown_(timeline.now()) {}

    Instant now() override;
    std::chrono::steady_clock::time_point steady() override;

    void set(Instant shown);
    // Gains (or loses) so many milliseconds an hour; 3,600,000 lost an hour is standing still.
    void drift(int milliseconds_an_hour);

  private:
    const Timeline& timeline_;
    Instant set_at_;  // when it was last set
    Instant shown_;   // what it showed then
    int drift_ = 0;
};

}  // namespace mado::simulation

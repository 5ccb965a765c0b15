#pragma once

// How many log-ins missed at this device of late, whatever the ticket: it slows somebody who tries
// one ticket after the other, whom the lockout of a single ticket (lockout.h) never meets.
//
// A leaky bucket. Each miss raises its level by one, and this device's share of the town's budget
// (Town::miss_share) leaks out in an hour. While the level is over the share, every log-in is
// answered later, and the later, the further it is over. Nobody is refused. The pause follows from
// the misses before and from nothing else, so it tells nothing about the ticket that is asked for.
//
// Only time in which the device runs leaks anything: neither a pulled plug nor a clock that is set
// makes a new budget.

#include "shared/base/instant.h"
#include "shared/platform/sqlite.h"

#include <cstdint>
#include <optional>

namespace mado::device {

// For each miss over the share; at most kLoginPauseMax (shared/domain/desk.h).
constexpr Milliseconds kPauseForAMiss{5'000};

class MissBudget {
  public:
    // Works inside `database`, which outlives it.
    static Result<MissBudget, IoError> open(sqlite::Database& database);

    // For how long the answer to a log-in is kept back that comes now.
    Milliseconds pause(int share) const;
    bool exceeded(int share) const;
    // Counts in memory even where the disk is full, as the lockout does.
    void count_miss(int share);

    // Lets leak what has since the last call. Whatever is asked above is as of then.
    void leak(int share, Instant now);
    // The clock that `now` comes from was set ahead by so much, or back.
    void clock_moved(Milliseconds by);

  private:
    // A share of one leaks one of these in a millisecond, so that nothing is ever rounded.
    static constexpr std::int64_t kMiss = Milliseconds(std::chrono::hours(1)).count();

    explicit MissBudget(sqlite::Database& database) : database_(&database) {}
    void keep();

    sqlite::Database* database_;
    std::int64_t level_ = 0;  // in parts of a miss: see kMiss
    std::optional<Instant> leaked_at_;
};

}  // namespace mado::device

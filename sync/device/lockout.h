#pragma once

// How often somebody missed the birth date of one ticket, kept across restarts.
//
// Tickets are known here by their locator alone (roster.h), and tickets that do not exist are
// counted like those that do. From the third miss on a ticket is locked: a minute, then twice as
// long after each further miss, at most an hour. A day without a miss forgets.

#include "shared/base/instant.h"
#include "shared/platform/sqlite.h"
#include "sync/protocol/roster.h"

#include <map>

namespace mado::device {

constexpr int kMissesFree = 2;
constexpr Milliseconds kLockFirst = std::chrono::minutes(1);
constexpr Milliseconds kLockMax = std::chrono::hours(1);
constexpr Milliseconds kMissesForgottenAfter = std::chrono::hours(24);
constexpr std::size_t kLockoutsMax = 10'000;

class Lockout {
  public:
    // Works inside `database`, which outlives it.
    static Result<Lockout, IoError> open(sqlite::Database& database);

    bool locked(const sync::Locator& ticket, Instant now) const;
    // Counts in memory even where the disk is full, so that a full disk opens no door.
    void count_miss(const sync::Locator& ticket, Instant now);
    void forget(const sync::Locator& ticket);

  private:
    struct Misses {
        int count = 0;
        Instant last;
    };

    explicit Lockout(sqlite::Database& database) : database_(&database) {}
    void make_room(Instant now);

    sqlite::Database* database_;
    std::map<sync::Locator, Misses> misses_;
};

}  // namespace mado::device

#include "sync/device/miss_budget.h"

#include "shared/domain/desk.h"

#include <algorithm>

namespace mado::device {

namespace {

// Whatever was counted, it has leaked out by then.
constexpr Milliseconds kLeaksEmptyIn = std::chrono::hours(24);
// From here on the pause grows no more. Nor does the level, so that whoever has slowed a kiosk does
// not slow it for days.
constexpr std::int64_t kMissesOverMax = kLoginPauseMax / kPauseForAMiss;

}  // namespace

Result<MissBudget, IoError> MissBudget::open(sqlite::Database& database) {
    MADO_TRY(
        database.execute("CREATE TABLE IF NOT EXISTS miss_budget("
                         "id INTEGER PRIMARY KEY CHECK (id = 1), level INTEGER NOT NULL)"));
    MissBudget budget(database);
    auto select = MADO_TRY(database.prepare("SELECT level FROM miss_budget"));
    if (MADO_TRY(select.step())) {
        // Beyond that it is damaged, and could not be counted on.
        constexpr std::int64_t kMissesMax = 1'000'000;
        budget.level_ = std::clamp<std::int64_t>(select.integer(0), 0, kMissesMax * kMiss);
    }
    select.reset();
    return budget;
}

Milliseconds MissBudget::pause(int share) const {
    const std::int64_t over =
        std::clamp<std::int64_t>(level_ - share * kMiss, 0, kMissesOverMax * kMiss);
    return kPauseForAMiss * over / kMiss;
}

bool MissBudget::exceeded(int share) const {
    return level_ > share * kMiss;
}

void MissBudget::count_miss(int share) {
    level_ = std::min(level_ + kMiss, (share + kMissesOverMax) * kMiss);
    keep();
}

void MissBudget::leak(int share, Instant now) {
    const bool was_exceeded = exceeded(share);
    const Milliseconds passed =
        std::clamp<Milliseconds>(now - leaked_at_.value_or(now), Milliseconds(0), kLeaksEmptyIn);
    level_ = std::clamp<std::int64_t>(level_ - passed.count() * share, 0,
                                      (share + kMissesOverMax) * kMiss);
    leaked_at_ = now;
    // Else a restart would bring back a slowness that was over.
    if (was_exceeded && !exceeded(share)) keep();
}

void MissBudget::clock_moved(Milliseconds by) {
    if (leaked_at_) *leaked_at_ += by;
}

void MissBudget::keep() {
    auto upsert = database_->prepare("INSERT OR REPLACE INTO miss_budget VALUES (1, ?)");
    if (!upsert.ok()) return;
    static_cast<void>(upsert->bind(1, level_).run().ok());
}

}  // namespace mado::device

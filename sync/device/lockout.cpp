#include "sync/device/lockout.h"

#include <algorithm>

namespace mado::device {

namespace {

Milliseconds lock_after(int misses) {
    if (misses <= kMissesFree) return Milliseconds(0);
    constexpr int kDoublingsMax = 6;  // 64 minutes are over the longest lock already
    const int doublings = std::min(misses - kMissesFree - 1, kDoublingsMax);
    return std::min(kLockMax, kLockFirst * (1 << doublings));
}

}  // namespace

Result<Lockout, IoError> Lockout::open(sqlite::Database& database) {
    MADO_TRY(database.execute(
        "CREATE TABLE IF NOT EXISTS lockout("
        "locator BLOB PRIMARY KEY, misses INTEGER NOT NULL, last INTEGER NOT NULL) WITHOUT ROWID"));
    Lockout lockout(database);
    auto select = MADO_TRY(database.prepare("SELECT locator, misses, last FROM lockout"));
    while (MADO_TRY(select.step())) {
        const auto bytes = select.blob(0);
        sync::Locator ticket{};
        // A count that cannot be read is no count: whoever damaged it can do worse.
        if (bytes.size() != ticket.size()) continue;
        std::ranges::copy(bytes, ticket.begin());
        const auto count = std::clamp<std::int64_t>(select.integer(1), 0, 1'000);
        lockout.misses_[ticket] = {static_cast<int>(count),
                                   Instant(Milliseconds(select.integer(2)))};
    }
    return lockout;
}

bool Lockout::locked(const sync::Locator& ticket, Instant now) const {
    const auto found = misses_.find(ticket);
    if (found == misses_.end()) return false;
    const Misses& misses = found->second;
    // A clock that was set back must not lock for longer than the lock itself.
    const Milliseconds since = std::max(Milliseconds(0), now - misses.last);
    return since < lock_after(misses.count) && now + kLockMax > misses.last;
}

void Lockout::count_miss(const sync::Locator& ticket, Instant now) {
    make_room(now);
    Misses& misses = misses_[ticket];
    if (now - misses.last > kMissesForgottenAfter) misses.count = 0;
    misses.count = std::min(misses.count + 1, 1'000);
    misses.last = now;

    auto upsert = database_->prepare("INSERT OR REPLACE INTO lockout VALUES (?, ?, ?)");
    if (!upsert.ok()) return;
    upsert->bind(1, std::span<const std::uint8_t>(ticket))
        .bind(2, std::int64_t{misses.count})
        .bind(3, std::int64_t{now.time_since_epoch().count()});
    static_cast<void>(upsert->run().ok());
}

void Lockout::forget(const sync::Locator& ticket) {
    if (misses_.erase(ticket) == 0) return;
    auto remove = database_->prepare("DELETE FROM lockout WHERE locator = ?");
    if (!remove.ok()) return;
    remove->bind(1, std::span<const std::uint8_t>(ticket));
    static_cast<void>(remove->run().ok());
}

// Somebody who tries many tickets must not fill the disk: what is a day old goes first, then what
// is oldest.
void Lockout::make_room(Instant now) {
    if (misses_.size() < kLockoutsMax) return;
    std::vector<sync::Locator> stale;
    for (const auto& [ticket, misses] : misses_) {
        if (now - misses.last > kMissesForgottenAfter) stale.push_back(ticket);
    }
    if (stale.empty()) {
        const auto oldest = std::ranges::min_element(
            misses_, {}, [](const auto& entry) { return entry.second.last; });
        stale.push_back(oldest->first);
    }
    for (const auto& ticket : stale)
        forget(ticket);
}

}  // namespace mado::device

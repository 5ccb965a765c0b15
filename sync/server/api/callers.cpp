#include "sync/server/api/callers.h"

#include "shared/base/check.h"

#include <algorithm>

namespace mado::server {

namespace {

// Whoever has many addresses must not fill the memory.
constexpr std::size_t kCallersMax = 10'000;

}  // namespace

bool Callers::enter(const CallerAddress& caller, Moment now) {
    const std::lock_guard lock(mutex_);
    if (callers_.size() >= kCallersMax) forget_idle(now);
    Caller& known = callers_[caller];
    if (known.connections >= limits_.connections_max) return false;
    ++known.connections;
    return true;
}

void Callers::leave(const CallerAddress& caller) {
    const std::lock_guard lock(mutex_);
    const auto known = callers_.find(caller);
    MADO_CHECK(known != callers_.end() && known->second.connections > 0);
    --known->second.connections;
}

bool Callers::may_ask(const CallerAddress& caller, Moment now) {
    const std::lock_guard lock(mutex_);
    Moment& even_at = callers_[caller].even_at;
    const auto step = std::chrono::nanoseconds(std::chrono::seconds(1)) / limits_.requests_a_second;
    const Moment next = std::max(even_at, now) + step;
    if (next - now > step * limits_.requests_at_once) return false;
    even_at = next;
    return true;
}

// Who has no connection and owes nothing is as good as new.
void Callers::forget_idle(Moment now) {
    std::erase_if(callers_, [now](const auto& entry) {
        return entry.second.connections == 0 && entry.second.even_at <= now;
    });
}

}  // namespace mado::server

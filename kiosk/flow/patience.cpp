#include "kiosk/flow/patience.h"

#include <algorithm>
#include <utility>

namespace mado::kiosk::steps {

namespace {

constexpr std::chrono::seconds kWarningMin{20};

std::chrono::seconds warning_of(const Settings& settings) {
    return std::max(settings.warning, kWarningMin);
}

int seconds_until(Instant end, Instant now) {
    return static_cast<int>(std::chrono::ceil<std::chrono::seconds>(end - now).count());
}

Step warn(const At& at) {
    Step next = nothing(at);
    if (!next.kiosk.warning) {
        next.kiosk.warning = IdleWarning{at.now + warning_of(at.kiosk.settings), 0};
    }
    next.kiosk.warning->seconds_left = seconds_until(next.kiosk.warning->ends, at.now);
    return next;
}

}  // namespace

Visit new_visit(const Settings& settings) {
    Visit visit;
    visit.language = settings.language;
    return visit;
}

Kiosk at_home(Kiosk kiosk) {
    if (kiosk.settings_next) kiosk.settings = *std::exchange(kiosk.settings_next, std::nullopt);
    kiosk.screen = kiosk.ready ? Screen(Welcome{}) : Screen(OutOfService{});
    kiosk.visit = new_visit(kiosk.settings);
    kiosk.warning.reset();
    return kiosk;
}

std::optional<Milliseconds> patience_of(const Kiosk& kiosk) {
    const Settings& settings = kiosk.settings;
    const Screen& screen = kiosk.screen;
    if (is_any<Welcome, OutOfService>(screen)) {
        if (is_at_rest(kiosk)) return {};
        return kiosk.visit.staff_called ? settings.staff_limit : settings.idle_limit;
    }
    if (is_keeping(screen)) return settings.keeping_limit;
    if (is_any<Farewell>(screen)) {
        const bool stays = kiosk.visit.ticket_in_view || kiosk.visit.is_choosing();
        return stays ? settings.idle_limit + warning_of(settings) : settings.farewell;
    }
    const auto limit = kiosk.visit.staff_called ? settings.staff_limit : settings.idle_limit;
    // Nobody is idle who waits for us.
    return is_any<LookingUp>(screen) ? limit + kLoginPauseMax : limit;
}

Kiosk with_clock_at(Kiosk kiosk, Instant now) {
    kiosk.active_since = std::min(kiosk.active_since, now);
    auto& call = kiosk.visit.staff_called;
    if (call) call->since = std::min(call->since, now);
    if (kiosk.warning) {
        kiosk.warning->ends =
            std::min<Instant>(kiosk.warning->ends, now + warning_of(kiosk.settings));
    }
    return kiosk;
}

std::optional<Instant> patience_wake_at(const Kiosk& kiosk) {
    if (kiosk.warning) {
        return kiosk.warning->ends - std::chrono::seconds(kiosk.warning->seconds_left - 1);
    }
    const auto patience = patience_of(kiosk);
    if (!patience) return {};
    return kiosk.active_since + *patience;
}

Step tick(const At& at) {
    const Kiosk& kiosk = at.kiosk;
    if (kiosk.warning) return at.now < kiosk.warning->ends ? warn(at) : go_home(at);
    const auto patience = patience_of(kiosk);
    if (!patience || at.now < kiosk.active_since + *patience) return nothing(at);
    // A kiosk that gives no answer about a booking must not let the person go without a word.
    if (is_keeping(kiosk.screen)) {
        return show(at, PleaseAskStaff{StaffReason::NoAnswer});
    }
    if (is_any<Welcome, OutOfService, Farewell>(kiosk.screen)) return go_home(at);
    return warn(at);
}

}  // namespace mado::kiosk::steps

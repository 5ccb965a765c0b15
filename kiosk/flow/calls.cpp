#include "kiosk/flow/calls.h"

namespace mado::kiosk::steps {

Step on(const At& at, const CallTold& told) {
    Step next = nothing(at);
    auto& call = next.kiosk.visit.staff_called;
    if (!call || call->question != told.question) return next;
    const bool comes = told.progress == CallProgress::Coming;
    // Nobody is idle who waits for somebody on the way.
    if (comes && call->progress != told.progress) next.kiosk.active_since = at.now;
    call->progress = told.progress;
    call->by = told.by;
    return next;
}

void settle_call(const Kiosk& before, Step& next, Instant now) {
    const auto& was = before.visit.staff_called;
    auto& call = next.kiosk.visit.staff_called;
    if (was && !call) next.effects.push_back(EndCall{was->question});
    if (!was && call) {
        call->question = take_id(next.kiosk);
        call->since = now;
        // At once what is known; the device says the rest.
        call->progress = next.kiosk.online ? CallProgress::Calling : CallProgress::Unreachable;
        next.effects.push_back(CallStaff{call->question});
    }
    const auto wake = call_wake_at(next.kiosk);
    if (wake && *wake <= now) call->unanswered = true;
}

std::optional<Instant> call_wake_at(const Kiosk& kiosk) {
    const auto& call = kiosk.visit.staff_called;
    if (!call || call->unanswered || call->progress == CallProgress::Coming) return {};
    return call->since + kiosk.settings.call_limit;
}

}  // namespace mado::kiosk::steps

namespace mado::kiosk {

CallStage StaffCall::stage() const {
    if (progress == CallProgress::Coming) return CallStage::Coming;
    if (progress == CallProgress::Unreachable) return CallStage::Unreachable;
    return unanswered ? CallStage::Unanswered : CallStage::Calling;
}

}  // namespace mado::kiosk

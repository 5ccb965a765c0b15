// Calls for staff: begun and ended by devices, answered by people.

#include "sync/server/booking/handlers.h"

#include <algorithm>

namespace mado::server {

namespace {

// A device's clock may be wrong; what it says has happened has happened.
Instant by_now(const Draft& draft, Instant decided_at) {
    return std::min(decided_at, draft.now());
}

}  // namespace

void begin_call(Draft& draft, const CallId& id, Instant decided_at) {
    end_calls(draft, id.device, decided_at);
    draft.put(Call{id, draft.device(id.device)->venue, by_now(draft, decided_at)});
}

void end_call(Draft& draft, const CallId& id, Instant decided_at) {
    const Call* const found = draft.call(id);
    if (found == nullptr || found->ended) return;
    Call call = *found;
    call.ended = std::max(call.since, by_now(draft, decided_at));
    draft.put(call);
}

void end_calls(Draft& draft, DeviceId device, Instant decided_at) {
    for (const Call& call : draft.standing_calls(device))
        end_call(draft, call.id, decided_at);
}

void needs(Needs& needs, const AnswerCall& command) {
    needs.calls.insert(command.call);
}

// Two may come running: the first is named on the screen, and the second hears who that is.
Outcome on(Draft& draft, const AnswerCall& command, const Rules&) {
    if (!is_name(command.by)) return Refused{CommandRefusal::NameNeeded};
    const Call* const found = draft.call(command.call);
    if (found == nullptr) return Refused{CommandRefusal::UnknownCall};
    if (!found->is_live(draft.now())) return Refused{CommandRefusal::CallOver};
    if (found->answer) return CallStands{*found, false, Draft::kHere};
    Call call = *found;
    call.answer = CallAnswer{command.by, draft.now()};
    draft.put(call);
    return CallStands{call, true, Draft::kHere};
}

}  // namespace mado::server

// Calls for staff, as the engine tells a flow of them. The person has been told that somebody is
// called before anything is written: whatever fails here only changes what the screen says next.

#include "sync/device/engine_state.h"

#include <algorithm>

namespace mado::device {

void Engine::State::on(const CallStaff& question, Instant now) {
    calls.push_back({question.question, now, {}, {}, {}});
    advance_calls(now);
}

void Engine::State::on(const EndCall& question, Instant now) {
    constexpr std::size_t kCallsOverMax = 100;
    std::erase_if(calls, [&](const PendingCall& call) {
        if (call.question != question.question) return false;
        if (call.kept && calls_over.size() < kCallsOverMax) calls_over.push_back(*call.kept);
        return true;
    });
    write_call_ends(now);
}

// What a full disk refuses is tried again while the person stands there.
void Engine::State::advance_calls(Instant now) {
    for (PendingCall& call : calls) {
        if (!call.kept && !store.fenced()) {
            const auto kept = store.call_staff(nonce(), time(now));
            if (kept.ok()) call.kept = *kept;
            if (!kept.ok()) trouble = kept.error().what;
        }
        const CallTold progress = told_of(call, now);
        const bool same =
            call.told && call.told->progress == progress.progress && call.told->by == progress.by;
        if (same) continue;
        call.told = progress;
        answers.emplace_back(progress);
    }
    write_call_ends(now);
}

// Once the server has it, staff see it, and their answer comes when the network does.
CallTold Engine::State::told_of(const PendingCall& call, Instant now) const {
    const CallTold unreachable{call.question, CallProgress::Unreachable};
    const CallTold calling{call.question, CallProgress::Calling};
    if (!call.kept) return unreachable;
    const auto& told = store.facts().calls;
    const auto own = told.find({store.identity().device, *call.kept});
    if (own != told.end() && own->second.answer) {
        return {call.question, CallProgress::Coming, own->second.answer->by};
    }
    if (call.verdict) return *call.verdict == Answer::Verdict::Aside ? unreachable : calling;
    const bool waits = contact != Contact::Offline && now < call.asked_at + kCallPatience;
    return waits ? calling : unreachable;
}

void Engine::State::write_call_ends(Instant now) {
    while (!calls_over.empty()) {
        const auto written = store.end_call(calls_over.front(), nonce(), time(now));
        if (!written.ok()) {
            trouble = written.error().what;
            return;
        }
        calls_over.erase(calls_over.begin());
    }
}

}  // namespace mado::device

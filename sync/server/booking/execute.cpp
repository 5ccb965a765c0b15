#include "sync/server/booking/execute.h"

#include "shared/base/check.h"
#include "sync/server/booking/decide.h"

#include <algorithm>

namespace mado::server {

namespace {

// Another process commits only when staff import something; ten times in a row is no accident.
constexpr int kStaleMax = 10;

std::vector<Outcome> all_failed(std::size_t count, const IoError& error) {
    return std::vector<Outcome>(count, Outcome(error));
}

// Load, decide, commit, again while somebody else commits in between.
Result<std::vector<Outcome>, IoError> run_once(Store& store, std::span<const Command> commands,
                                               const HoldingPolicy& policy, Instant now) {
    const Needs needs = needs_of(commands);
    for (int i = 0; i < kStaleMax; ++i) {
        Facts facts = MADO_TRY(store.load(needs));
        const std::int64_t commits = facts.commits;
        Decision decision = decide(commands, std::move(facts), policy, now);
        if (decision.writes.empty()) return std::move(decision.outcomes);
        const Committed committed = MADO_TRY(store.commit(decision.writes, commits));
        if (committed == Committed::Done) return std::move(decision.outcomes);
    }
    return fail(IoError{IoError::Kind::Unavailable, "store: others commit all the time"});
}

// Whether smaller transactions can fare better: a constraint that one command broke, a disk with
// room for a few rows.
bool worth_splitting(const IoError& error) {
    return error.kind == IoError::Kind::Refused || error.kind == IoError::Kind::Full;
}

Outcome run_alone(Store& store, const Command& command, const HoldingPolicy& policy, Instant now);

Outcome keep_aside(Store& store, const IngestEvents& push, const HoldingPolicy& policy,
                   Instant now) {
    const Command aside =
        IngestEvents{push.device, push.events, Interpretation::Off, push.way, push.had, push.gone};
    auto outcomes = run_once(store, std::span(&aside, 1), policy, now);
    if (!outcomes) return outcomes.error();
    return std::move(outcomes->front());
}

// A push whose transaction failed, one event at a time. It ends at the first event that cannot even
// be kept aside; the device sends from there again.
Outcome run_events(Store& store, const IngestEvents& push, const HoldingPolicy& policy,
                   Instant now) {
    EventsIngested all;
    for (const ReceivedEvent& event : push.events) {
        const IngestEvents one{push.device, {event},  push.interpretation,
                               push.way,    push.had, push.gone};
        Outcome outcome = run_alone(store, Command(one), policy, now);
        auto* ingested = std::get_if<EventsIngested>(&outcome);
        if (ingested == nullptr) {
            if (all.answers.empty()) return outcome;
            break;
        }
        all.answers.insert(all.answers.end(), ingested->answers.begin(), ingested->answers.end());
        all.fenced = ingested->fenced;
        all.expected = ingested->expected;
        if (all.expected) break;
    }
    return all;
}

Outcome run_alone(Store& store, const Command& command, const HoldingPolicy& policy, Instant now) {
    auto outcomes = run_once(store, std::span(&command, 1), policy, now);
    if (outcomes) return std::move(outcomes->front());
    const auto* push = std::get_if<IngestEvents>(&command);
    if (push == nullptr || !worth_splitting(outcomes.error())) return outcomes.error();
    if (push->events.size() > 1) return run_events(store, *push, policy, now);
    const bool refused = outcomes.error().kind == IoError::Kind::Refused;
    if (refused && push->interpretation == Interpretation::On) {
        return keep_aside(store, *push, policy, now);
    }
    return outcomes.error();
}

}  // namespace

std::vector<Outcome> execute(Store& store, std::span<const Command> commands,
                             const HoldingPolicy& policy, Instant now) {
    if (commands.empty()) return {};
    if (commands.size() == 1) return {run_alone(store, commands.front(), policy, now)};
    auto outcomes = run_once(store, commands, policy, now);
    if (outcomes) return std::move(outcomes).value();
    if (!worth_splitting(outcomes.error())) return all_failed(commands.size(), outcomes.error());

    std::vector<Outcome> each;
    each.reserve(commands.size());
    for (const Command& command : commands) {
        each.push_back(run_alone(store, command, policy, now));
    }
    return each;
}

Outcome execute(Store& store, const Command& command, Instant now) {
    return run_alone(store, command, HoldingPolicy{}, now);
}

}  // namespace mado::server

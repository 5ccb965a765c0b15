#include "sync/server/booking/decide.h"

#include "sync/server/booking/handlers.h"

namespace mado::server {

namespace {

void place(FeedPosition& position, FeedPosition end) {
    if (position == Draft::kHere) position = end;
}

// Outcomes were made before the batch's end was known.
struct PlaceOutcome {
    FeedPosition end;

    void operator()(EventsIngested& outcome) const {
        for (Answer& answer : outcome.answers)
            place(answer.position, end);
    }
    void operator()(LeasesRaised& outcome) const { place(outcome.position, end); }
    void operator()(BookingMade& outcome) const { place(outcome.position, end); }
    void operator()(EpochBegun& outcome) const { place(outcome.position, end); }
    void operator()(BookingCancelled& outcome) const { place(outcome.position, end); }
    void operator()(ApplicationEnded& outcome) const { place(outcome.position, end); }
    void operator()(RowResolved& outcome) const { place(outcome.position, end); }
    void operator()(CallStands& outcome) const { place(outcome.position, end); }
    void operator()(Imported& outcome) const { place(outcome.position, end); }
    template <class Other>
    void operator()(Other&) const {}
};

}  // namespace

Needs needs_of(std::span<const Command> commands) {
    Needs found;
    for (const Command& command : commands) {
        std::visit([&](const auto& asked) { needs(found, asked); }, command);
    }
    return found;
}

Decision decide(std::span<const Command> commands, Facts facts, const HoldingPolicy& policy,
                Instant now) {
    const Rules rules{policy};
    Draft draft(std::move(facts), now);
    Decision decision;
    decision.outcomes.reserve(commands.size());
    for (const Command& command : commands) {
        decision.outcomes.push_back(
            std::visit([&](const auto& asked) { return on(draft, asked, rules); }, command));
    }
    decision.writes = draft.finish();
    for (Outcome& outcome : decision.outcomes)
        std::visit(PlaceOutcome{draft.end()}, outcome);
    return decision;
}

}  // namespace mado::server

// What people apply for where there is no seat. It promises nothing but that it is kept, so it
// waits for no answer of the server's.

#include "sync/device/engine_state.h"

#include <algorithm>
#include <utility>

namespace mado::device {

Result<std::optional<Receipt>, IoError> Engine::State::applied_for(PersonId person, int dose) {
    const Facts& facts = store.facts();
    const auto applications = MADO_TRY(store.applications_of(person));
    const Application* found = nullptr;
    for (const Application& application : applications) {
        const bool waits = application.state == ApplicationState::Waiting;
        const bool counts = waits || application.state == ApplicationState::Declined;
        if (application.dose != dose || !counts) continue;
        found = &application;
        if (waits) break;
    }
    if (found == nullptr || !facts.town) return std::optional<Receipt>();
    return std::optional(receipt_of(*found, facts.slots, facts.venues, *facts.town));
}

Result<int, ApplicationRefusal> Engine::State::dose_to_apply_for(const Apply& question,
                                                                 Instant when) {
    const Facts& facts = store.facts();
    if (store.fenced() || !store.ready()) return fail(ApplicationRefusal::NotReady);
    if (!are_choices(question.choices)) return fail(ApplicationRefusal::ChoiceGone);
    const auto bookings = store.bookings_of(question.resident.id);
    if (!bookings.ok()) {
        trouble = bookings.error().what;
        return fail(ApplicationRefusal::NotReady);
    }
    const auto standing =
        standing_of(question.resident, *bookings, facts.vaccines, date_in_japan(when));
    const auto* may = std::get_if<MayBook>(&standing);
    if (may == nullptr) return fail(ApplicationRefusal::NotPossible);
    const auto applied = applied_for(question.resident.id, may->wish.dose);
    if (!applied.ok()) {
        trouble = applied.error().what;
        return fail(ApplicationRefusal::NotReady);
    }
    if (*applied && is_waiting(**applied)) return fail(ApplicationRefusal::NotPossible);
    const Instant from = facts.town ? facts.town->bookable_from(when) : when;
    for (const SlotId id : question.choices) {
        const auto slot = facts.slots.find(id);
        const bool may_be_had =
            slot != facts.slots.end() && facts.venues.contains(slot->second.venue) &&
            !refusal_of(question.resident, standing, slot->second, facts.vaccines, from);
        if (!may_be_had) return fail(ApplicationRefusal::ChoiceGone);
    }
    return may->wish.dose;
}

void Engine::State::on(const Apply& question, Instant now) {
    const auto refuse = [&](ApplicationRefusal reason) {
        answers.emplace_back(ApplicationRefused{question.question, reason});
    };
    const Instant when = time(now);
    const auto dose = dose_to_apply_for(question, when);
    if (!dose.ok()) return refuse(dose.error());
    const auto kept = store.apply_for(
        {{}, question.resident.id, *dose, question.choices, question.declared}, nonce(), when);
    if (!kept.ok()) {
        trouble = kept.error().what;
        return refuse(ApplicationRefusal::StorageFailed);
    }
    const Facts& facts = store.facts();
    answers.emplace_back(ApplicationKept{
        question.question, receipt_of(*kept, facts.slots, facts.venues, *facts.town)});
}

void Engine::State::on(const Withdraw& question, Instant now) {
    const auto refuse = [&](ApplicationRefusal reason) {
        answers.emplace_back(WithdrawalRefused{question.question, reason});
    };
    if (store.fenced() || !store.ready()) return refuse(ApplicationRefusal::NotReady);
    const auto applications = store.applications_of(question.person);
    if (!applications.ok()) {
        trouble = applications.error().what;
        return refuse(ApplicationRefusal::NotReady);
    }
    const auto seen = std::ranges::find(*applications, question.application, &Application::id);
    const bool waits = seen != applications->end() && seen->state == ApplicationState::Waiting;
    if (!waits) return refuse(ApplicationRefusal::NotWaiting);
    const auto kept = store.withdraw(question.application, question.person, nonce(), time(now));
    if (!kept.ok()) {
        trouble = kept.error().what;
        return refuse(ApplicationRefusal::StorageFailed);
    }
    answers.emplace_back(WithdrawalKept{question.question});
}

}  // namespace mado::device

// What comes from other offices' files. Rows that are as we have them change nothing.

#include "sync/server/booking/handlers.h"

#include <algorithm>

namespace mado::server {

namespace {

Imported nothing_yet() {
    return {0, 0, 0, Draft::kHere};
}

// A source that names no vaccine says nothing against one that did.
bool same_dose(const Dose& known, const Dose& said) {
    const bool vaccine = said.vaccine == unknown_vaccine() || known.vaccine == said.vaccine;
    const bool lot = said.lot.empty() || known.lot == said.lot;
    const bool place = said.place.empty() || known.place == said.place;
    return known.date == said.date && vaccine && lot && place;
}

// True where it changed something.
bool record(Person& person, const Dose& said) {
    const auto known = person.doses.find(said.number);
    if (known == person.doses.end()) {
        person.doses.emplace(said.number, said);
        return true;
    }
    if (same_dose(known->second, said)) return false;
    Dose merged = said;
    if (merged.vaccine == unknown_vaccine()) merged.vaccine = known->second.vaccine;
    if (merged.lot.empty()) merged.lot = known->second.lot;
    if (merged.place.empty()) merged.place = known->second.place;
    known->second = merged;
    return true;
}

bool knows_vaccine_of(const Draft& draft, const Dose& dose) {
    return dose.vaccine == unknown_vaccine() || draft.knows_vaccine(dose.vaccine);
}

// An injection is a fact, whatever the rules say; people look at one that was given too early or
// with another vaccine.
void flag_interval(Draft& draft, const Person& person, const Dose& dose) {
    const auto before = person.doses.find(dose.number - 1);
    if (before == person.doses.end()) return;
    const auto vaccine = draft.facts().vaccines.find(before->second.vaccine);
    if (vaccine == draft.facts().vaccines.end()) return;
    if (dose.date < earliest_second_dose(vaccine->second, before->second.date)) {
        draft.note({.reason = "given-too-early", .person = person.id});
    }
    if (dose.vaccine != before->second.vaccine && dose.vaccine != unknown_vaccine()) {
        draft.note({.reason = "given-other-vaccine", .person = person.id});
    }
}

// A closed slot's people are to move; where it opens again, they stay.
void follow_closing(Draft& draft, SlotId slot, bool closed) {
    const auto from = closed ? BookingState::Live : BookingState::ToMove;
    const auto to = closed ? BookingState::ToMove : BookingState::Live;
    for (const BookingEntry& entry : draft.bookings_in(slot)) {
        // A doubled one stays doubled: if it is the one that is kept, it is to move then.
        const bool doubled = entry.booking.state == BookingState::Doubled;
        if (entry.booking.state != from && !doubled) continue;
        if (!doubled) change_state(draft, entry, to);
        if (!closed) {
            draft.settle(entry.booking.id, "slot-closed", {"slot-opened", draft.now()});
            continue;
        }
        draft.note({.reason = "slot-closed",
                    .person = entry.booking.person,
                    .booking = entry.booking.id,
                    .slot = slot});
    }
}

const Slot* slot_at(const Draft& draft, const PlannedSlot& row) {
    const auto& index = draft.facts().slots_at;
    const auto found = index.find({row.venue, row.date, row.starts});
    return found == index.end() ? nullptr : draft.slot(found->second);
}

std::optional<CommandRefusal> refusal_of(const Draft& draft, const PutSlots& command) {
    for (const PlannedSlot& row : command.slots) {
        if (!draft.facts().venues.contains(row.venue)) return CommandRefusal::UnknownVenue;
        if (!draft.knows_vaccine(row.vaccine)) return CommandRefusal::UnknownVaccine;
        const Slot* known = slot_at(draft, row);
        if (known == nullptr || known->vaccine == row.vaccine) continue;
        if (known->seats.booked + known->seats.held > 0) return CommandRefusal::VaccineInUse;
    }
    return {};
}

void plan(Draft& draft, const PlannedSlot& row, Imported& count) {
    const Slot* known = slot_at(draft, row);
    if (known == nullptr) {
        if (row.target == 0) {
            ++count.unchanged;
            return;
        }
        draft.put(Slot{draft.new_slot(), row.venue, row.date, row.starts, row.length, row.vaccine,
                       SeatCount{row.target, 0, 0}});
        ++count.added;
        return;
    }
    const int target_before = known->seats.target;
    Slot slot = *known;
    slot.length = row.length;
    slot.vaccine = row.vaccine;
    slot.seats.target = row.target;
    if (slot == *known) {
        ++count.unchanged;
        return;
    }
    draft.put(slot);
    if ((target_before == 0) != (row.target == 0)) {
        follow_closing(draft, slot.id, row.target == 0);
    }
    ++count.changed;
}

void add_resident(Draft& draft, const ResidentRow& row) {
    Person person{draft.new_person(), row.birth_date, {}, {{row.ticket, row.valid}}};
    for (const Dose& dose : row.doses)
        record(person, dose);
    draft.put(person);
}

bool change_resident(Draft& draft, PersonId id, const ResidentRow& row) {
    Person person = *draft.person(id);
    bool changed = false;
    if (!(person.birth_date == row.birth_date)) {
        person.birth_date = row.birth_date;
        changed = true;
    }
    for (IssuedTicket& ticket : person.tickets) {
        if (!(ticket.ticket == row.ticket) || ticket.valid == row.valid) continue;
        ticket.valid = row.valid;
        changed = true;
    }
    for (const Dose& dose : row.doses)
        changed = record(person, dose) || changed;
    if (changed) draft.put(person);
    return changed;
}

}  // namespace

void needs(Needs&, const SetTown&) {}

Outcome on(Draft& draft, const SetTown& command, const Rules&) {
    Imported count = nothing_yet();
    const auto& known = draft.facts().town;
    Town town = command.town;
    town.kiosks = draft.facts().kiosks;
    if (known && *known == town) {
        count.unchanged = 1;
        return count;
    }
    (known ? count.changed : count.added) = 1;
    draft.put(town);
    return count;
}

void needs(Needs&, const PutVaccines&) {}

Outcome on(Draft& draft, const PutVaccines& command, const Rules&) {
    Imported count = nothing_yet();
    for (const Vaccine& row : command.vaccines) {
        const auto known = draft.facts().vaccines.find(row.code);
        const bool is_new = known == draft.facts().vaccines.end();
        if (!is_new && known->second == row) {
            ++count.unchanged;
            continue;
        }
        draft.put(row);
        ++(is_new ? count.added : count.changed);
    }
    return count;
}

void needs(Needs&, const PutVenues&) {}

Outcome on(Draft& draft, const PutVenues& command, const Rules&) {
    for (const VenueEntry& row : command.venues) {
        if (!draft.knows_vaccine(row.vaccine)) return Refused{CommandRefusal::UnknownVaccine};
    }
    Imported count = nothing_yet();
    for (const VenueEntry& row : command.venues) {
        const auto known = draft.facts().venues.find(row.venue.id);
        const bool is_new = known == draft.facts().venues.end();
        if (!is_new && known->second == row) {
            ++count.unchanged;
            continue;
        }
        draft.put(row);
        ++(is_new ? count.added : count.changed);
    }
    return count;
}

void needs(Needs& needs, const PutSlots& command) {
    for (const PlannedSlot& row : command.slots) {
        needs.slots_at.emplace(row.venue, row.date, row.starts);
    }
    needs.bookings_of_slots_at = true;
}

Outcome on(Draft& draft, const PutSlots& command, const Rules&) {
    if (const auto refusal = refusal_of(draft, command)) return Refused{*refusal};
    Imported count = nothing_yet();
    for (const PlannedSlot& row : command.slots)
        plan(draft, row, count);
    return count;
}

void needs(Needs& needs, const PutResidents& command) {
    for (const ResidentRow& row : command.residents)
        needs.tickets.insert(row.ticket.reveal());
}

Outcome on(Draft& draft, const PutResidents& command, const Rules&) {
    for (const ResidentRow& row : command.residents) {
        for (const Dose& dose : row.doses) {
            if (!knows_vaccine_of(draft, dose)) return Refused{CommandRefusal::UnknownVaccine};
        }
    }
    Imported count = nothing_yet();
    for (const ResidentRow& row : command.residents) {
        const auto known = draft.facts().tickets.find(row.ticket.reveal());
        if (known == draft.facts().tickets.end()) {
            add_resident(draft, row);
            ++count.added;
        } else {
            ++(change_resident(draft, known->second, row) ? count.changed : count.unchanged);
        }
    }
    return count;
}

void needs(Needs& needs, const PutResults& command) {
    for (const ResultRow& row : command.results)
        needs.tickets.insert(row.ticket.reveal());
}

Outcome on(Draft& draft, const PutResults& command, const Rules&) {
    for (const ResultRow& row : command.results) {
        if (!draft.facts().tickets.contains(row.ticket.reveal())) {
            return Refused{CommandRefusal::UnknownTicket};
        }
        if (!knows_vaccine_of(draft, row.dose)) return Refused{CommandRefusal::UnknownVaccine};
    }
    Imported count = nothing_yet();
    for (const ResultRow& row : command.results) {
        Person person = *draft.person(draft.facts().tickets.at(row.ticket.reveal()));
        const bool is_new = !person.doses.contains(row.dose.number);
        if (!record(person, row.dose)) {
            ++count.unchanged;
            continue;
        }
        draft.put(person);
        flag_interval(draft, person, row.dose);
        ++(is_new ? count.added : count.changed);
    }
    return count;
}

}  // namespace mado::server

// What people decide about rows of the worklist. Nothing is deleted: a row remembers what was done,
// when and by whom.

#include "sync/protocol/event_json.h"
#include "sync/server/booking/handlers.h"

#include <algorithm>

namespace mado::server {

namespace {

// Nothing, or why it was not done.
using Done = std::optional<CommandRefusal>;

const BookingEntry* booking_of(const Draft& draft, const WorklistEntry& row) {
    return row.booking ? draft.booking(*row.booking) : nullptr;
}

Done keep(Draft& draft, const WorklistEntry& row, const Resolution& how) {
    const BookingEntry* kept = booking_of(draft, row);
    if (kept == nullptr) return CommandRefusal::UnknownBooking;
    if (!expects(kept->booking)) return CommandRefusal::BookingEnded;
    const Booking booking = kept->booking;
    const Resolution cancelled{std::string(name_of(Choice::Cancelled)), how.at, how.by, how.note};
    for (const Booking& other : draft.bookings_of(booking.person)) {
        if (other.id == booking.id || other.dose != booking.dose || !expects(other)) continue;
        cancel(draft, *draft.booking(other.id), cancelled);
    }
    return {};
}

Done cancel_of(Draft& draft, const WorklistEntry& row, const Resolution& how) {
    const BookingEntry* entry = booking_of(draft, row);
    if (entry == nullptr) return CommandRefusal::UnknownBooking;
    if (expects(entry->booking)) cancel(draft, BookingEntry(*entry), how);
    return {};
}

// The rules of the day, for this booking's dose as if it were not booked yet. Where they have no
// say (the ticket is no longer good, the dose is on record), the person who decides has it.
bool rules_refuse(const Draft& draft, const Booking& booking, const Slot& slot) {
    if (has_begun(slot, draft.now()) || slot.seats.target == 0) return true;
    const Person* person = draft.person(booking.person);
    if (person == nullptr) return true;
    const VaccineTable& vaccines = draft.facts().vaccines;
    const Resident resident = person->resident(person->valid());
    const Standing standing = standing_of(resident, {}, vaccines, date_in_japan(draft.now()));
    const auto* may = std::get_if<MayBook>(&standing);
    if (may == nullptr || may->wish.dose != booking.dose) return false;
    return refusal_of(resident, standing, slot, vaccines, draft.now()).has_value();
}

Done move(Draft& draft, const WorklistEntry& row, std::optional<SlotId> to, const Resolution& how) {
    const BookingEntry* found = booking_of(draft, row);
    if (found == nullptr) return CommandRefusal::UnknownBooking;
    BookingEntry entry = *found;
    Booking& booking = entry.booking;
    if (!expects(booking)) return CommandRefusal::BookingEnded;
    if (!to) return CommandRefusal::SlotNeeded;
    const Slot* slot = draft.slot(*to);
    if (slot == nullptr) return CommandRefusal::UnknownSlot;
    if (*to == booking.slot || rules_refuse(draft, booking, *slot)) {
        return CommandRefusal::SlotRefused;
    }
    const auto taken = slot->seats.book_free();
    if (!taken) return CommandRefusal::NoSeat;
    const auto left = draft.slot(booking.slot)->seats.cancel();
    MADO_CHECK(left);
    draft.put_seats(booking.slot, *left);
    draft.put_seats(*to, *taken);
    booking.slot = *to;
    const bool doubled = booking.state == BookingState::Doubled;
    change_state(draft, entry, doubled ? BookingState::Doubled : BookingState::Live);
    settle_by(draft, booking.id, Choice::Moved, how);
    return {};
}

// The sale that a row is about, among what was kept aside under its number.
std::optional<Booked> sale_of(const Draft& draft, const WorklistEntry& row) {
    if (!row.booking || !row.person) return {};
    const EventKey key(row.booking->device, row.booking->number);
    std::vector<const StoredEnvelope*> aside;
    const StoredEnvelope* known = draft.envelope(key);
    if (known != nullptr && known->answer.verdict == Answer::Verdict::Aside) aside.push_back(known);
    for (const auto& [which, stray] : draft.facts().strays) {
        if (which.first == key) aside.push_back(&stray);
    }
    for (const StoredEnvelope* envelope : aside) {
        const auto event = sync::read_event(envelope->envelope.body);
        const auto* sale = event ? std::get_if<Booked>(&event->body) : nullptr;
        if (sale == nullptr || sale->booking.person != *row.person) continue;
        if (!row.slot || sale->booking.slot == *row.slot) return *sale;
    }
    return {};
}

// A seat for a slip: one that its device still holds, since that is what it was sold from, or a
// free one. A device that is still in has counted the sale already, and its counter says whether
// the server has too.
bool take_seat(Draft& draft, DeviceId id, const Booked& sale, const Slot& slot) {
    LeaseEntry lease = draft.lease(id, slot.id);
    const Device* device = draft.device(id);
    const bool uncounted = device != nullptr && (is_out(*device) || sale.used > lease.used);
    const auto held = slot.seats.sell_held();
    if (slot.id == sale.booking.slot && uncounted && lease.left() > 0 && held) {
        ++lease.used;
        if (sale.booking.dose > 1 && lease.kept_left() > 0) ++lease.kept_used;
        draft.put_seats(slot.id, *held);
        draft.put(lease);
        return true;
    }
    const auto seats = slot.seats.book_free();
    if (!seats) return false;
    draft.put_seats(slot.id, *seats);
    return true;
}

// A slip that was kept aside becomes a booking, under its own number where that is not taken. Where
// it was a change, the booking before it ends.
Done book(Draft& draft, const WorklistEntry& row, std::optional<SlotId> to, const Resolution& how) {
    const auto sale = sale_of(draft, row);
    if (!sale) return CommandRefusal::NothingToBook;
    Booking booking = sale->booking;
    const bool known_dose = booking.dose >= 1 && booking.dose <= kSeriesDoses;
    if (draft.person(booking.person) == nullptr || !known_dose) {
        return CommandRefusal::NothingToBook;
    }
    const Slot* found = draft.slot(to.value_or(booking.slot));
    if (found == nullptr) return CommandRefusal::UnknownSlot;
    const Slot slot = *found;
    const DeviceId device = row.booking->device;
    if (!take_seat(draft, device, *sale, slot)) return CommandRefusal::NoSeat;

    booking.id = *row.booking;
    if (draft.booking(booking.id) != nullptr) booking.id = draft.new_booking();
    booking.slot = slot.id;
    // Its device knows the sale as version 1, in the slot that was sold.
    booking.version = slot.id == sale->booking.slot ? 1 : 2;
    booking.state = BookingState::Live;
    const WorklistEntry about{.reason = {},
                              .person = booking.person,
                              .booking = booking.id,
                              .device = device,
                              .slot = slot.id};
    const auto flag = [&](const char* reason) {
        WorklistEntry entry = about;
        entry.reason = reason;
        draft.note(entry);
    };
    if (slot.seats.target == 0) {
        booking.state = BookingState::ToMove;
        flag("slot-closed");
    }
    const Resolution cancelled{std::string(name_of(Choice::Cancelled)), how.at, how.by, how.note};
    if (sale->instead_of && !end_replaced(draft, *sale->instead_of, booking, cancelled)) {
        flag("stale-change");
    }
    if (double_with_others(draft, booking)) {
        booking.state = BookingState::Doubled;
        flag("doubled");
    }
    draft.put(BookingEntry{booking, SlipState::Unknown});
    end_applications(draft, booking);
    return {};
}

Done return_seats_of(Draft& draft, const WorklistEntry& row, const Resolution& how) {
    const Device* device = row.device ? draft.device(*row.device) : nullptr;
    if (device == nullptr) return CommandRefusal::UnknownDevice;
    if (!is_out(*device)) return CommandRefusal::WrongState;
    return_seats(draft, *row.device, how);
    return {};
}

Done carry_out(Draft& draft, const WorklistEntry& row, const ResolveRow& command,
               const Resolution& how) {
    switch (command.choice) {
        case Choice::Kept:
            return keep(draft, row, how);
        case Choice::Cancelled:
            return cancel_of(draft, row, how);
        case Choice::Moved:
            return move(draft, row, command.slot, how);
        case Choice::Booked:
            return book(draft, row, command.slot, how);
        case Choice::SeatsReturned:
            return return_seats_of(draft, row, how);
        case Choice::Admitted:
        case Choice::Noted:
            break;
    }
    return {};
}

}  // namespace

void needs(Needs& needs, const ResolveRow& command) {
    needs.worklist.insert(command.row);
    if (command.slot) needs.slots.insert(*command.slot);
}

Outcome on(Draft& draft, const ResolveRow& command, const Rules&) {
    const WorklistEntry* found = draft.row(command.row);
    if (found == nullptr) return Refused{CommandRefusal::UnknownRow};
    if (!found->open()) return RowWasResolved{*found};
    if (!is_name(command.by)) return Refused{CommandRefusal::NameNeeded};
    if (!is_note(command.note)) return Refused{CommandRefusal::NoteRefused};
    const WorklistEntry row = *found;
    if (!rule_of(row.reason, row.booking.has_value()).offers(command.choice)) {
        return Refused{CommandRefusal::ChoiceRefused};
    }
    const Resolution how{std::string(name_of(command.choice)), draft.now(), command.by,
                         command.note};
    if (const Done refusal = carry_out(draft, row, command, how)) return Refused{*refusal};
    // What was done may have settled the row already; the person's own words go over that.
    draft.resolve(command.row, how);
    return RowResolved{*draft.row(command.row), Draft::kHere};
}

}  // namespace mado::server

// Leases, and the bookings and cancellations of channels that work at the server itself.

#include "sync/server/booking/handlers.h"

#include <algorithm>

namespace mado::server {

namespace {

constexpr std::size_t kWishesMax = 200;

Shares shares_of(const Draft& draft) {
    const auto& town = draft.facts().town;
    return town ? town->shares : Shares{};
}

// What the device has left that this wish is about: seats for a first dose are not the kept ones.
std::int64_t left_for(const LeaseEntry& lease, const sync::LeaseWish& wish, bool keeps) {
    const bool open_only = wish.dose == 1 && keeps;
    return lease.left() - (open_only ? lease.kept_left() : 0);
}

// How many more seats of the slot the device gets: what it wishes, within its share of the day. One
// above what it has used is always fair, since somebody stands in front of it; and never more than
// is free of the kiosks' part.
Granted fair_raise(const Draft& draft, const LeaseEntry& lease, const Slot& slot,
                   const sync::LeaseWish& wish, const HoldingPolicy& policy) {
    const std::int64_t wished = wish.level - lease.granted;
    if (wished <= 0 || has_begun(slot, draft.now())) return {};
    const Shares shares = shares_of(draft);
    const Date today = date_in_japan(draft.now());
    const bool keeps = keeps_for_later(shares, slot.date, today);
    const std::int64_t share = draft.day_share_left(lease.device, slot.date, policy);
    const std::int64_t one_above_used = std::max<std::int64_t>(0, 1 - left_for(lease, wish, keeps));
    const std::int64_t fair = std::max(share, one_above_used);
    const auto most = std::min({wished, fair, static_cast<std::int64_t>(slot.seats.free())});
    return grant_of(slot, shares, lease.left(), lease.kept_left(), static_cast<int>(most),
                    wish.dose, today);
}

sync::LeaseLevel raise(Draft& draft, DeviceId device, const sync::LeaseWish& wish,
                       const HoldingPolicy& policy) {
    const Slot* slot = draft.slot(wish.slot);
    if (slot == nullptr) return {wish.slot, 0};
    LeaseEntry lease = draft.lease(device, wish.slot);
    const Granted more = fair_raise(draft, lease, *slot, wish, policy);
    if (more.all() > 0) {
        const auto seats = slot->seats.grant(more.all());
        MADO_CHECK(seats);
        lease.granted += more.all();
        lease.kept += more.kept;
        draft.put_seats(wish.slot, *seats);
        draft.put(lease);
    }
    return {wish.slot, lease.granted, lease.kept};
}

// Where a person is left with a single doubled booking, that one is the person's again.
void undouble(Draft& draft, const Booking& cancelled, const Resolution& how) {
    std::vector<Booking> left;
    for (const Booking& other : draft.bookings_of(cancelled.person)) {
        if (other.dose == cancelled.dose && expects(other)) left.push_back(other);
    }
    if (left.size() != 1 || left.front().state != BookingState::Doubled) return;
    const Booking& last = left.front();
    const Slot* slot = draft.slot(last.slot);
    const bool closed = slot != nullptr && slot->seats.target == 0;
    draft.settle(last.id, "doubled", {std::string(name_of(Choice::Kept)), how.at, how.by});
    change_state(draft, *draft.booking(last.id),
                 closed ? BookingState::ToMove : BookingState::Live);
}

}  // namespace

bool has_begun(const Slot& slot, Instant now) {
    return instant_in_japan(slot.date, slot.starts) < now;
}

bool expects(const Booking& booking) {
    return booking.state != BookingState::Cancelled;
}

void change_state(Draft& draft, const BookingEntry& entry, BookingState state) {
    BookingEntry changed = entry;
    changed.booking.state = state;
    ++changed.booking.version;
    draft.put(changed);
}

bool double_with_others(Draft& draft, const Booking& booking) {
    bool doubled = false;
    for (const Booking& other : draft.bookings_of(booking.person)) {
        if (other.dose != booking.dose || !expects(other)) continue;
        doubled = true;
        if (other.state == BookingState::Doubled) continue;
        change_state(draft, *draft.booking(other.id), BookingState::Doubled);
        draft.note(
            {.reason = "doubled", .person = other.person, .booking = other.id, .slot = other.slot});
    }
    return doubled;
}

void settle_by(Draft& draft, const BookingId& booking, Choice choice, const Resolution& how) {
    for (const WorklistRule& rule : rules_about_bookings()) {
        if (rule.offers(choice)) draft.settle(booking, std::string(rule.reason), how);
    }
}

void cancel(Draft& draft, const BookingEntry& entry, const Resolution& how) {
    const auto seats = draft.slot(entry.booking.slot)->seats.cancel();
    MADO_CHECK(seats);
    draft.put_seats(entry.booking.slot, *seats);
    change_state(draft, entry, BookingState::Cancelled);
    settle_by(draft, entry.booking.id, Choice::Cancelled, how);
    undouble(draft, entry.booking, how);
}

bool end_as_wished(Draft& draft, const SeenBooking& wished, PersonId person,
                   const Resolution& how) {
    const BookingEntry* entry = draft.booking(wished.id);
    if (entry == nullptr || entry->booking.person != person) return false;
    if (!expects(entry->booking) || entry->booking.version != wished.version) return false;
    cancel(draft, BookingEntry(*entry), how);
    return true;
}

bool end_replaced(Draft& draft, const SeenBooking& wished, const Booking& by,
                  const Resolution& how) {
    const BookingEntry* entry = draft.booking(wished.id);
    const bool same_dose = entry != nullptr && entry->booking.dose == by.dose;
    return same_dose && end_as_wished(draft, wished, by.person, how);
}

void needs(Needs& needs, const RaiseLeases& command) {
    needs.devices.insert(command.device);
    needs.lease_days = true;
    for (const auto& wish : command.wishes)
        needs.leases.emplace(command.device, wish.slot);
}

Outcome on(Draft& draft, const RaiseLeases& command, const Rules& rules) {
    const Device* device = draft.device(command.device);
    if (device == nullptr) return Refused{CommandRefusal::UnknownDevice};
    if (device->state != DeviceState::Enrolled) return Refused{CommandRefusal::NotEnrolled};

    LeasesRaised outcome{{}, Draft::kHere};
    const std::size_t count = std::min(command.wishes.size(), kWishesMax);
    for (std::size_t i = 0; i < count; ++i) {
        const sync::LeaseWish& wish = command.wishes[i];
        outcome.levels.push_back(raise(draft, command.device, wish, rules.policy));
    }
    note_seen(draft, command.device);
    return outcome;
}

void needs(Needs& needs, const BookFree& command) {
    needs.people.insert(command.person);
    needs.slots.insert(command.slot);
}

Result<Booking, BookingRefusal> book_free(Draft& draft, const BookFree& wanted) {
    const Person* person = draft.person(wanted.person);
    if (person == nullptr) return fail(BookingRefusal::NotEligible);
    const Slot* slot = draft.slot(wanted.slot);
    if (slot == nullptr) return fail(BookingRefusal::SlotUnknown);

    const VaccineTable& vaccines = draft.facts().vaccines;
    const Resident resident = person->resident(person->valid());
    const std::vector<Booking> bookings = draft.bookings_of(wanted.person);
    const Standing standing = standing_of(resident, bookings, vaccines, date_in_japan(draft.now()));
    const auto& town = draft.facts().town;
    const Instant from = town ? town->bookable_from(draft.now()) : draft.now();
    const auto refusal = refusal_of(resident, standing, *slot, vaccines, from);
    if (refusal) return fail(*refusal);
    if (std::get<MayBook>(standing).wish.dose != wanted.dose) {
        return fail(BookingRefusal::NotEligible);
    }
    const int room =
        room_for(*slot, shares_of(draft), wanted.channel, wanted.dose, date_in_japan(draft.now()));
    const auto seats = slot->seats.book_free();
    if (room < 1 || !seats) return fail(BookingRefusal::NoSeat);

    Booking booking;
    booking.id = draft.new_booking();
    booking.person = wanted.person;
    booking.dose = wanted.dose;
    booking.slot = wanted.slot;
    booking.declared = wanted.declared;
    draft.put_seats(wanted.slot, *seats);
    draft.put(BookingEntry{booking, SlipState::Unknown, wanted.channel});
    end_applications(draft, booking);
    return booking;
}

Outcome on(Draft& draft, const BookFree& command, const Rules&) {
    const auto made = book_free(draft, command);
    if (!made) return BookingDenied{made.error()};
    return BookingMade{*made, Draft::kHere};
}

void needs(Needs& needs, const CancelBooking& command) {
    needs.bookings.insert(command.booking);
}

Outcome on(Draft& draft, const CancelBooking& command, const Rules&) {
    const BookingEntry* found = draft.booking(command.booking);
    if (found == nullptr) return Refused{CommandRefusal::UnknownBooking};
    const BookingEntry entry = *found;
    if (!expects(entry.booking)) return BookingCancelled{entry.booking, Draft::kHere};
    if (entry.booking.version != command.version) {
        draft.note({.reason = "stale-cancel",
                    .person = entry.booking.person,
                    .booking = entry.booking.id,
                    .slot = entry.booking.slot});
        return Refused{CommandRefusal::StaleVersion};
    }

    cancel(draft, entry, {std::string(name_of(Choice::Cancelled)), draft.now()});
    return BookingCancelled{draft.booking(entry.booking.id)->booking, Draft::kHere};
}

}  // namespace mado::server

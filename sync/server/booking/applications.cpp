// What people applied for where there was no seat, and what the town's staff make of it.

#include "sync/server/booking/handlers.h"

#include <array>
#include <utility>

namespace mado::server {

namespace {

// What stands on the worklist only while an application waits.
constexpr std::array kWhileItWaits = {"applied-twice", "choices-gone"};

// The seat counts as the kiosks', where the person applied.
BookFree booking_for(const Application& application, SlotId slot) {
    return {application.person, application.dose, slot, application.declared, Channel::Kiosk};
}

// The first of its choices that can be had; where none can, why: that all are full comes before
// what the rules say, since a seat may come back.
Result<Booking, BookingRefusal> book_a_choice(Draft& draft, const Application& application) {
    BookingRefusal reason = BookingRefusal::SlotUnknown;
    bool full = false;
    for (const SlotId slot : application.choices) {
        const auto made = book_free(draft, booking_for(application, slot));
        if (made) return *made;
        reason = made.error();
        full = full || reason == BookingRefusal::NoSeat;
    }
    return fail(full ? BookingRefusal::NoSeat : reason);
}

// Why staff can decide nothing about it, if they cannot.
std::optional<Outcome> refusal_of(const Draft& draft, const ApplicationId& id,
                                  const std::string& by, const std::string& note) {
    const ApplicationEntry* found = draft.application(id);
    if (found == nullptr) return Refused{CommandRefusal::UnknownApplication};
    if (!found->waits()) return ApplicationHasEnded{*found};
    if (!is_name(by)) return Refused{CommandRefusal::NameNeeded};
    if (!is_note(note)) return Refused{CommandRefusal::NoteRefused};
    return {};
}

}  // namespace

void end_application(Draft& draft, ApplicationEntry entry, const ApplicationEnd& how) {
    const ApplicationId id = entry.application.id;
    entry.application.state = how.state;
    entry.placed = how.placed;
    entry.ended_at = draft.now();
    entry.by = how.by;
    entry.note = how.note;
    draft.put(entry);
    const Resolution resolution{std::string(name_of(how.state)), draft.now(), how.by, how.note};
    for (const char* reason : kWhileItWaits)
        draft.settle(id, reason, resolution);
}

void end_applications(Draft& draft, const Booking& booking) {
    for (const ApplicationEntry& entry : draft.waiting_of(booking.person, booking.dose))
        end_application(draft, entry, {ApplicationState::Booked, booking.id, {}, {}});
}

void needs(Needs& needs, const PlaceApplication& command) {
    needs.applications.insert(command.application);
    if (command.slot) needs.slots.insert(*command.slot);
}

Outcome on(Draft& draft, const PlaceApplication& command, const Rules&) {
    if (const auto refusal = refusal_of(draft, command.application, command.by, command.note)) {
        return *refusal;
    }
    const ApplicationEntry entry = *draft.application(command.application);
    const Application& application = entry.application;
    const auto made = command.slot ? book_free(draft, booking_for(application, *command.slot))
                                   : book_a_choice(draft, application);
    if (!made) return BookingDenied{made.error()};
    end_application(draft, entry, {ApplicationState::Placed, made->id, command.by, command.note});
    return ApplicationEnded{*draft.application(application.id), Draft::kHere};
}

void needs(Needs& needs, const DeclineApplication& command) {
    needs.applications.insert(command.application);
}

Outcome on(Draft& draft, const DeclineApplication& command, const Rules&) {
    if (const auto refusal = refusal_of(draft, command.application, command.by, command.note)) {
        return *refusal;
    }
    end_application(draft, *draft.application(command.application),
                    {ApplicationState::Declined, {}, command.by, command.note});
    return ApplicationEnded{*draft.application(command.application), Draft::kHere};
}

}  // namespace mado::server

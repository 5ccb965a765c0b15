#pragma once

// One overload for each command: what it needs, and what comes of it on the state as it stands.

#include "sync/server/booking/draft.h"

namespace mado::server {

struct Rules {
    HoldingPolicy policy;
};

void needs(Needs& needs, const IngestEvents& command);
void needs(Needs& needs, const RaiseLeases& command);
void needs(Needs& needs, const NoteSeen& command);
void needs(Needs& needs, const KeepSignedHead& command);
void needs(Needs& needs, const BookFree& command);
void needs(Needs& needs, const CancelBooking& command);
void needs(Needs& needs, const PlaceApplication& command);
void needs(Needs& needs, const DeclineApplication& command);
void needs(Needs& needs, const AddCode& command);
void needs(Needs& needs, const RequestEnrolment& command);
void needs(Needs& needs, const ConfirmDevice& command);
void needs(Needs& needs, const RevokeDevice& command);
void needs(Needs& needs, const DeclareLost& command);
void needs(Needs& needs, const ReturnSeats& command);
void needs(Needs& needs, const HoldBack& command);
void needs(Needs& needs, const BeginEpoch& command);
void needs(Needs& needs, const ResolveRow& command);
void needs(Needs& needs, const AnswerCall& command);
void needs(Needs& needs, const SetSettings& command);
void needs(Needs& needs, const PutTexts& command);
void needs(Needs& needs, const SetTown& command);
void needs(Needs& needs, const PutVaccines& command);
void needs(Needs& needs, const PutVenues& command);
void needs(Needs& needs, const PutSlots& command);
void needs(Needs& needs, const PutResidents& command);
void needs(Needs& needs, const PutResults& command);

Outcome on(Draft& draft, const IngestEvents& command, const Rules& rules);
Outcome on(Draft& draft, const RaiseLeases& command, const Rules& rules);
Outcome on(Draft& draft, const NoteSeen& command, const Rules& rules);
Outcome on(Draft& draft, const KeepSignedHead& command, const Rules& rules);
Outcome on(Draft& draft, const BookFree& command, const Rules& rules);
Outcome on(Draft& draft, const CancelBooking& command, const Rules& rules);
Outcome on(Draft& draft, const PlaceApplication& command, const Rules& rules);
Outcome on(Draft& draft, const DeclineApplication& command, const Rules& rules);
Outcome on(Draft& draft, const AddCode& command, const Rules& rules);
Outcome on(Draft& draft, const RequestEnrolment& command, const Rules& rules);
Outcome on(Draft& draft, const ConfirmDevice& command, const Rules& rules);
Outcome on(Draft& draft, const RevokeDevice& command, const Rules& rules);
Outcome on(Draft& draft, const DeclareLost& command, const Rules& rules);
Outcome on(Draft& draft, const ReturnSeats& command, const Rules& rules);
Outcome on(Draft& draft, const HoldBack& command, const Rules& rules);
Outcome on(Draft& draft, const BeginEpoch& command, const Rules& rules);
Outcome on(Draft& draft, const ResolveRow& command, const Rules& rules);
Outcome on(Draft& draft, const AnswerCall& command, const Rules& rules);
Outcome on(Draft& draft, const SetSettings& command, const Rules& rules);
Outcome on(Draft& draft, const PutTexts& command, const Rules& rules);
Outcome on(Draft& draft, const SetTown& command, const Rules& rules);
Outcome on(Draft& draft, const PutVaccines& command, const Rules& rules);
Outcome on(Draft& draft, const PutVenues& command, const Rules& rules);
Outcome on(Draft& draft, const PutSlots& command, const Rules& rules);
Outcome on(Draft& draft, const PutResidents& command, const Rules& rules);
Outcome on(Draft& draft, const PutResults& command, const Rules& rules);

// Shared between them.
//
// Notes that the device was in contact, at most once a minute.
void note_seen(Draft& draft, DeviceId device);
// A live booking is one that expects its person: all but cancelled ones.
bool expects(const Booking& booking);
// Gives the booking this state with its version one higher.
void change_state(Draft& draft, const BookingEntry& entry, BookingState state);
bool has_begun(const Slot& slot, Instant now);
// A seat from the free ones, by the rules of the day.
Result<Booking, BookingRefusal> book_free(Draft& draft, const BookFree& wanted);
// How an application ended: `placed` is the booking that the person has instead.
struct ApplicationEnd {
    ApplicationState state = ApplicationState::Withdrawn;
    std::optional<BookingId> placed = {};
    std::string by = {};
    std::string note = {};
};
// Ends one, and what stands of it on the worklist.
void end_application(Draft& draft, ApplicationEntry entry, const ApplicationEnd& how);
// Whoever has a booking for a dose waits for none: ends what the person applied for.
void end_applications(Draft& draft, const Booking& booking);
// Doubles the person's other bookings for the dose, and puts each on the worklist; false where
// there is none. Both seats are kept until the person has chosen.
bool double_with_others(Draft& draft, const Booking& booking);
// Cancels one that expects its person: its seat returns, and what stood on the worklist only while
// it did is settled `how`. Where the person is left with a single doubled booking, that one is the
// person's again.
void cancel(Draft& draft, const BookingEntry& entry, const Resolution& how);
// The wish of this person to end a booking, applied to nothing but what they saw. False, and
// nothing has changed, where it is somebody else's, of another version, has ended or is not known.
bool end_as_wished(Draft& draft, const SeenBooking& wished, PersonId person, const Resolution& how);
// The same where `by` stands in its place: for the same dose.
bool end_replaced(Draft& draft, const SeenBooking& wished, const Booking& by,
                  const Resolution& how);
// Settles every row of the booking whose reason offers this choice.
void settle_by(Draft& draft, const BookingId& booking, Choice choice, const Resolution& how);
// Fenced or revoked: its seats can be taken back.
bool is_out(const Device& device);
// The seats that the device has left become free, which stands on the worklist with who decided it.
void return_seats(Draft& draft, DeviceId device, const Resolution& how);
// Somebody called at this device. Whoever called there before has gone.
void begin_call(Draft& draft, const CallId& id, Instant decided_at);
// All calls of the device that have not ended do.
void end_calls(Draft& draft, DeviceId device, Instant decided_at);
void end_call(Draft& draft, const CallId& id, Instant decided_at);
// A name that somebody gave for themselves: a line of 1 to 100 bytes.
bool is_name(std::string_view text);
// A person's own words beside a decision: at most 500 bytes in a line, without a ticket's number.
bool is_note(std::string_view text);

}  // namespace mado::server

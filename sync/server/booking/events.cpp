// What devices decided: stored first, then interpreted. See design: facts and wishes, clones.

#include "shared/base/check.h"
#include "sync/server/booking/handlers.h"

#include <algorithm>

namespace mado::server {

namespace {

// What interpreting an event came to. The first reason goes into the answer, each has a row of the
// worklist.
struct Meaning {
    Answer::Verdict verdict = Answer::Verdict::Accepted;
    std::vector<std::string> reasons;
    std::optional<PersonId> person;
    std::optional<BookingId> booking;  // where it is not the event's own
    std::optional<SlotId> slot;

    void flag(const std::string& reason) {
        verdict = Answer::Verdict::Worklist;
        reasons.push_back(reason);
    }
};

Meaning aside(const std::string& reason) {
    Meaning meaning;
    meaning.verdict = Answer::Verdict::Aside;
    meaning.reasons.push_back(reason);
    return meaning;
}

// A counter that jumped further than this is no counter of seats.
constexpr std::int64_t kJumpMax = 1'000'000;

// The server's counters once the device's stands at `used`: where the device has used more than was
// granted, as the server remembers it, that was granted too.
void follow_level(LeaseEntry& lease, std::int64_t used, std::int64_t kept_used) {
    lease.used += std::min(used - lease.used, lease.left() + kJumpMax);
    lease.granted = std::max(lease.granted, lease.used + lease.taken_back);
    const std::int64_t risen = std::max<std::int64_t>(0, kept_used - lease.kept_used);
    lease.kept_used += std::min(risen, lease.kept_left() + kJumpMax);
    lease.kept = std::max(lease.kept, lease.kept_used);
}

// Takes the seat that the device says it sold. First from what it holds, by the level that its
// counter has now; a counter that jumped names seats that were given up, and they become free.
// Where it holds none (a device that lied, or a server restored from a backup), a free one goes to
// the slip, and people look at it; from then on both count alike again. False where the slot has
// none at all.
bool take_seat(Draft& draft, DeviceId device, const Slot& slot, const Booked& sale,
               Meaning& meaning) {
    LeaseEntry lease = draft.lease(device, slot.id);
    const std::int64_t risen = sale.used - lease.used;
    std::optional<SeatCount> seats;
    if (risen >= 1 && lease.left() >= 1) {
        const std::int64_t given_up = std::min(risen, lease.left()) - 1;
        seats = slot.seats.sell_held();
        if (seats && given_up > 0) seats = seats->give_back(static_cast<int>(given_up));
        if (risen > 1) meaning.flag("level-jumped");
    } else {
        seats = slot.seats.book_free();
        if (seats) meaning.flag("seat-not-held");
    }
    if (seats) draft.put_seats(slot.id, *seats);
    if (risen >= 1) {
        follow_level(lease, sale.used, sale.kept_used);
        draft.put(lease);
    }
    return seats.has_value();
}

// Facts of the server that the device could not know where it decided: they flag, never refuse.
void flag_contradictions(const Draft& draft, const Person& person, const Booking& booking,
                         const Slot& slot, const std::optional<DoseRecord>& recorded,
                         Meaning& meaning) {
    if (!person.valid()) meaning.flag("ticket-invalid");
    if (person.doses.contains(booking.dose)) meaning.flag("dose-on-record");
    const auto known = person.doses.find(booking.dose - 1);
    std::optional<DoseRecord> before = recorded;
    if (known != person.doses.end()) {
        before = DoseRecord{known->second.number, known->second.date, known->second.vaccine};
        if (recorded && recorded != before) meaning.flag("record-differs");
    }
    if (!before) {
        if (booking.dose > 1) meaning.flag("no-earlier-dose");
        return;
    }
    const auto vaccine = draft.facts().vaccines.find(before->vaccine);
    if (vaccine == draft.facts().vaccines.end()) return;
    if (before->vaccine != slot.vaccine) meaning.flag("other-vaccine");
    if (slot.date < earliest_second_dose(vaccine->second, before->date)) {
        meaning.flag("too-early");
    }
}

// The dose before, where the sale's dose record says it and is good: of this person and town, and
// of a day before it was sold.
std::optional<DoseRecord> recorded_dose(const Draft& draft, const ReceivedEvent& event,
                                        const Booked& sale, Meaning& meaning) {
    if (!sale.record) return {};
    const auto& town = draft.facts().town;
    const auto& said = event.record;
    const bool good =
        said && town && said->municipality == town->municipality &&
        said->person == sale.booking.person && said->dose.number == sale.booking.dose - 1 &&
        can_be_believed(said->dose, draft.facts().vaccines, date_in_japan(draft.now()));
    if (!good) {
        meaning.flag("record-not-good");
        return {};
    }
    return said->dose;
}

Resolution cancelled_now(const Draft& draft) {
    return {std::string(name_of(Choice::Cancelled)), draft.now()};
}

Meaning mean(Draft& draft, const ReceivedEvent& event, const Booked& sale) {
    const Envelope& envelope = event.envelope;
    Booking booking = sale.booking;
    if (booking.id != BookingId{envelope.device, envelope.number}) return aside("wrong-id");
    if (booking.dose < 1 || booking.dose > kSeriesDoses) return aside("wrong-dose");
    const Person* person = draft.person(booking.person);
    if (person == nullptr) return aside("unknown-person");
    const Slot* found = draft.slot(booking.slot);
    if (found == nullptr) return aside("unknown-slot");
    const Slot slot = *found;

    Meaning meaning;
    meaning.person = booking.person;
    meaning.slot = booking.slot;
    if (!take_seat(draft, event.envelope.device, slot, sale, meaning)) {
        meaning = aside("no-seat");
        meaning.person = booking.person;
        meaning.slot = booking.slot;
        return meaning;
    }
    // A wish that is stale keeps both seats: people look at it.
    if (sale.instead_of && !end_replaced(draft, *sale.instead_of, booking, cancelled_now(draft))) {
        meaning.flag("stale-change");
    }
    booking.state = BookingState::Live;
    booking.version = 1;
    if (slot.seats.target == 0) {
        booking.state = BookingState::ToMove;
        meaning.flag("slot-closed");
    }
    if (double_with_others(draft, booking)) {
        booking.state = BookingState::Doubled;
        meaning.flag("doubled");
    }
    const auto recorded = recorded_dose(draft, event, sale, meaning);
    flag_contradictions(draft, *person, booking, slot, recorded, meaning);
    draft.put(BookingEntry{booking, SlipState::Unknown});
    end_applications(draft, booking);
    return meaning;
}

// What cannot be done as the person wished changes nothing, and people look at it. What has ended
// already is as they wished.
Meaning mean(Draft& draft, const ReceivedEvent&, const CancelWished& event) {
    Meaning meaning;
    meaning.booking = event.booking.id;
    meaning.person = event.person;
    const BookingEntry* entry = draft.booking(event.booking.id);
    if (entry != nullptr) meaning.slot = entry->booking.slot;
    const bool has_ended =
        entry != nullptr && entry->booking.person == event.person && !expects(entry->booking);
    if (has_ended) return meaning;
    if (!end_as_wished(draft, event.booking, event.person, cancelled_now(draft))) {
        meaning.flag("stale-cancel");
    }
    return meaning;
}

// Whether any of the choices could still be booked, were there a seat.
bool has_choice_left(const Draft& draft, const Application& application) {
    return std::ranges::any_of(application.choices, [&](SlotId id) {
        const Slot* slot = draft.slot(id);
        return slot != nullptr && slot->seats.target > 0 && !has_begun(*slot, draft.now());
    });
}

// The booking for the same dose that the person has, wherever it was made.
std::optional<BookingId> booking_instead(const Draft& draft, const Application& application) {
    for (const Booking& booking : draft.bookings_of(application.person)) {
        if (booking.dose == application.dose && expects(booking)) return booking.id;
    }
    return {};
}

// It takes no seat, so nothing can speak against keeping it; where it will come to nothing, people
// look at it.
Meaning mean(Draft& draft, const ReceivedEvent& told, const Applied& event) {
    const Envelope& envelope = told.envelope;
    Application application = event.application;
    const bool known_dose = application.dose >= 1 && application.dose <= kSeriesDoses;
    if (application.id != ApplicationId{envelope.device, envelope.number} || !known_dose) {
        return aside("applied-wrongly");
    }
    const Person* person = draft.person(application.person);
    if (person == nullptr) return aside("applicant-unknown");

    Meaning meaning;
    meaning.person = application.person;
    meaning.slot = application.choices.front();
    application.state = ApplicationState::Waiting;
    ApplicationEntry entry{application, draft.now()};
    const auto booked = booking_instead(draft, application);
    if (booked || person->doses.contains(application.dose)) {
        entry.application.state = ApplicationState::Booked;
        entry.placed = booked;
        entry.ended_at = draft.now();
        meaning.flag("applied-booked");
    } else {
        const bool again = !draft.waiting_of(application.person, application.dose).empty();
        if (again) meaning.flag("applied-twice");
        if (!has_choice_left(draft, application)) meaning.flag("choices-gone");
    }
    draft.put(entry);
    return meaning;
}

// What has come of it meanwhile stands, and people look at it.
Meaning mean(Draft& draft, const ReceivedEvent&, const ApplicationWithdrawn& event) {
    const ApplicationEntry* found = draft.application(event.application);
    if (found == nullptr || found->application.person != event.person) {
        return aside("unknown-application");
    }
    Meaning meaning;
    meaning.booking = found->placed.value_or(event.application);
    meaning.person = event.person;
    if (found->waits()) {
        end_application(draft, *found, {ApplicationState::Withdrawn, {}, {}, {}});
    } else if (found->placed) {
        meaning.flag("withdrawn-late");
    }
    return meaning;
}

// Whoever had called before the program started anew cannot be told of an answer.
Meaning mean(Draft& draft, const ReceivedEvent& event, const Started&) {
    end_calls(draft, event.envelope.device, event.decided_at);
    return {};
}

Meaning mean(Draft& draft, const ReceivedEvent& event, const StaffCalled&) {
    begin_call(draft, {event.envelope.device, event.envelope.number}, event.decided_at);
    return {};
}

// One that is not known was kept aside, and nobody saw it.
Meaning mean(Draft& draft, const ReceivedEvent& event, const StaffCallEnded& body) {
    end_call(draft, {event.envelope.device, body.call}, event.decided_at);
    return {};
}

Meaning mean(Draft& draft, const ReceivedEvent&, const SlipPrinted& event) {
    const BookingEntry* found = draft.booking(event.booking);
    if (found == nullptr) return aside("unknown-booking");
    // A slip that came out once is out, whatever a second try says.
    if (found->slip == SlipState::Printed) return {};
    BookingEntry entry = *found;
    entry.slip = event.printed ? SlipState::Printed : SlipState::Failed;
    draft.put_quietly(entry);
    return {};
}

Meaning mean(Draft& draft, const ReceivedEvent& told, const SeatsReturned& event) {
    const Slot* slot = draft.slot(event.slot);
    if (slot == nullptr) return aside("unknown-slot");
    LeaseEntry lease = draft.lease(told.envelope.device, event.slot);
    const std::int64_t returned = event.used - lease.used;
    if (returned <= 0) return {};

    Meaning meaning;
    meaning.slot = event.slot;
    const std::int64_t freed = std::min(returned, lease.left());
    if (returned > freed) meaning.flag("seats-not-held");
    if (freed > 0) {
        const auto seats = slot->seats.give_back(static_cast<int>(freed));
        MADO_CHECK(seats);
        draft.put_seats(event.slot, *seats);
    }
    follow_level(lease, event.used, event.kept_used);
    draft.put(lease);
    return meaning;
}

Meaning interpret(Draft& draft, const ReceivedEvent& event) {
    if (!event.body) return aside("unreadable");
    return std::visit([&](const auto& body) { return mean(draft, event, body); }, *event.body);
}

Answer answer_of(const Envelope& envelope, const Meaning& meaning) {
    const std::string reason = meaning.reasons.empty() ? "" : meaning.reasons.front();
    return {envelope.number, meaning.verdict, reason, Draft::kHere};
}

void note_reasons(Draft& draft, const Envelope& envelope, const Meaning& meaning) {
    for (const std::string& reason : meaning.reasons) {
        draft.note(
            {.reason = reason,
             .person = meaning.person,
             .booking = meaning.booking.value_or(BookingId{envelope.device, envelope.number}),
             .device = envelope.device,
             .slot = meaning.slot});
    }
}

void fence(Draft& draft, DeviceId id, const std::string& reason) {
    Device device = *draft.device(id);
    if (device.state != DeviceState::Enrolled) return;
    device.state = DeviceState::Fenced;
    draft.put(device);
    draft.note({.reason = reason, .device = id});
}

// The booking that a person wished to end by this event.
std::optional<SeenBooking> wish_in(const ReceivedEvent& event) {
    if (!event.body) return {};
    if (const auto* sale = std::get_if<Booked>(&*event.body)) return sale->instead_of;
    if (const auto* wish = std::get_if<CancelWished>(&*event.body)) return wish->booking;
    return {};
}

// Whoever was told that a booking ends has its row on the worklist where the event is kept aside.
void note_wish_aside(Draft& draft, const ReceivedEvent& event) {
    const auto wished = wish_in(event);
    if (!wished) return;
    WorklistEntry row{
        .reason = "cancel-aside", .booking = wished->id, .device = event.envelope.device};
    if (const BookingEntry* entry = draft.booking(wished->id)) {
        if (!expects(entry->booking)) return;
        row.person = entry->booking.person;
        row.slot = entry->booking.slot;
    }
    draft.note(row);
}

// Whoever was told that an application is kept has its row on the worklist where it is not taken
// in.
void note_application_aside(Draft& draft, const ReceivedEvent& event) {
    const auto* applied = event.body ? std::get_if<Applied>(&*event.body) : nullptr;
    if (applied == nullptr) return;
    draft.note({.reason = "application-aside",
                .person = applied->application.person,
                .booking = ApplicationId{event.envelope.device, event.envelope.number},
                .device = event.envelope.device,
                .slot = applied->application.choices.front()});
}

// Kept beside the chain, not interpreted. What might have promised a person something, or cannot be
// read, stands on the worklist.
Answer keep_stray(Draft& draft, const ReceivedEvent& event, const std::string& reason) {
    Meaning meaning = aside(reason);
    const auto* sale = event.body ? std::get_if<Booked>(&*event.body) : nullptr;
    if (sale != nullptr) {
        meaning.person = sale->booking.person;
        meaning.slot = sale->booking.slot;
    }
    if (!event.body || sale != nullptr) note_reasons(draft, event.envelope, meaning);
    note_application_aside(draft, event);
    note_wish_aside(draft, event);
    const Answer answer = answer_of(event.envelope, meaning);
    draft.keep_stray({event.envelope, event.hash, draft.now(), answer});
    return answer;
}

Answer keep_next(Draft& draft, const ReceivedEvent& event, Interpretation interpretation) {
    const Envelope& envelope = event.envelope;
    draft.put(ChainEnd{envelope.device, draft.now(), envelope.number, event.hash});

    const Meaning meaning =
        interpretation == Interpretation::On ? interpret(draft, event) : aside("refused-by-store");
    note_reasons(draft, envelope, meaning);
    if (meaning.verdict == Answer::Verdict::Aside) note_wish_aside(draft, event);
    if (interpretation == Interpretation::Off) note_application_aside(draft, event);
    const Answer answer = answer_of(envelope, meaning);
    draft.keep({envelope, event.hash, draft.now(), answer});
    return answer;
}

// No value where the event does not follow what is known: a gap, which the device can close.
std::optional<Answer> take_in(Draft& draft, const ReceivedEvent& event,
                              const IngestEvents& command) {
    const Envelope& envelope = event.envelope;
    const Digest& hash = event.hash;
    const EventKey key(envelope.device, envelope.number);
    const StoredEnvelope* known = draft.envelope(key);
    if (known != nullptr && known->hash == hash) return known->answer;
    if (const StoredEnvelope* stray = draft.stray(key, hash)) return stray->answer;

    const Device& device = *draft.device(envelope.device);
    if (device.state == DeviceState::Revoked) return keep_stray(draft, event, "revoked");
    if (device.state == DeviceState::Fenced) return keep_stray(draft, event, "fenced");

    const std::int64_t number = envelope.number.number();
    const std::int64_t next = device.events_known.number() + 1;
    if (number > next && command.gone) {
        fence(draft, envelope.device, "journal-lost");
        return keep_stray(draft, event, "fenced");
    }
    if (number > next || number < 1) return {};
    // Another hash under a number that is taken, or another past: two copies of one disk.
    if (number < next || envelope.previous != device.chain_head) {
        fence(draft, envelope.device, "clone");
        return keep_stray(draft, event, "clone");
    }
    return keep_next(draft, event, command.interpretation);
}

// Events that were here, of this epoch, are here no more: somebody cut them off, or put an old
// database in the place of this one without saying so. The device sends them again.
void note_lost_tail(Draft& draft, const Device& device, const SignedHead& had) {
    const bool is_lost =
        had.epoch == draft.facts().position.epoch && had.number > device.events_known;
    if (!is_lost || draft.has_open_row(device.id, "tail-lost")) return;
    draft.note({.reason = "tail-lost", .device = device.id});
}

void needs_of_event(Needs& needs, const Envelope& envelope, const EventBody& body) {
    if (const auto* booked = std::get_if<Booked>(&body)) {
        needs.people.insert(booked->booking.person);
        needs.slots.insert(booked->booking.slot);
        needs.leases.emplace(envelope.device, booked->booking.slot);
        if (booked->instead_of) needs.bookings.insert(booked->instead_of->id);
    } else if (const auto* wish = std::get_if<CancelWished>(&body)) {
        needs.bookings.insert(wish->booking.id);
    } else if (const auto* applied = std::get_if<Applied>(&body)) {
        const Application& application = applied->application;
        needs.people.insert(application.person);
        needs.slots.insert(application.choices.begin(), application.choices.end());
    } else if (const auto* withdrawn = std::get_if<ApplicationWithdrawn>(&body)) {
        needs.applications.insert(withdrawn->application);
    } else if (const auto* printed = std::get_if<SlipPrinted>(&body)) {
        needs.bookings.insert(printed->booking);
    } else if (const auto* returned = std::get_if<SeatsReturned>(&body)) {
        needs.leases.emplace(envelope.device, returned->slot);
    } else if (const auto* ended = std::get_if<StaffCallEnded>(&body)) {
        needs.calls.insert({envelope.device, ended->call});
    } else {
        needs.calls_of.insert(envelope.device);  // Started, StaffCalled
    }
}

}  // namespace

void needs(Needs& needs, const IngestEvents& command) {
    needs.devices.insert(command.device);
    if (command.had) needs.worklist_of.insert(command.device);
    for (const ReceivedEvent& event : command.events) {
        needs.envelopes.emplace(command.device, event.envelope.number);
        if (event.body) needs_of_event(needs, event.envelope, *event.body);
    }
}

Outcome on(Draft& draft, const IngestEvents& command, const Rules&) {
    const Device* device = draft.device(command.device);
    if (device == nullptr) return Refused{CommandRefusal::UnknownDevice};
    const bool never_let_in =
        device->state == DeviceState::CodeMade || device->state == DeviceState::Pending;
    if (never_let_in) return Refused{CommandRefusal::NotEnrolled};

    const bool all_its_own = std::all_of(
        command.events.begin(), command.events.end(),
        [&](const ReceivedEvent& event) { return event.envelope.device == command.device; });
    if (!all_its_own) return Refused{CommandRefusal::UnknownDevice};

    if (command.had) note_lost_tail(draft, *device, *command.had);
    const Instant last_seen = device->last_seen;
    EventsIngested outcome;
    for (const ReceivedEvent& event : command.events) {
        const auto answer = take_in(draft, event, command);
        if (!answer) {
            const auto known = draft.device(command.device)->events_known;
            outcome.expected = EventNumber(known.number() + 1);
            break;
        }
        outcome.answers.push_back(*answer);
    }
    if (command.way == Way::Wire) {
        note_seen(draft, command.device);
    } else if (const Device& heard = *draft.device(command.device); heard.last_seen != last_seen) {
        draft.put(ChainEnd{heard.id, last_seen, heard.events_known, heard.chain_head});
    }
    outcome.fenced = draft.device(command.device)->state != DeviceState::Enrolled;
    return outcome;
}

}  // namespace mado::server

#include "sync/server/booking/commands.h"

#include "sync/protocol/event_json.h"

namespace mado::server {

std::vector<ReceivedEvent> received(std::vector<Envelope> envelopes) {
    std::vector<ReceivedEvent> events;
    events.reserve(envelopes.size());
    for (Envelope& envelope : envelopes) {
        const Digest hash = envelope.hash();
        auto event = sync::read_event(envelope.body);
        std::optional<EventBody> body;
        if (event) body = event->body;
        const Instant decided_at = event ? event->decided_at : Instant{};
        events.push_back({std::move(envelope), hash, body, decided_at});
    }
    return events;
}

std::string_view name_of(CommandRefusal refusal) {
    switch (refusal) {
        case CommandRefusal::UnknownDevice:
            return "unknown-device";
        case CommandRefusal::NotEnrolled:
            return "not-enrolled";
        case CommandRefusal::WrongState:
            return "wrong-state";
        case CommandRefusal::CodeRefused:
            return "code-refused";
        case CommandRefusal::UnknownBooking:
            return "unknown-booking";
        case CommandRefusal::UnknownApplication:
            return "unknown-application";
        case CommandRefusal::StaleVersion:
            return "stale-version";
        case CommandRefusal::UnknownVenue:
            return "unknown-venue";
        case CommandRefusal::UnknownVaccine:
            return "unknown-vaccine";
        case CommandRefusal::UnknownTicket:
            return "unknown-ticket";
        case CommandRefusal::VaccineInUse:
            return "vaccine-in-use";
        case CommandRefusal::UnknownRow:
            return "unknown-row";
        case CommandRefusal::ChoiceRefused:
            return "choice-refused";
        case CommandRefusal::NameNeeded:
            return "name-needed";
        case CommandRefusal::NoteRefused:
            return "note-refused";
        case CommandRefusal::SlotNeeded:
            return "slot-needed";
        case CommandRefusal::UnknownSlot:
            return "unknown-slot";
        case CommandRefusal::SlotRefused:
            return "slot-refused";
        case CommandRefusal::NoSeat:
            return "no-seat";
        case CommandRefusal::BookingEnded:
            return "booking-ended";
        case CommandRefusal::NothingToBook:
            return "nothing-to-book";
        case CommandRefusal::UnknownCall:
            return "unknown-call";
        case CommandRefusal::CallOver:
            return "call-over";
        case CommandRefusal::TooManyTexts:
            return "too-many-texts";
        case CommandRefusal::Overloaded:
            return "overloaded";
    }
    return "overloaded";
}

}  // namespace mado::server

#include "sync/server/booking/commands.h"

#include "sync/protocol/event_json.h"

namespace mado::server {

namespace {

// What the dose record says that a sale names.
std::optional<sync::SignedDose> record_in(const EventBody& body, const ReadRecord& read_record) {
    const auto* sale = std::get_if<Booked>(&body);
    if (sale == nullptr || !sale->record) return {};
    return read_record(*sale->record);
}

}  // namespace

std::vector<ReceivedEvent> received(std::vector<Envelope> envelopes,
                                    const ReadRecord& read_record) {
    std::vector<ReceivedEvent> events;
    events.reserve(envelopes.size());
    for (Envelope& envelope : envelopes) {
        const Digest hash = envelope.hash();
        auto event = sync::read_event(envelope.body);
        std::optional<EventBody> body;
        if (event) body = event->body;
        const Instant decided_at = event ? event->decided_at : Instant{};
        std::optional<sync::SignedDose> record;
        if (body) record = record_in(*body, read_record);
        events.push_back(
            {std::move(envelope), hash, std::move(body), decided_at, std::move(record)});
    }
    return events;
}

ReadRecord reads_records_of(const sync::PublicKey& town) {
    return [town](std::string_view statement) -> std::optional<sync::SignedDose> {
        auto dose = sync::read_statement(statement, town);
        if (!dose.ok()) return {};
        return std::move(dose).value();
    };
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

#include "sync/server/api/replies.h"

namespace mado::server {

namespace {

Reply refuse_command(const char* route, CommandRefusal reason) {
    switch (reason) {
        case CommandRefusal::Overloaded:
            return busy(route);
        case CommandRefusal::UnknownDevice:
        case CommandRefusal::NotEnrolled:
        case CommandRefusal::WrongState:
        case CommandRefusal::CodeRefused:
            return refuse(403, route, name_of(reason), "This is not for you, or not any more.");
        case CommandRefusal::UnknownBooking:
        case CommandRefusal::UnknownApplication:
        case CommandRefusal::StaleVersion:
        case CommandRefusal::UnknownVenue:
        case CommandRefusal::UnknownVaccine:
        case CommandRefusal::UnknownTicket:
        case CommandRefusal::VaccineInUse:
        case CommandRefusal::UnknownRow:
        case CommandRefusal::ChoiceRefused:
        case CommandRefusal::NameNeeded:
        case CommandRefusal::NoteRefused:
        case CommandRefusal::SlotNeeded:
        case CommandRefusal::UnknownSlot:
        case CommandRefusal::SlotRefused:
        case CommandRefusal::NoSeat:
        case CommandRefusal::BookingEnded:
        case CommandRefusal::NothingToBook:
        case CommandRefusal::UnknownCall:
        case CommandRefusal::CallOver:
        case CommandRefusal::TooManyTexts:
            break;
    }
    return refuse(409, route, name_of(reason), "The server has it otherwise.");
}

}  // namespace

Reply ok(const char* route, std::string body) {
    Reply reply;
    reply.route = route;
    reply.body = std::move(body);
    return reply;
}

Reply busy(const char* route) {
    Reply reply = refuse(503, route, "busy", "Too many are waiting; come back in a moment.");
    reply.retry_after = std::chrono::seconds(2);
    return reply;
}

Reply refuse_io(const char* route, const IoError& error) {
    switch (error.kind) {
        case IoError::Kind::Unavailable:
            return busy(route);
        case IoError::Kind::Full: {
            Reply reply = refuse(503, route, "full", "The server's disk is full.");
            reply.retry_after = std::chrono::seconds(60);
            return reply;
        }
        case IoError::Kind::Refused:
        case IoError::Kind::Corrupt:
            break;
    }
    return refuse(500, route, "broken", "The server could not do this; its log says more.");
}

Reply refuse_outcome(const char* route, const Outcome& outcome) {
    if (const auto* error = std::get_if<IoError>(&outcome)) return refuse_io(route, *error);
    if (const auto* refused = std::get_if<Refused>(&outcome)) {
        return refuse_command(route, refused->reason);
    }
    return refuse(500, route, "broken", "The server could not do this; its log says more.");
}

}  // namespace mado::server

#include "sync/server/booking/commands.h"

namespace mado::server {

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
        case CommandRefusal::Overloaded:
            return "overloaded";
    }
    return "overloaded";
}

}  // namespace mado::server

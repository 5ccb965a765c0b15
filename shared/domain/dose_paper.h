#pragma once

// The QR code of a dose record, the paper that a reception desk prints after a dose: by it the next
// dose can be booked before anybody has heard of this one.
//
// Text is "MADO2:" and the Base45 of: the ticket's municipality (3, as a number) · its number (5) ·
// a statement. The ticket says whose row of the roster is meant; the statement, which names the
// person by the opaque id alone and is signed, says what was given (sync/protocol/dose_record.h
// writes, reads and verifies it). So a statement can travel in an event, and the ticket stays
// behind. Here it is only taken apart: nothing of it is to be believed yet. Integers stand highest
// byte first.

#include "shared/domain/ticket.h"

#include <optional>
#include <string>
#include <string_view>

namespace mado {

constexpr std::string_view kDosePaperPrefix = "MADO2:";
// Of a statement as Base45.
constexpr std::size_t kStatementTextMax = 330;

struct DosePaper {
    Ticket ticket;
    std::string statement;  // Base45

    bool operator==(const DosePaper&) const = default;
};

std::string write_dose_paper(const DosePaper& paper);
// NotATicket where it has another prefix; Damaged where it has this one and nothing right behind
// it.
Result<DosePaper, TicketError> read_dose_paper(std::string_view text);

}  // namespace mado

#pragma once

// The vaccination ticket (接種券) and everything that can be read from its sheet.
//
// Its line and its QR code carry the same 18 digits: kind, dose, municipality code (6), ticket
// number (10). NW-7 barcodes carry the last ten digits, sometimes all 18. Source: MHLW guideline
// 13.1 (2022-12-09), page 130. Kind and dose digits never refuse anything: people hold out the
// wrong sticker all the time, and the roster decides what comes next.

#include "shared/base/personal.h"
#include "shared/base/result.h"
#include "shared/domain/municipality.h"

#include <compare>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace mado {

enum class TicketError {
    NotATicket,  // a code of something else: show a picture of the right sheet
    Damaged,     // nearly a ticket: a digit short, letters among the digits, wrong check digit
    UnknownMunicipality,  // the code is in no table (000000 too)
    OutsideServiceArea,   // a real town, but not one that this kiosk books for
    ZeroNumber,           // 0000000000 was never issued to anybody
};

// Ten digits, zero-padded: text and never a number.
class TicketNumber {
  public:
    // What a person types or a code holds: exactly ten ASCII digits once spaces and hyphens are
    // skipped. Damaged where they are not; ZeroNumber where all are zero.
    static Result<TicketNumber, TicketError> parse(std::string_view written);

    const std::string& digits() const { return digits_; }
    // For a screen that others can see: "••••••4821".
    std::string masked() const;

    auto operator<=>(const TicketNumber&) const = default;

  private:
    explicit TicketNumber(std::string digits) : digits_(std::move(digits)) {}

    std::string digits_;
};

// Who a ticket belongs to is unique within its municipality only.
struct Ticket {
    MunicipalityCode municipality;
    TicketNumber number;

    auto operator<=>(const Ticket&) const = default;
};

// A ticket with the digits of the sticker that was read, where the code carries them.
struct TicketReading {
    Ticket ticket;
    std::optional<int> kind;  // 券種 0–9
    std::optional<int> dose;  // 回数 0–9
    // Where it was a dose record's: what that says, which nobody has verified yet (dose_paper.h).
    std::optional<std::string> record = {};

    bool operator==(const TicketReading&) const = default;
};

// What tells a right ticket from a wrong one before any roster is asked.
struct TicketRules {
    MunicipalityTable municipalities;
    MunicipalityCode own;                     // of this device; what a bare ten-digit number means
    std::set<MunicipalityCode> service_area;  // holds `own`
    // A letter's web address up to and including '#'; the 18 or 10 digits follow it. Empty: none.
    std::string address_prefix;
};

enum class CodeFormat { Qr, Nw7, OcrLine, Typed };

// The one door from outside texts to tickets. NW-7 texts may carry their start and stop letters.
// Texts longer than 512 bytes are NotATicket. Pure and total: never throws, whatever the bytes.
Result<TicketReading, TicketError> parse_ticket(CodeFormat format, std::string_view text,
                                                const TicketRules& rules);

}  // namespace mado

#pragma once

// What the codes on a sheet mean together, while somebody holds it up.
//
// A sheet carries the same ticket number several times: whole, with its municipality, in the QR
// code and the printed line, and often bare in a barcode. A bare number means this device's own
// town; but beside a whole code that names another town it is that town's. So a bare number waits a
// moment for the whole code beside it, and one that a whole code has sent away stays away.

#include "shared/base/instant.h"
#include "shared/domain/ticket.h"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace mado {

// A code as it was read: its text is personal, and is looked at only here.
struct SeenCode {
    CodeFormat format = CodeFormat::Qr;
    std::string_view text;
};

// How long a bare number waits. A hand that holds a sheet still shows all of its codes by then.
constexpr Milliseconds kWholeCodePatience{600};

class TicketSight {
  public:
    // The codes of one picture, in any order; a ticket, why it is none, or no value where there is
    // nothing to say yet. Of several answers a good ticket comes first, then the refusal of a whole
    // code.
    std::optional<Result<TicketReading, TicketError>> look(std::span<const SeenCode> codes,
                                                           const TicketRules& rules, Instant now);

  private:
    std::optional<Result<TicketReading, TicketError>> whole(const SeenCode& code,
                                                            const TicketRules& rules);
    std::optional<Result<TicketReading, TicketError>> bare(const SeenCode& code,
                                                           const TicketRules& rules, Instant now);

    std::map<std::string, TicketError> elsewhere_;  // numbers that are another town's, and why
    std::map<std::string, Instant> waiting_;        // bare numbers, since when
};

}  // namespace mado

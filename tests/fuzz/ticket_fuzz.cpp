// Whatever a camera or a keypad brings, parse_ticket() answers with a ticket of this town or an
// error. The first byte chooses the format.

#include "shared/base/check.h"
#include "shared/domain/ticket.h"
#include "tests/support/builders.h"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace mado;
    static const TicketRules kRules = tests::ticket_rules();
    if (size == 0) return 0;

    const auto format = static_cast<CodeFormat>(data[0] % 4);
    const std::string_view text(reinterpret_cast<const char*>(data + 1), size - 1);
    const auto reading = parse_ticket(format, text, kRules);
    if (!reading.ok()) return 0;

    const Ticket& ticket = reading->ticket;
    MADO_CHECK(kRules.service_area.contains(ticket.municipality));
    MADO_CHECK(TicketNumber::parse(ticket.number.digits()).ok());
    MADO_CHECK(reading->kind.has_value() == reading->dose.has_value());
    const bool digits_fit = !reading->kind || (*reading->kind >= 0 && *reading->kind <= 9 &&
                                               *reading->dose >= 0 && *reading->dose <= 9);
    MADO_CHECK(digits_fit);
    return 0;
}

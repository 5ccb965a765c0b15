// Whatever stands in a code that begins as a dose record does, it is taken apart into a ticket of
// this town or refused; and no statement is believed that the town's key has not signed.

#include "shared/base/check.h"
#include "shared/domain/dose_paper.h"
#include "sync/protocol/dose_record.h"
#include "tests/support/builders.h"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace mado;
    static const TicketRules kRules = tests::ticket_rules();
    // A point of the curve that nobody has the key of.
    static const sync::PublicKey kTown = {0x03, 0x6B, 0x17, 0xD1, 0xF2, 0xE1, 0x2C, 0x42, 0x47,
                                          0xF8, 0xBC, 0xE6, 0xE5, 0x63, 0xA4, 0x40, 0xF2, 0x77,
                                          0x03, 0x7D, 0x81, 0x2D, 0xEB, 0x33, 0xA0, 0xF4, 0xA1,
                                          0x39, 0x45, 0xD8, 0x98, 0xC2, 0x96};
    if (size > 1000) return 0;
    const std::string_view raw(reinterpret_cast<const char*>(data), size);

    // As a camera brings it, and with its bytes as they are behind the prefix.
    const std::string coded = std::string(kDosePaperPrefix) + to_base45(bytes_of(raw));
    for (const std::string_view text : {raw, std::string_view(coded)}) {
        const auto reading = parse_ticket(CodeFormat::Qr, text, kRules);
        if (!reading.ok() || !reading->record) continue;
        MADO_CHECK(kRules.service_area.contains(reading->ticket.municipality));
        MADO_CHECK(reading->record->size() <= kStatementTextMax);
        const DosePaper paper{reading->ticket, *reading->record};
        MADO_CHECK(read_dose_paper(write_dose_paper(paper)).value() == paper);
        MADO_CHECK(!sync::read_statement(paper.statement, kTown).ok());
    }
    MADO_CHECK(!sync::read_statement(raw, kTown).ok());
    MADO_CHECK(!sync::read_statement(to_base45(bytes_of(raw)), kTown).ok());
    return 0;
}

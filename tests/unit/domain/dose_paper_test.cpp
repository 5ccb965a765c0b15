#include "shared/domain/dose_paper.h"

#include "shared/base/text.h"
#include "tests/support/builders.h"

#include <gtest/gtest.h>

namespace mado {
namespace {

const DosePaper kPaper{tests::a_ticket("0000123456"), to_base45(bytes_of("a statement"))};

TEST(DosePaper, ComesBackAsItWasWritten) {
    EXPECT_EQ(read_dose_paper(write_dose_paper(kPaper)).value(), kPaper);
    const DosePaper large{tests::a_ticket("9999999999"), kPaper.statement};
    EXPECT_EQ(read_dose_paper(write_dose_paper(large)).value(), large);
}

TEST(DosePaper, StandsForItsTicketWhereverOneIsScanned) {
    const auto read = parse_ticket(CodeFormat::Qr, write_dose_paper(kPaper), tests::ticket_rules());
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(read->ticket, kPaper.ticket);
    EXPECT_EQ(read->record, kPaper.statement);
    EXPECT_FALSE(read->dose) << "what it says is not to be believed yet";
}

TEST(DosePaper, OfAnotherTownsTicketIsRefusedAsThatTicketIs) {
    const DosePaper foreign{{tests::a_municipality("011002"), tests::a_ticket_number()},
                            kPaper.statement};
    const auto read =
        parse_ticket(CodeFormat::Qr, write_dose_paper(foreign), tests::ticket_rules());
    EXPECT_EQ(read.error(), TicketError::OutsideServiceArea);
}

TEST(DosePaper, IsDamagedWhereAnythingIsMissing) {
    const std::string whole = write_dose_paper(kPaper);
    for (std::size_t length = kDosePaperPrefix.size(); length < kDosePaperPrefix.size() + 12;
         ++length) {
        EXPECT_EQ(read_dose_paper(whole.substr(0, length)).error(), TicketError::Damaged);
    }
    EXPECT_EQ(read_dose_paper("MADO2:!!!").error(), TicketError::Damaged);
    EXPECT_EQ(read_dose_paper("MADO1:" + whole.substr(6)).error(), TicketError::NotATicket);
    const std::string zero =
        std::string(kDosePaperPrefix) + to_base45(Bytes{4, 0x27, 0xBD, 0, 0, 0, 0, 0, 1});
    EXPECT_FALSE(read_dose_paper(zero).ok());
    const std::string long_one =
        std::string(kDosePaperPrefix) + to_base45(Bytes(400, std::uint8_t{1}));
    EXPECT_FALSE(read_dose_paper(long_one).ok());
}

}  // namespace
}  // namespace mado

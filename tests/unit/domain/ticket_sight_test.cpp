#include "shared/domain/ticket_sight.h"

#include "tests/support/builders.h"

#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace mado {
namespace {

using std::chrono::milliseconds;

constexpr SeenCode kOurs{CodeFormat::Qr, "212722050000123456"};
constexpr SeenCode kSapporo{CodeFormat::Qr, "210110020000123456"};
constexpr SeenCode kNoTown{CodeFormat::Qr, "210000000000123456"};
constexpr SeenCode kBare{CodeFormat::Nw7, "A0000123456A"};
constexpr SeenCode kLeaflet{CodeFormat::Qr, "https://example.jp/"};

class TicketSightTest : public testing::Test {
  protected:
    std::optional<Result<TicketReading, TicketError>> look(std::vector<SeenCode> codes) {
        return sight.look(codes, tests::ticket_rules(), now);
    }

    TicketSight sight;
    Instant now = tests::now();
};

TEST_F(TicketSightTest, TakesAWholeCodeAtOnceWhateverStandsBesideIt) {
    for (const auto& codes : {std::vector{kOurs}, {kBare, kOurs}, {kLeaflet, kOurs}}) {
        const auto said = look(codes);
        ASSERT_TRUE(said && said->ok());
        EXPECT_EQ((*said)->ticket, tests::a_ticket("0000123456"));
    }
}

TEST_F(TicketSightTest, TakesABareNumberWhenNoWholeCodeCameInTheMeantime) {
    EXPECT_FALSE(look({kBare}));
    now += kWholeCodePatience - milliseconds(1);
    EXPECT_FALSE(look({kBare}));
    now += milliseconds(1);
    const auto said = look({kBare});
    ASSERT_TRUE(said && said->ok());
    EXPECT_EQ((*said)->ticket, tests::a_ticket("0000123456"));
}

TEST_F(TicketSightTest, SendsABareNumberAwayWithTheWholeCodeBesideIt) {
    for (const auto& [code, why] : {std::pair(kSapporo, TicketError::OutsideServiceArea),
                                    std::pair(kNoTown, TicketError::UnknownMunicipality)}) {
        sight = TicketSight();
        EXPECT_FALSE(look({kBare}));
        for (const auto& codes : {std::vector{kBare, code}, {code}, {kBare}}) {
            now += kWholeCodePatience;
            const auto said = look(codes);
            ASSERT_TRUE(said && !said->ok());
            EXPECT_EQ(said->error(), why);
        }
    }
}

TEST_F(TicketSightTest, SaysWhatIsNoTicket) {
    const auto said = look({kLeaflet});
    ASSERT_TRUE(said && !said->ok());
    EXPECT_EQ(said->error(), TicketError::NotATicket);
    EXPECT_FALSE(look({}));
}

TEST_F(TicketSightTest, WaitsNoLongerBecauseTheClockJumpedBack) {
    EXPECT_FALSE(look({kBare}));
    now -= std::chrono::hours(1);
    EXPECT_FALSE(look({kBare}));
    now += kWholeCodePatience;
    EXPECT_TRUE(look({kBare}));
}

}  // namespace
}  // namespace mado

#include "sync/server/booking/restore.h"

#include "tests/support/server/server_town.h"

#include <gmock/gmock.h>

namespace mado::server {
namespace {

using testing::IsEmpty;
using tests::ServerTown;

const SlotId kNine(1);
constexpr const char* kStaff = "佐藤";

class Restore : public testing::Test {
  protected:
    void TearDown() override { EXPECT_THAT(tests::broken_invariants(town.reads()), IsEmpty()); }

    void begin_epoch() {
        for (const Command& command :
             commands_after_restore(town.reads(), town.now, kStaff).value()) {
            ASSERT_FALSE(std::holds_alternative<Refused>(town.run(command)));
        }
    }
    FeedPosition position() { return town.reads().position().value(); }

    ServerTown town;
};

TEST_F(Restore, BeginsAnEpochThatIsLaterAndLetsTheFeedGoOn) {
    const auto before = position();
    begin_epoch();
    EXPECT_GT(position().epoch, before.epoch);
    EXPECT_GE(position().number, before.number);
    const auto begun = town.must<EpochBegun>(BeginEpoch{1, kStaff});
    EXPECT_EQ(begun.position, position());
}

TEST_F(Restore, OfOneBackupTwiceBeginsTwoDifferentEpochs) {
    const auto first = commands_after_restore(town.reads(), town.now, kStaff).value();
    town.now += std::chrono::seconds(1);
    const auto second = commands_after_restore(town.reads(), town.now, kStaff).value();
    EXPECT_NE(std::get<BeginEpoch>(first.back()).epoch, std::get<BeginEpoch>(second.back()).epoch);
}

TEST_F(Restore, HoldsBackAGroupsSeatsForEachDeviceWhereTheyAreFree) {
    const auto one = town.a_device();
    town.a_device();
    const auto three = town.a_device();
    town.grant(one, kNine, 1);
    town.must<DeviceStands>(DeclareLost{three.id(), kStaff});
    begin_epoch();
    EXPECT_EQ(town.slot(1).seats, (SeatCount{10, 0, 8}));
    EXPECT_EQ(town.slot(2).seats, (SeatCount{10, 0, 8}));
    // Whoever was interrupted begins again, and nothing more is held.
    begin_epoch();
    EXPECT_EQ(town.slot(1).seats, (SeatCount{10, 0, 8}));
}

TEST_F(Restore, HoldsNothingBackForTheDay) {
    town.a_device();
    town.now = tests::now() + std::chrono::hours(24 * 30);
    begin_epoch();
    EXPECT_EQ(town.slot(1).seats.held, 0) << "its day is over";
}

TEST_F(Restore, GivesNoNumberThatTheLostCommitsMayHaveGiven) {
    const auto before = town.a_device();
    begin_epoch();
    const auto after = town.a_device();
    EXPECT_GE(after.id().number(), before.id().number() + 1'000);
    const auto made = town.must<BookingMade>(BookFree{PersonId(1), 1, kNine, {}});
    EXPECT_GE(made.booking.id.number.number(), 1'000'000);
}

TEST_F(Restore, IsSomebodysDecisionAndStandsOnTheWorklist) {
    EXPECT_EQ(std::get<Refused>(town.run(BeginEpoch{5, ""})).reason, CommandRefusal::NameNeeded);
    begin_epoch();
    EXPECT_THAT(town.worklist(), testing::ElementsAre("restored"));
}

TEST_F(Restore, TakesTheSalesThatItHadForgotten) {
    auto kiosk = town.a_device();
    // The lost commits had granted six seats, of which it sold five and gave one back.
    begin_epoch();
    std::vector<Envelope> events;
    for (int n = 1; n <= 5; ++n)
        events.push_back(kiosk.sell(PersonId(n), kNine, n));
    events.push_back(kiosk.write(SeatsReturned{kNine, 6}));
    const auto ingested = town.push(kiosk, events);
    EXPECT_EQ(ingested.answers.at(3).verdict, Answer::Verdict::Accepted) << "held back for it";
    EXPECT_EQ(ingested.answers.at(4).reason, "seat-not-held") << "a free one";
    EXPECT_EQ(town.slot(1).seats, (SeatCount{10, 5, 0}));
    // Both count alike again: the next seat is for somebody who stands there.
    EXPECT_EQ(town.grant(kiosk, kNine, 7), 7);
    EXPECT_EQ(town.slot(1).seats, (SeatCount{10, 5, 1}));
}

TEST_F(Restore, KeepsItsHeadWhereACounterIsNone) {
    auto kiosk = town.a_device();
    town.grant(kiosk, kNine, 2);
    town.push_one(kiosk, kiosk.sell(PersonId(1), kNine, INT64_MAX));
    town.push_one(kiosk, kiosk.write(SeatsReturned{kNine, INT64_MAX}));
    EXPECT_EQ(town.slot(1).seats, (SeatCount{10, 1, 0}));
}

}  // namespace
}  // namespace mado::server

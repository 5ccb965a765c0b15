#include "tests/support/server/server_town.h"

#include <gmock/gmock.h>

namespace mado::server {
namespace {

using testing::IsEmpty;
using tests::ServerTown;

const SlotId kNine(1);
const SlotId kHalfPastNine(2);

class Leases : public testing::Test {
  protected:
    void TearDown() override { EXPECT_THAT(tests::broken_invariants(town.reads()), IsEmpty()); }

    ServerTown town;
};

TEST_F(Leases, GrantWhatIsAskedForByLevel) {
    const auto kiosk = town.a_device();
    EXPECT_EQ(town.grant(kiosk, kNine, 4), 4);
    EXPECT_EQ(town.grant(kiosk, kNine, 4), 4);
    EXPECT_EQ(town.grant(kiosk, kNine, 2), 4);
    EXPECT_EQ(town.slot(1).seats, (SeatCount{10, 0, 4}));
}

TEST_F(Leases, StopAtAFifthOfTheDay) {
    // The day holds 40 seats, so a device may hold 8 of them.
    const auto kiosk = town.a_device();
    EXPECT_EQ(town.grant(kiosk, kNine, 6), 6);
    EXPECT_EQ(town.grant(kiosk, kHalfPastNine, 6), 2);
    EXPECT_EQ(town.grant(kiosk, SlotId(3), 6), 1);
}

TEST_F(Leases, AreFairWithinOneRequestToo) {
    const auto kiosk = town.a_device();
    const auto raised = town.must<LeasesRaised>(
        RaiseLeases{kiosk.id(), {{kNine, 6}, {kHalfPastNine, 6}, {SlotId(3), 6}}});
    EXPECT_EQ(raised.levels.at(0).granted, 6);
    EXPECT_EQ(raised.levels.at(1).granted, 2);
    EXPECT_EQ(raised.levels.at(2).granted, 1);
}

TEST_F(Leases, AlwaysGiveTheOneSeatForThePersonInFront) {
    auto kiosk = town.a_device();
    town.grant(kiosk, kNine, 8);
    // Its share of the day is held; the next seat elsewhere is for somebody who stands there.
    EXPECT_EQ(town.grant(kiosk, kHalfPastNine, 1), 1);
    EXPECT_EQ(town.grant(kiosk, kHalfPastNine, 2), 1);
    town.push_one(kiosk, kiosk.sell(PersonId(1), kHalfPastNine, 1));
    EXPECT_EQ(town.grant(kiosk, kHalfPastNine, 2), 2);
}

TEST_F(Leases, NeverGiveMoreThanIsFree) {
    const auto one = town.a_device();
    const auto two = town.a_device();
    const Slot nine = town.slot(1);
    town.must<Imported>(
        PutSlots{{{nine.venue, nine.date, nine.starts, nine.length, nine.vaccine, 3}}});
    EXPECT_EQ(town.grant(one, kNine, 2), 2);
    EXPECT_EQ(town.grant(two, kNine, 2), 1);
    EXPECT_EQ(town.grant(two, kNine, 5), 1);
    EXPECT_EQ(town.slot(1).seats.free(), 0);
}

TEST_F(Leases, OfAClosedOrPastOrUnknownSlotAreNotRaised) {
    const auto kiosk = town.a_device();
    const Slot nine = town.slot(1);
    town.must<Imported>(
        PutSlots{{{nine.venue, nine.date, nine.starts, nine.length, nine.vaccine, 0}}});
    EXPECT_EQ(town.grant(kiosk, kNine, 1), 0);
    EXPECT_EQ(town.grant(kiosk, SlotId(99), 1), 0);
    town.now = instant_in_japan(tests::in_days(7), tests::a_time("09:31"));
    EXPECT_EQ(town.grant(kiosk, kHalfPastNine, 1), 0);
    EXPECT_EQ(town.grant(kiosk, SlotId(3), 1), 1);
}

TEST_F(Leases, OfADeviceThatIsNotEnrolledAreRefused) {
    const auto kiosk = town.a_device();
    town.must<DeviceStands>(RevokeDevice{kiosk.id()});
    const auto outcome = town.run(RaiseLeases{kiosk.id(), {{kNine, 1}}});
    EXPECT_EQ(std::get<Refused>(outcome).reason, CommandRefusal::NotEnrolled);
}

TEST_F(Leases, StandInTheFeedForTheirDevice) {
    const auto kiosk = town.a_device();
    const FeedPosition before = town.reads().position().value();
    town.grant(kiosk, kNine, 4);
    const auto page = town.reads().feed(before, 10).value();
    ASSERT_EQ(page.changes.size(), 2U);
    EXPECT_EQ(page.changes[0], Change(LeaseChanged{kiosk.id(), kNine, 4}));
    EXPECT_TRUE(std::holds_alternative<SlotChanged>(page.changes[1]));
}

// ---- shares

class SharedOut : public Leases {
  protected:
    void share(const Shares& shares) {
        Town set = tests::a_town();
        set.shares = shares;
        town.must<Imported>(SetTown{set});
    }
    Outcome book(Channel channel, int person, int dose = 1) {
        return town.run(BookFree{PersonId(person), dose, kNine, {}, channel});
    }
    static bool was_refused(const Outcome& outcome) {
        const auto* denied = std::get_if<BookingDenied>(&outcome);
        return denied != nullptr && denied->reason == BookingRefusal::NoSeat;
    }
    // What a person in front of the kiosk gets.
    sync::LeaseLevel wait_for(const tests::ChainedDevice& kiosk, std::int64_t level, int dose) {
        return town
            .must<LeasesRaised>(RaiseLeases{kiosk.id(), {sync::LeaseWish{kNine, level, dose}}})
            .levels.front();
    }
};

TEST_F(SharedOut, LeasesNeverTakeMoreThanTheKiosksPart) {
    share({30, 70, {}, 0, 0});
    const auto one = town.a_device();
    const auto two = town.a_device();
    EXPECT_EQ(town.grant(one, kNine, 2), 2);
    EXPECT_EQ(town.grant(two, kNine, 4), 1) << "three of ten seats are the kiosks'";
    EXPECT_EQ(wait_for(two, 2, 2).granted, 1);
    EXPECT_EQ(town.slot(1).seats.free(), 7) << "the others' part";
}

TEST_F(SharedOut, ABookingAtTheServerKeepsToItsChannel) {
    share({60, 30, 10, 0, 0});
    EXPECT_FALSE(was_refused(book(Channel::CallCentre, 1)));
    EXPECT_TRUE(was_refused(book(Channel::CallCentre, 2)));
    for (int person = 3; person < 6; ++person)
        EXPECT_FALSE(was_refused(book(Channel::Web, person)));
    EXPECT_TRUE(was_refused(book(Channel::Web, 6)));
    EXPECT_EQ(town.slot(1).parts, (SeatParts{0, 0, 3, 0, 1, 0}));
}

TEST_F(SharedOut, ASeatThatIsCancelledIsItsChannelsAgain) {
    share({90, {}, 10, 0, 0});
    const auto made = std::get<BookingMade>(book(Channel::CallCentre, 1));
    town.must<BookingCancelled>(CancelBooking{made.booking.id, 1});
    EXPECT_EQ(town.slot(1).parts, SeatParts{});
    EXPECT_FALSE(was_refused(book(Channel::CallCentre, 2)));
}

TEST_F(SharedOut, AFirstDoseIsNeverSoldFromWhatIsKeptForSecondOnes) {
    share({{}, {}, {}, 80, 2});
    EXPECT_FALSE(was_refused(book(Channel::Web, 1)));
    EXPECT_FALSE(was_refused(book(Channel::Web, 2)));
    EXPECT_TRUE(was_refused(book(Channel::Web, 3)));
    const auto kiosk = town.a_device();
    EXPECT_EQ(wait_for(kiosk, 1, 1).granted, 0);
    EXPECT_EQ(wait_for(kiosk, 1, 2).kept, 1) << "whoever comes for a second dose has one";
}

TEST_F(SharedOut, WhatIsKeptIsEverybodysAFewDaysBefore) {
    share({{}, {}, {}, 100, 2});
    const Date day = town.slot(1).date;
    EXPECT_TRUE(was_refused(book(Channel::Web, 1)));
    town.now = instant_in_japan(day - std::chrono::days(2), tests::a_time("00:00"));
    EXPECT_FALSE(was_refused(book(Channel::Web, 1)));
}

TEST_F(SharedOut, AStockHasItsPartOfKeptSeatsAndCountsThemAsTheyAreSold) {
    share({{}, {}, {}, 50, 0});
    auto kiosk = town.a_device();
    const auto level =
        town.must<LeasesRaised>(RaiseLeases{kiosk.id(), {{kNine, 4}}}).levels.front();
    EXPECT_EQ(level, (sync::LeaseLevel{kNine, 4, 2}));
    EXPECT_EQ(town.slot(1).parts.kept, 2);

    Booking sold{{kiosk.id(), kiosk.next_number()}, PersonId(1), 2, kNine, {}};
    town.push_one(kiosk, kiosk.write(Booked{sold, 1, {}, 1}));
    EXPECT_EQ(town.slot(1).parts, (SeatParts{1, 1, 0, 0, 0, 0}));
    town.push_one(kiosk, kiosk.write(SeatsReturned{kNine, 4, 2}));
    EXPECT_EQ(town.slot(1).parts, (SeatParts{1, 0, 0, 0, 0, 0}));
    EXPECT_EQ(town.slot(1).seats, (SeatCount{10, 1, 0}));
}

TEST_F(SharedOut, AReturnThatNamesFewerKeptSeatsThanWereLeftReturnsThemAll) {
    share({{}, {}, {}, 50, 0});
    auto kiosk = town.a_device();
    town.grant(kiosk, kNine, 4);
    town.push_one(kiosk, kiosk.write(SeatsReturned{kNine, 4, 0}));
    EXPECT_EQ(town.slot(1).parts, SeatParts{});
}

}  // namespace
}  // namespace mado::server

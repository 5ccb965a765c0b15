#include "tests/support/server/server_town.h"

#include <gmock/gmock.h>

namespace mado::server {
namespace {

using testing::Contains;
using testing::IsEmpty;
using tests::ServerTown;

const PersonId kHana(1);
const SlotId kNine(1);
const SlotId kHalfPastNine(2);

class Bookings : public testing::Test {
  protected:
    void TearDown() override { EXPECT_THAT(tests::broken_invariants(town.reads()), IsEmpty()); }

    Booking booked(PersonId person, SlotId slot) {
        return town.must<BookingMade>(BookFree{person, 1, slot}).booking;
    }

    ServerTown town;
};

TEST_F(Bookings, AtTheServerTakeAFreeSeat) {
    const Booking booking = booked(kHana, kNine);
    EXPECT_EQ(booking.id, (BookingId{DeviceId(0), EventNumber(1)}));
    EXPECT_EQ(town.slot(1).seats, (SeatCount{10, 1, 0}));
}

TEST_F(Bookings, ForTheSameDoseTwiceAreDenied) {
    booked(kHana, kNine);
    const auto outcome = town.run(BookFree{kHana, 1, kHalfPastNine});
    EXPECT_EQ(std::get<BookingDenied>(outcome).reason, BookingRefusal::AlreadyBooked);
}

TEST_F(Bookings, TwiceInOneBatchAreDeniedTheSecondTime) {
    const auto outcomes =
        town.run_all({BookFree{kHana, 1, kNine}, BookFree{kHana, 1, kHalfPastNine}});
    EXPECT_TRUE(std::holds_alternative<BookingMade>(outcomes[0]));
    EXPECT_EQ(std::get<BookingDenied>(outcomes[1]).reason, BookingRefusal::AlreadyBooked);
}

TEST_F(Bookings, OfTheLastSeatGoToTheFirstWhoAsks) {
    const Slot nine = town.slot(1);
    town.must<Imported>(
        PutSlots{{{nine.venue, nine.date, nine.starts, nine.length, nine.vaccine, 1}}});
    const auto outcomes =
        town.run_all({BookFree{PersonId(1), 1, kNine}, BookFree{PersonId(2), 1, kNine}});
    EXPECT_TRUE(std::holds_alternative<BookingMade>(outcomes[0]));
    EXPECT_EQ(std::get<BookingDenied>(outcomes[1]).reason, BookingRefusal::NoSeat);
}

TEST_F(Bookings, CloseSoLongBeforeTheSlotAsTheTownSays) {
    Town closing = tests::a_town();
    closing.booking_closes = std::chrono::minutes(60);
    town.must<Imported>(SetTown{closing});
    const Slot nine = town.slot(1);
    const BookFree wish{PersonId(1), 1, nine.id, {}};
    town.now = instant_in_japan(nine.date, nine.starts) - std::chrono::minutes(59);
    EXPECT_EQ(std::get<BookingDenied>(town.run(wish)).reason, BookingRefusal::SlotPast);
    town.now -= std::chrono::minutes(1);
    town.must<BookingMade>(wish);
}

TEST_F(Bookings, OfSeatsThatDevicesHoldAreDenied) {
    const auto kiosk = town.a_device();
    const Slot nine = town.slot(1);
    town.must<Imported>(
        PutSlots{{{nine.venue, nine.date, nine.starts, nine.length, nine.vaccine, 2}}});
    ASSERT_EQ(town.grant(kiosk, kNine, 2), 2);
    const auto outcome = town.run(BookFree{kHana, 1, kNine});
    EXPECT_EQ(std::get<BookingDenied>(outcome).reason, BookingRefusal::NoSeat);
}

TEST_F(Bookings, OfAnUnknownPersonOrSlotAreDenied) {
    EXPECT_EQ(std::get<BookingDenied>(town.run(BookFree{PersonId(99), 1, kNine})).reason,
              BookingRefusal::NotEligible);
    EXPECT_EQ(std::get<BookingDenied>(town.run(BookFree{kHana, 1, SlotId(99)})).reason,
              BookingRefusal::SlotUnknown);
    EXPECT_EQ(std::get<BookingDenied>(town.run(BookFree{kHana, 2, kNine})).reason,
              BookingRefusal::NotEligible);
}

TEST_F(Bookings, ThatAreCancelledGiveTheirSeatBackAtOnce) {
    const Booking booking = booked(kHana, kNine);
    const auto cancelled = town.must<BookingCancelled>(CancelBooking{booking.id, 1});
    EXPECT_EQ(cancelled.booking.state, BookingState::Cancelled);
    EXPECT_EQ(cancelled.booking.version, 2);
    EXPECT_EQ(town.slot(1).seats, (SeatCount{10, 0, 0}));
    booked(kHana, kHalfPastNine);
}

TEST_F(Bookings, AreNotCancelledByAWishThatSawAnotherVersion) {
    const Booking booking = booked(kHana, kNine);
    const auto outcome = town.run(CancelBooking{booking.id, 7});
    EXPECT_EQ(std::get<Refused>(outcome).reason, CommandRefusal::StaleVersion);
    EXPECT_EQ(town.state_of(booking.id), BookingState::Live);
    EXPECT_THAT(town.worklist(), Contains("stale-cancel"));
}

TEST_F(Bookings, AreCancelledOnceHoweverOftenItIsAsked) {
    const Booking booking = booked(kHana, kNine);
    town.must<BookingCancelled>(CancelBooking{booking.id, 1});
    town.must<BookingCancelled>(CancelBooking{booking.id, 1});
    EXPECT_EQ(town.slot(1).seats.booked, 0);
    EXPECT_EQ(std::get<Refused>(town.run(CancelBooking{{DeviceId(9), EventNumber(9)}, 1})).reason,
              CommandRefusal::UnknownBooking);
}

TEST_F(Bookings, ThatWereDoubledAreOneAgainWhenTheOtherIsCancelled) {
    const Booking first = booked(kHana, kNine);
    auto kiosk = town.a_device();
    town.grant(kiosk, kHalfPastNine, 1);
    town.push_one(kiosk, kiosk.sell(kHana, kHalfPastNine, 1));
    ASSERT_EQ(town.state_of(first.id), BookingState::Doubled);

    town.must<BookingCancelled>(CancelBooking{first.id, 2});

    EXPECT_EQ(town.state_of({kiosk.id(), EventNumber(1)}), BookingState::Live);
    EXPECT_THAT(town.worklist(), IsEmpty());
}

TEST_F(Bookings, CancelledAndDoubledAgainInOneBatchStayOnTheWorklist) {
    const Booking first = booked(kHana, kNine);
    auto one = town.a_device();
    auto two = town.a_device();
    town.grant(one, kHalfPastNine, 1);
    town.grant(two, SlotId(3), 1);
    town.push_one(one, one.sell(kHana, kHalfPastNine, 1));

    town.run_all({CancelBooking{first.id, 2},
                  IngestEvents{two.id(), received({two.sell(kHana, SlotId(3), 1)})}});

    EXPECT_EQ(town.state_of({one.id(), EventNumber(1)}), BookingState::Doubled);
    EXPECT_EQ(town.worklist().size(), 2U);
}

}  // namespace
}  // namespace mado::server

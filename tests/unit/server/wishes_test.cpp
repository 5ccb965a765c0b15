// Wishes of people at a kiosk: to change a booking or to cancel it, as they saw it.

#include "tests/support/server/server_town.h"

#include <gmock/gmock.h>

namespace mado::server {
namespace {

using testing::Contains;
using testing::IsEmpty;
using testing::Not;
using tests::ChainedDevice;
using tests::ServerTown;

using Verdict = Answer::Verdict;

const PersonId kHana(1);
const SlotId kNine(1);
const SlotId kHalfPastNine(2);

class Wishes : public testing::Test {
  protected:
    void SetUp() override {
        ASSERT_EQ(town.grant(kiosk, kNine, 4), 4);
        ASSERT_EQ(town.grant(kiosk, kHalfPastNine, 4), 4);
        ASSERT_EQ(town.push_one(kiosk, kiosk.sell(kHana, kNine, 1)).verdict, Verdict::Accepted);
    }
    void TearDown() override { EXPECT_THAT(tests::broken_invariants(town.reads()), IsEmpty()); }

    BookingId booked() const { return {kiosk.id(), EventNumber(1)}; }
    // Its slot is closed, which the device has not heard of.
    void booking_changes() {
        town.must<Imported>(PutSlots{{plan_of(town.slot(1), 0)}});
        ASSERT_EQ(town.state_of(booked()), BookingState::ToMove);
    }
    static PlannedSlot plan_of(const Slot& slot, int target) {
        return {slot.venue, slot.date, slot.starts, slot.length, slot.vaccine, target};
    }
    Envelope change(PersonId person, SlotId to, std::int64_t used, SeenBooking seen, int dose = 1) {
        Booking booking;
        booking.id = {kiosk.id(), kiosk.next_number()};
        booking.person = person;
        booking.dose = dose;
        booking.slot = to;
        return kiosk.write(Booked{booking, used, seen});
    }

    std::int64_t row_of(const std::string& reason) {
        const auto rows = town.reads().worklist(true).value();
        const auto row = std::ranges::find(rows, reason, &WorklistEntry::reason);
        MADO_CHECK(row != rows.end());
        return row->id;
    }

    ServerTown town;
    ChainedDevice kiosk = town.a_device();
};

TEST_F(Wishes, ACancelFreesTheSeatAtOnce) {
    const Answer answer = town.push_one(kiosk, kiosk.write(CancelWished{{booked(), 1}, kHana}));
    EXPECT_EQ(answer.verdict, Verdict::Accepted);
    EXPECT_EQ(town.state_of(booked()), BookingState::Cancelled);
    EXPECT_EQ(town.slot(1).seats, (SeatCount{10, 0, 3}));
    EXPECT_THAT(town.worklist(), IsEmpty());
}

TEST_F(Wishes, ACancelSentAgainOrWishedTwiceHasOneEffect) {
    const Envelope wish = kiosk.write(CancelWished{{booked(), 1}, kHana});
    const Answer first = town.push_one(kiosk, wish);
    EXPECT_EQ(town.push_one(kiosk, wish), first);
    const Answer second = town.push_one(kiosk, kiosk.write(CancelWished{{booked(), 1}, kHana}));
    EXPECT_EQ(second.verdict, Verdict::Accepted) << "it has ended, as was wished";
    EXPECT_EQ(town.slot(1).seats, (SeatCount{10, 0, 3}));
    EXPECT_THAT(town.worklist(), IsEmpty());
}

TEST_F(Wishes, AStaleCancelChangesNothingAndStandsOnTheWorklist) {
    booking_changes();
    const Answer answer = town.push_one(kiosk, kiosk.write(CancelWished{{booked(), 1}, kHana}));
    EXPECT_EQ(answer.verdict, Verdict::Worklist);
    EXPECT_EQ(answer.reason, "stale-cancel");
    EXPECT_EQ(town.state_of(booked()), BookingState::ToMove);
    EXPECT_THAT(town.worklist(), Contains("stale-cancel"));
    town.must<RowResolved>(ResolveRow{row_of("stale-cancel"), Choice::Cancelled, "佐藤", "", {}});
    EXPECT_EQ(town.state_of(booked()), BookingState::Cancelled);
}

TEST_F(Wishes, ACancelOfWhatIsNotKnownStandsOnTheWorklist) {
    const BookingId unknown{DeviceId(9), EventNumber(9)};
    const Answer answer = town.push_one(kiosk, kiosk.write(CancelWished{{unknown, 1}, kHana}));
    EXPECT_EQ(answer.verdict, Verdict::Worklist);
    EXPECT_THAT(town.worklist(), Contains("stale-cancel"));
}

TEST_F(Wishes, ACancelNeverEndsTheBookingOfSomebodyElse) {
    const Answer answer =
        town.push_one(kiosk, kiosk.write(CancelWished{{booked(), 1}, PersonId(2)}));
    EXPECT_EQ(answer.reason, "stale-cancel");
    EXPECT_EQ(town.state_of(booked()), BookingState::Live);
}

TEST_F(Wishes, ACancelOfADeviceThatIsShutOutDoesNothingAndStandsOnTheWorklist) {
    town.must<DeviceStands>(DeclareLost{kiosk.id(), "佐藤"});
    const Answer answer = town.push_one(kiosk, kiosk.write(CancelWished{{booked(), 1}, kHana}));
    EXPECT_EQ(answer.verdict, Verdict::Aside);
    EXPECT_EQ(town.state_of(booked()), BookingState::Live);
    EXPECT_THAT(town.worklist(), Contains("cancel-aside"));
}

TEST_F(Wishes, AChangeTakesTheNewSeatAndFreesTheOldOne) {
    const Envelope wish = change(kHana, kHalfPastNine, 1, {booked(), 1});
    const BookingId instead{kiosk.id(), wish.number};
    const Answer answer = town.push_one(kiosk, wish);
    EXPECT_EQ(answer.verdict, Verdict::Accepted);
    EXPECT_EQ(town.state_of(booked()), BookingState::Cancelled);
    EXPECT_EQ(town.state_of(instead), BookingState::Live);
    EXPECT_EQ(town.slot(1).seats, (SeatCount{10, 0, 3}));
    EXPECT_EQ(town.slot(2).seats, (SeatCount{10, 1, 3}));
    EXPECT_THAT(town.worklist(), IsEmpty());
    EXPECT_EQ(town.push_one(kiosk, wish), answer) << "sent again";
    EXPECT_EQ(town.slot(2).seats, (SeatCount{10, 1, 3}));
}

TEST_F(Wishes, AChangeOfAClosedSlotSettlesWhatStoodOnTheWorklist) {
    booking_changes();
    ASSERT_THAT(town.worklist(), Contains("slot-closed"));
    const std::int64_t version = town.bookings().at(0).booking.version;
    town.push_one(kiosk, change(kHana, kHalfPastNine, 1, {booked(), version}));
    EXPECT_THAT(town.worklist(), Not(Contains("slot-closed")));
    EXPECT_EQ(town.state_of(booked()), BookingState::Cancelled);
}

TEST_F(Wishes, AStaleChangeKeepsBothSeatsUntilThePersonHasChosen) {
    booking_changes();
    const Envelope wish = change(kHana, kHalfPastNine, 1, {booked(), 1});
    const BookingId instead{kiosk.id(), wish.number};
    const Answer answer = town.push_one(kiosk, wish);
    EXPECT_EQ(answer.verdict, Verdict::Worklist);
    EXPECT_EQ(answer.reason, "stale-change");
    EXPECT_EQ(town.state_of(booked()), BookingState::Doubled);
    EXPECT_EQ(town.state_of(instead), BookingState::Doubled);
    EXPECT_THAT(town.worklist(), Contains("doubled"));
}

TEST_F(Wishes, AChangeOfABookingThatEndedMeanwhileStandsAndPeopleLookAtIt) {
    town.must<BookingCancelled>(CancelBooking{booked(), 1});
    const Envelope wish = change(kHana, kHalfPastNine, 1, {booked(), 1});
    EXPECT_EQ(town.push_one(kiosk, wish).reason, "stale-change");
    EXPECT_EQ(town.state_of({kiosk.id(), wish.number}), BookingState::Live);
}

TEST_F(Wishes, AChangeNeverEndsTheBookingOfSomebodyElse) {
    const Envelope wish = change(PersonId(2), kHalfPastNine, 1, {booked(), 1});
    EXPECT_EQ(town.push_one(kiosk, wish).reason, "stale-change");
    EXPECT_EQ(town.state_of(booked()), BookingState::Live);
}

TEST_F(Wishes, AChangeWithoutASeatLeavesTheOldBookingAndPeopleSeeBoth) {
    town.must<Imported>(PutSlots{{plan_of(town.slot(3), 0)}});
    const Answer answer = town.push_one(kiosk, change(kHana, SlotId(3), 1, {booked(), 1}));
    EXPECT_EQ(answer.verdict, Verdict::Aside);
    EXPECT_EQ(town.state_of(booked()), BookingState::Live);
    EXPECT_THAT(town.worklist(), testing::UnorderedElementsAre("no-seat", "cancel-aside"));
}

TEST_F(Wishes, AChangeThatPeopleBookAfterAllEndsTheOldBooking) {
    town.must<DeviceStands>(DeclareLost{kiosk.id(), "佐藤"});
    const Envelope wish = change(kHana, kHalfPastNine, 1, {booked(), 1});
    ASSERT_EQ(town.push_one(kiosk, wish).verdict, Verdict::Aside);
    ASSERT_THAT(town.worklist(), Contains("cancel-aside"));

    town.must<RowResolved>(ResolveRow{row_of("fenced"), Choice::Booked, "佐藤", "", {}});

    EXPECT_EQ(town.state_of(booked()), BookingState::Cancelled);
    EXPECT_EQ(town.state_of({kiosk.id(), wish.number}), BookingState::Live);
    EXPECT_THAT(town.worklist(), Not(Contains("cancel-aside")));
    EXPECT_THAT(town.worklist(), Not(Contains("doubled")));
}

TEST_F(Wishes, ASlipThatPeopleBookElsewhereIsAnotherVersionThanItsDeviceKnows) {
    town.must<Imported>(PutSlots{{plan_of(town.slot(3), 0)}});
    const Envelope sale = kiosk.sell(PersonId(2), SlotId(3), 1);
    const BookingId id{kiosk.id(), sale.number};
    ASSERT_EQ(town.push_one(kiosk, sale).reason, "no-seat");
    town.must<RowResolved>(
        ResolveRow{row_of("no-seat"), Choice::Booked, "佐藤", "", kHalfPastNine});
    const Answer answer = town.push_one(kiosk, kiosk.write(CancelWished{{id, 1}, PersonId(2)}));
    EXPECT_EQ(answer.reason, "stale-cancel");
    EXPECT_EQ(town.state_of(id), BookingState::Live);
}

}  // namespace
}  // namespace mado::server

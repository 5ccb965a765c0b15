// Changing and cancelling at a device: what it keeps, what it refuses, what it says of it.

#include "tests/support/device_in_town.h"

#include <gmock/gmock.h>

namespace mado::tests {
namespace {

using std::chrono::hours;
using std::chrono::seconds;
using testing::IsEmpty;
using testing::SizeIs;

class EngineWishes : public testing::Test {
  protected:
    // A day ahead and a week ahead; the town lets people change until two days before.
    EngineWishes() {
        for (const int day : {1, 7, 8}) {
            for (int time = 0; time < 2; ++time) {
                Slot slot = a_slot(day * 10 + time, in_days(day));
                slot.starts += std::chrono::minutes(30 * time);
                town.put(slot);
            }
        }
        for (int id = 1; id <= 9; ++id)
            town.put(ticket(id), a_resident(id));
        kiosk.sync();
        kiosk.advance(seconds(1));
        kiosk.sync();
    }

    static Ticket ticket(int id) { return a_ticket("000000000" + std::to_string(id)); }
    Booking book(int person, SlotId slot) {
        kiosk.book(a_resident(person), slot);
        kiosk.sync();
        const auto kept = kiosk.take<BookingKept>();
        MADO_CHECK(kept);
        return kept->slip.booking;
    }
    void change(const Booking& booking, SlotId to) {
        kiosk.ask(Book{{}, a_resident(booking.person.number()), to, {}, as_seen(booking)});
    }
    void cancel(const Booking& booking) { kiosk.ask(Cancel{{}, booking.person, as_seen(booking)}); }
    std::optional<Booking> shown(int person) {
        const auto login = kiosk.log_in(ticket(person));
        const auto* has = login ? std::get_if<HasBooking>(&login->standing) : nullptr;
        return has == nullptr ? std::nullopt : std::optional(has->booking);
    }
    // Its slot is closed; as it is after that.
    Booking change_at_the_town(Booking booking) {
        booking.state = BookingState::ToMove;
        ++booking.version;
        town.put(booking);
        return booking;
    }
    BookingState at_the_town(const Booking& booking) {
        return town.bookings().at(booking.id).state;
    }

    ModelServer town;
    DeviceInTown kiosk{town};
};

TEST_F(EngineWishes, ACancelIsDoneOnceTheServerSaysSo) {
    const Booking booking = book(1, SlotId(70));
    cancel(booking);
    EXPECT_TRUE(kiosk.silent()) << "online it waits for the answer";
    kiosk.sync();
    EXPECT_EQ(kiosk.take<CancelKept>()->progress, WishProgress::Done);
    EXPECT_EQ(at_the_town(booking), BookingState::Cancelled);
    EXPECT_EQ(shown(1), std::nullopt);
    EXPECT_THAT(town.broken(), IsEmpty());
}

TEST_F(EngineWishes, WithoutTheNetworkItIsOnItsWayAndNobodyIsShownTheBookingAgain) {
    const Booking booking = book(1, SlotId(70));
    kiosk.unplug();
    cancel(booking);
    EXPECT_EQ(kiosk.take<CancelKept>()->progress, WishProgress::OnItsWay);
    EXPECT_EQ(shown(1), std::nullopt);
    kiosk.restart();
    EXPECT_EQ(shown(1), std::nullopt) << "after a restart too";
    EXPECT_EQ(at_the_town(booking), BookingState::Live);
    kiosk.plug_in();
    EXPECT_EQ(at_the_town(booking), BookingState::Cancelled);
    EXPECT_EQ(shown(1), std::nullopt);
}

TEST_F(EngineWishes, AServerThatDoesNotAnswerIsWaitedForTwoSeconds) {
    const Booking booking = book(1, SlotId(70));
    kiosk.other_end = [](device::Lane, const HttpRequest&) {
        return std::optional<DeviceInTown::Outcome>();
    };
    cancel(booking);
    EXPECT_EQ(kiosk.wait_for_answer(), device::kAnswerPatience);
    EXPECT_EQ(kiosk.take<CancelKept>()->progress, WishProgress::OnItsWay);
}

TEST_F(EngineWishes, ABookingThatChangedMeanwhileIsForStaff) {
    Booking booking = book(1, SlotId(70));
    kiosk.unplug();
    const Booking moved = change_at_the_town(booking);
    cancel(booking);
    EXPECT_EQ(kiosk.take<CancelKept>()->progress, WishProgress::OnItsWay);
    kiosk.plug_in();
    EXPECT_EQ(at_the_town(booking), BookingState::ToMove) << "never applied blindly";
    EXPECT_EQ(shown(1), moved) << "and the device shows what there is";
}

TEST_F(EngineWishes, RefusesWhatIsNotAsItWasSeen) {
    Booking booking = book(1, SlotId(70));
    ++booking.version;
    cancel(booking);
    kiosk.sync();
    EXPECT_EQ(kiosk.take<CancelRefused>()->reason, CancelRefusal::OtherVersion);
    change(booking, SlotId(80));
    kiosk.sync();
    EXPECT_EQ(kiosk.take<BookingRefused>()->reason, BookingRefusal::OtherVersion);
}

TEST_F(EngineWishes, RefusesASecondCancelOfTheSameBooking) {
    const Booking booking = book(1, SlotId(70));
    kiosk.unplug();
    cancel(booking);
    ASSERT_TRUE(kiosk.take<CancelKept>());
    cancel(booking);
    EXPECT_EQ(kiosk.take<CancelRefused>()->reason, CancelRefusal::OtherVersion);
}

TEST_F(EngineWishes, RefusesBothOnceTheLastDayForThemHasPassed) {
    const Booking tomorrow = book(1, SlotId(10));
    cancel(tomorrow);
    kiosk.sync();
    EXPECT_EQ(kiosk.take<CancelRefused>()->reason, CancelRefusal::TooLate);
    change(tomorrow, SlotId(70));
    kiosk.sync();
    EXPECT_EQ(kiosk.take<BookingRefused>()->reason, BookingRefusal::TooLate);
    EXPECT_EQ(at_the_town(tomorrow), BookingState::Live);
}

TEST_F(EngineWishes, TheLastDayItselfIsInTime) {
    const Booking booking = book(1, SlotId(70));
    kiosk.unplug();
    kiosk.advance(hours(24 * 5));
    cancel(booking);
    EXPECT_TRUE(kiosk.take<CancelKept>()) << "two days before";
}

TEST_F(EngineWishes, TheDayAfterIsTooLate) {
    const Booking booking = book(1, SlotId(70));
    kiosk.unplug();
    kiosk.advance(hours(24 * 6));
    cancel(booking);
    EXPECT_EQ(kiosk.take<CancelRefused>()->reason, CancelRefusal::TooLate);
}

TEST_F(EngineWishes, AChangeEndsTheOldBookingAndTheNewOneStands) {
    const Booking booking = book(1, SlotId(70));
    change(booking, SlotId(80));
    kiosk.sync();
    const auto kept = kiosk.take<BookingKept>();
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->slip.slot.id, SlotId(80));
    EXPECT_EQ(at_the_town(booking), BookingState::Cancelled);
    EXPECT_EQ(at_the_town(kept->slip.booking), BookingState::Live);
    EXPECT_EQ(shown(1)->id, kept->slip.booking.id);
    EXPECT_THAT(town.broken(), IsEmpty());
}

TEST_F(EngineWishes, AChangeHoldsWithoutTheNetworkAndAfterARestart) {
    const Booking booking = book(1, SlotId(70));
    kiosk.unplug();
    change(booking, SlotId(10));
    const auto kept = kiosk.take<BookingKept>();
    ASSERT_TRUE(kept);
    EXPECT_EQ(shown(1)->id, kept->slip.booking.id);
    kiosk.restart();
    EXPECT_EQ(shown(1)->id, kept->slip.booking.id);
    kiosk.plug_in();
    EXPECT_EQ(at_the_town(booking), BookingState::Cancelled);
    EXPECT_EQ(shown(1)->id, kept->slip.booking.id);
}

TEST_F(EngineWishes, WhoCancelledMayBookAnew) {
    const Booking booking = book(1, SlotId(70));
    kiosk.unplug();
    cancel(booking);
    ASSERT_TRUE(kiosk.take<CancelKept>());
    kiosk.book(a_resident(1), SlotId(10));
    ASSERT_TRUE(kiosk.take<BookingKept>());
    kiosk.plug_in();
    EXPECT_THAT(town.bookings(), SizeIs(2));
    EXPECT_EQ(at_the_town(booking), BookingState::Cancelled);
}

TEST_F(EngineWishes, AChangeToTheSameSlotOrToAFullOneIsNoChange) {
    const Booking booking = book(1, SlotId(70));
    change(booking, SlotId(70));
    kiosk.sync();
    EXPECT_EQ(kiosk.take<BookingRefused>()->reason, BookingRefusal::AlreadyBooked);
    kiosk.unplug();
    change(booking, SlotId(81));
    EXPECT_EQ(kiosk.take<BookingRefused>()->reason, BookingRefusal::NoSeat);
    EXPECT_EQ(shown(1)->id, booking.id);
}

TEST_F(EngineWishes, ASlipIsOwedStillWhereTheCancelTurnsOutStale) {
    const Booking booking = book(1, SlotId(70));
    kiosk.unplug();
    change_at_the_town(booking);
    cancel(booking);
    ASSERT_TRUE(kiosk.take<CancelKept>());
    kiosk.plug_in();
    const auto login = kiosk.log_in(ticket(1));
    ASSERT_TRUE(std::holds_alternative<HasBooking>(login->standing));
    EXPECT_TRUE(login->slip_owed);
}

TEST_F(EngineWishes, AChangeSaysHowFarTheEndOfTheBookingBeforeHasCome) {
    const Booking first = book(1, SlotId(70));
    change(first, SlotId(80));
    kiosk.sync();
    const auto done = kiosk.take<BookingKept>();
    EXPECT_EQ(done->earlier, WishProgress::Done);

    kiosk.unplug();
    change(done->slip.booking, SlotId(70));
    const auto kept = kiosk.take<BookingKept>();
    EXPECT_EQ(kept->earlier, WishProgress::OnItsWay);
    kiosk.plug_in();

    kiosk.book(a_resident(2), SlotId(71));
    kiosk.sync();
    EXPECT_EQ(kiosk.take<BookingKept>()->earlier, std::nullopt) << "there was none before";
}

TEST_F(EngineWishes, AChangeThatTheServerFindsStaleIsForStaff) {
    const Booking booking = book(1, SlotId(70));
    // The feed stands still, so that the device does not hear of it first.
    const auto straight = straight_to(town, kiosk.id());
    kiosk.other_end = [straight](device::Lane lane, const HttpRequest& request) {
        return lane == device::Lane::Pull ? std::optional<DeviceInTown::Outcome>()
                                          : straight(lane, request);
    };
    change_at_the_town(booking);
    change(booking, SlotId(80));
    kiosk.sync();
    EXPECT_EQ(kiosk.take<BookingKept>()->earlier, WishProgress::ForStaff);
    EXPECT_EQ(at_the_town(booking), BookingState::ToMove);
}

TEST_F(EngineWishes, WhereTheDayItselfIsTheLastTheAppointmentEndsIt) {
    Town same_day = a_town();
    same_day.change_days_before = 0;
    town.put(same_day);
    kiosk.sync();
    const Booking tomorrow = book(1, SlotId(10));
    kiosk.unplug();
    const Instant starts = instant_in_japan(in_days(1), a_slot(10, in_days(1)).starts);
    kiosk.advance(std::chrono::duration_cast<Milliseconds>(starts - kiosk.now));
    cancel(tomorrow);
    EXPECT_EQ(kiosk.take<CancelRefused>()->reason, CancelRefusal::TooLate);
}

}  // namespace
}  // namespace mado::tests

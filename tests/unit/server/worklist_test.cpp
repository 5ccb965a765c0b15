// What people decide about rows of the worklist, and what it does to bookings and seats.

#include "tests/support/server/server_town.h"

#include <gmock/gmock.h>

namespace mado::server {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;
using tests::ServerTown;

const PersonId kHana(1);
const PersonId kTaro(2);
const SlotId kNine(1);
const SlotId kHalfPastNine(2);
const SlotId kTen(3);
constexpr const char* kSato = "佐藤";

class Worklist : public testing::Test {
  protected:
    void TearDown() override { EXPECT_THAT(tests::broken_invariants(town.reads()), IsEmpty()); }

    // The open row with this reason, about this booking where one is named.
    WorklistEntry row(const std::string& reason, std::optional<BookingId> booking = {}) {
        for (const auto& entry : town.reads().worklist(true).value()) {
            if (entry.reason == reason && (!booking || entry.booking == booking)) return entry;
        }
        ADD_FAILURE() << "no open row " << reason;
        return {};
    }
    Outcome resolve(std::int64_t id, Choice choice, std::optional<SlotId> slot = {}) {
        return town.run(ResolveRow{id, choice, kSato, "", slot});
    }
    WorklistEntry resolved(std::int64_t id, Choice choice, std::optional<SlotId> slot = {}) {
        return town.must<RowResolved>(ResolveRow{id, choice, kSato, "a note", slot}).row;
    }
    CommandRefusal refusal(const Outcome& outcome) { return std::get<Refused>(outcome).reason; }

    BookingId booked(PersonId person, SlotId slot) {
        return town.must<BookingMade>(BookFree{person, 1, slot}).booking.id;
    }
    void plan(const Slot& slot, int target) {
        town.must<Imported>(
            PutSlots{{{slot.venue, slot.date, slot.starts, slot.length, slot.vaccine, target}}});
    }

    ServerTown town;
};

// Hana booked at nine by the web and at half past nine at a kiosk that was offline.
class DoubledBooking : public Worklist {
  protected:
    DoubledBooking() : kiosk(town.a_device()), web(booked(kHana, kNine)) {
        town.grant(kiosk, kHalfPastNine, 1);
        town.push_one(kiosk, kiosk.sell(kHana, kHalfPastNine, 1));
        slip = {kiosk.id(), EventNumber(1)};
    }

    tests::ChainedDevice kiosk;
    BookingId web;
    BookingId slip;
};

TEST_F(DoubledBooking, EndsWhenThePersonHasChosenWhichStays) {
    const WorklistEntry done = resolved(row("doubled", slip).id, Choice::Kept);

    EXPECT_EQ(done.resolution, (Resolution{"kept", town.now, kSato, "a note"}));
    EXPECT_EQ(town.state_of(slip), BookingState::Live);
    EXPECT_EQ(town.state_of(web), BookingState::Cancelled);
    EXPECT_EQ(town.slot(1).seats, (SeatCount{10, 0, 0}));
    EXPECT_EQ(town.slot(2).seats, (SeatCount{10, 1, 0}));
    EXPECT_THAT(town.worklist(), IsEmpty());
    // The other row says what became of its booking, and by whom.
    const auto all = town.reads().worklist(false).value();
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].booking, web);
    EXPECT_EQ(all[0].resolution, (Resolution{"cancelled", town.now, kSato, "a note"}));
    EXPECT_EQ(all[1], done);
}

TEST_F(DoubledBooking, EndsTooWhenOneOfTheTwoIsCancelled) {
    resolved(row("doubled", slip).id, Choice::Cancelled);

    EXPECT_EQ(town.state_of(slip), BookingState::Cancelled);
    EXPECT_EQ(town.state_of(web), BookingState::Live);
    EXPECT_THAT(town.worklist(), IsEmpty());
    EXPECT_EQ(town.reads().worklist(false).value()[0].resolution,
              (Resolution{"kept", town.now, kSato, ""}));
}

TEST_F(DoubledBooking, OfThreeOneIsKept) {
    auto other = town.a_device();
    town.grant(other, kTen, 1);
    town.push_one(other, other.sell(kHana, kTen, 1));
    ASSERT_EQ(town.worklist().size(), 3U);

    resolved(row("doubled", web).id, Choice::Kept);

    EXPECT_EQ(town.state_of(web), BookingState::Live);
    EXPECT_EQ(town.slot(2).seats.booked + town.slot(3).seats.booked, 0);
    EXPECT_THAT(town.worklist(), IsEmpty());
}

TEST_F(DoubledBooking, IsToMoveWhereTheOneThatIsKeptWasClosed) {
    plan(town.slot(2), 0);
    EXPECT_THAT(town.worklist(), UnorderedElementsAre("doubled", "doubled", "slot-closed"));

    resolved(row("doubled", slip).id, Choice::Kept);

    EXPECT_EQ(town.state_of(slip), BookingState::ToMove);
    EXPECT_THAT(town.worklist(), ElementsAre("slot-closed"));
}

TEST_F(DoubledBooking, CannotJustBeNoted) {
    EXPECT_EQ(refusal(resolve(row("doubled", slip).id, Choice::Noted)),
              CommandRefusal::ChoiceRefused);
    EXPECT_EQ(town.worklist().size(), 2U);
}

TEST_F(DoubledBooking, IsDecidedOnceAndASecondTrySaysWhatWasDone) {
    const std::int64_t id = row("doubled", slip).id;
    const WorklistEntry first = resolved(id, Choice::Kept);
    town.now += std::chrono::hours(1);

    const auto second = town.must<RowWasResolved>(ResolveRow{id, Choice::Cancelled, "鈴木"});

    EXPECT_EQ(second.row, first);
    EXPECT_EQ(town.state_of(slip), BookingState::Live);
}

TEST_F(DoubledBooking, IsDecidedOnceInOneBatchToo) {
    const auto outcomes = town.run_all({ResolveRow{row("doubled", slip).id, Choice::Kept, kSato},
                                        ResolveRow{row("doubled", web).id, Choice::Kept, "鈴木"}});

    EXPECT_TRUE(std::holds_alternative<RowResolved>(outcomes[0]));
    const auto& second = std::get<RowWasResolved>(outcomes[1]);
    EXPECT_EQ(second.row.resolution, (Resolution{"cancelled", town.now, kSato, ""}));
    EXPECT_EQ(town.state_of(slip), BookingState::Live);
}

TEST_F(Worklist, ABookingOfAClosedSlotEndsWhenItIsMoved) {
    const BookingId id = booked(kHana, kNine);
    plan(town.slot(1), 0);
    const WorklistEntry closed = row("slot-closed", id);
    EXPECT_EQ(refusal(resolve(closed.id, Choice::Moved)), CommandRefusal::SlotNeeded);
    EXPECT_EQ(refusal(resolve(closed.id, Choice::Moved, SlotId(99))), CommandRefusal::UnknownSlot);
    EXPECT_EQ(refusal(resolve(closed.id, Choice::Moved, kNine)), CommandRefusal::SlotRefused);

    resolved(closed.id, Choice::Moved, kTen);

    EXPECT_EQ(town.state_of(id), BookingState::Live);
    EXPECT_EQ(town.slot(1).seats, (SeatCount{0, 0, 0}));
    EXPECT_EQ(town.slot(3).seats, (SeatCount{10, 1, 0}));
    EXPECT_EQ(town.bookings().at(0).booking.slot, kTen);
    EXPECT_THAT(town.worklist(), IsEmpty());
}

TEST_F(Worklist, NothingIsMovedToASlotThatIsFullOrClosedOrOver) {
    const BookingId id = booked(kHana, kNine);
    plan(town.slot(1), 0);
    const std::int64_t closed = row("slot-closed", id).id;
    plan(town.slot(2), 0);
    plan(town.slot(3), 1);
    booked(kTaro, kTen);
    EXPECT_EQ(refusal(resolve(closed, Choice::Moved, kHalfPastNine)), CommandRefusal::SlotRefused);
    EXPECT_EQ(refusal(resolve(closed, Choice::Moved, kTen)), CommandRefusal::NoSeat);
    town.now += std::chrono::days(30);
    EXPECT_EQ(refusal(resolve(closed, Choice::Moved, SlotId(4))), CommandRefusal::SlotRefused);
    EXPECT_EQ(town.state_of(id), BookingState::ToMove);
}

TEST_F(Worklist, ABookingOfAClosedSlotEndsWhenItIsCancelled) {
    const BookingId id = booked(kHana, kNine);
    plan(town.slot(1), 0);
    resolved(row("slot-closed", id).id, Choice::Cancelled);
    EXPECT_EQ(town.state_of(id), BookingState::Cancelled);
    EXPECT_EQ(town.slot(1).seats, (SeatCount{0, 0, 0}));
}

TEST_F(Worklist, ASlotThatOpensAgainSettlesItByItself) {
    const BookingId id = booked(kHana, kNine);
    const Slot nine = town.slot(1);
    plan(nine, 0);
    plan(nine, 10);
    EXPECT_EQ(town.state_of(id), BookingState::Live);
    EXPECT_EQ(town.reads().worklist(false).value().at(0).resolution,
              (Resolution{"slot-opened", town.now}));
}

TEST_F(Worklist, ASlipOfALostDeviceBecomesABookingFromTheSeatThatItStillHolds) {
    auto kiosk = town.a_device();
    town.grant(kiosk, kNine, 2);
    town.must<DeviceStands>(DeclareLost{kiosk.id(), kSato});
    town.push_one(kiosk, kiosk.sell(kHana, kNine, 1));
    const WorklistEntry kept = row("fenced");
    EXPECT_EQ(kept.person, kHana);
    EXPECT_EQ(kept.slot, kNine);

    resolved(kept.id, Choice::Booked);

    const BookingId slip{kiosk.id(), EventNumber(1)};
    EXPECT_EQ(town.state_of(slip), BookingState::Live);
    EXPECT_EQ(town.slot(1).seats, (SeatCount{10, 1, 1}));
}

TEST_F(Worklist, ASlipOfALostDeviceGetsAFreeSeatOnceItsOwnWereReturned) {
    auto kiosk = town.a_device();
    town.grant(kiosk, kNine, 2);
    town.must<DeviceStands>(DeclareLost{kiosk.id(), kSato});
    town.must<DeviceStands>(ReturnSeats{kiosk.id(), kSato});
    town.push_one(kiosk, kiosk.sell(kHana, kNine, 1));
    plan(town.slot(1), 1);
    booked(kTaro, kNine);

    EXPECT_EQ(refusal(resolve(row("fenced").id, Choice::Booked)), CommandRefusal::NoSeat);
    resolved(row("fenced").id, Choice::Booked, kTen);

    EXPECT_EQ(town.slot(3).seats, (SeatCount{10, 1, 0}));
    EXPECT_EQ(town.slot(1).seats, (SeatCount{1, 1, 0}));
}

TEST_F(Worklist, ASlipOfACloneIsDoubledWhereThePersonIsBookedAlready) {
    auto kiosk = town.a_device();
    town.grant(kiosk, kNine, 4);
    auto clone = kiosk;
    clone.nonce = 99;
    town.push_one(kiosk, kiosk.sell(kHana, kNine, 1));
    town.push(clone, {clone.sell(kHana, kNine, 1)});

    resolved(row("clone", BookingId{kiosk.id(), EventNumber(1)}).id, Choice::Booked);

    // Its number is taken, so it has one of the server's.
    EXPECT_EQ(town.state_of({kiosk.id(), EventNumber(1)}), BookingState::Doubled);
    EXPECT_EQ(town.state_of({DeviceId(0), EventNumber(1)}), BookingState::Doubled);
    EXPECT_EQ(town.slot(1).seats, (SeatCount{10, 2, 2}));
}

TEST_F(Worklist, ASlipThatNobodyCanBeBookedForCanBeNoted) {
    auto kiosk = town.a_device();
    town.push_one(kiosk, kiosk.sell(PersonId(999), kNine, 1));
    const std::int64_t id = row("unknown-person").id;
    EXPECT_EQ(refusal(resolve(id, Choice::Booked)), CommandRefusal::ChoiceRefused);
    resolved(id, Choice::Noted);
    EXPECT_THAT(town.worklist(), IsEmpty());
}

TEST_F(Worklist, ASlipThatFoundNoSeatIsBookedWhereThereIsOne) {
    auto liar = town.a_device();
    plan(town.slot(1), 0);
    town.push_one(liar, liar.sell(kHana, kNine, 1));
    resolved(row("no-seat").id, Choice::Booked, kTen);
    EXPECT_EQ(town.state_of({liar.id(), EventNumber(1)}), BookingState::Live);
    EXPECT_EQ(town.slot(3).seats, (SeatCount{10, 1, 0}));
}

TEST_F(Worklist, DeclaringADeviceLostAndReturningItsSeatsSayWhoAndWhen) {
    auto kiosk = town.a_device();
    town.grant(kiosk, kNine, 3);
    town.must<DeviceStands>(DeclareLost{kiosk.id(), kSato});
    town.must<DeviceStands>(DeclareLost{kiosk.id(), "鈴木"});
    EXPECT_THAT(town.worklist(), ElementsAre("lost"));
    EXPECT_EQ(row("lost").by, kSato);
    EXPECT_EQ(town.slot(1).seats, (SeatCount{10, 0, 3}));
    const Instant lost_at = town.now;
    town.now += std::chrono::hours(2);

    town.must<DeviceStands>(ReturnSeats{kiosk.id(), "鈴木"});

    EXPECT_EQ(town.slot(1).seats, (SeatCount{10, 0, 0}));
    EXPECT_THAT(town.worklist(), IsEmpty());
    const auto all = town.reads().worklist(false).value();
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].since, lost_at);
    EXPECT_EQ(all[0].resolution, (Resolution{"seats-returned", town.now, "鈴木"}));
    EXPECT_EQ(all[1].reason, "seats-returned");
    EXPECT_EQ(all[1].by, "鈴木");
    EXPECT_EQ(all[1].since, town.now);
}

TEST_F(Worklist, TheSeatsOfACloneComeBackFromItsRowToo) {
    auto kiosk = town.a_device();
    town.grant(kiosk, kNine, 3);
    auto clone = kiosk;
    clone.nonce = 99;
    town.push_one(kiosk, kiosk.write(Started{}));
    town.push_one(clone, clone.write(Started{}));

    resolved(row("clone").id, Choice::SeatsReturned);

    EXPECT_EQ(town.slot(1).seats, (SeatCount{10, 0, 0}));
}

TEST_F(Worklist, NobodyDecidesWithoutAName) {
    const auto kiosk = town.a_device();
    const std::string long_name(101, 'x');
    for (const std::string& by : {std::string(), std::string("a\nb"), long_name}) {
        EXPECT_EQ(refusal(town.run(DeclareLost{kiosk.id(), by})), CommandRefusal::NameNeeded);
    }
    town.must<DeviceStands>(DeclareLost{kiosk.id(), kSato});
    EXPECT_EQ(refusal(town.run(ReturnSeats{kiosk.id(), ""})), CommandRefusal::NameNeeded);
    EXPECT_EQ(refusal(town.run(ResolveRow{row("lost").id, Choice::Noted, ""})),
              CommandRefusal::NameNeeded);
}

TEST_F(Worklist, ATicketsDigitsDoNotGetIntoANote) {
    const auto kiosk = town.a_device();
    town.must<DeviceStands>(DeclareLost{kiosk.id(), kSato});
    const auto noted = [&](const std::string& note) {
        return town.run(ResolveRow{row("lost").id, Choice::Noted, kSato, note});
    };
    EXPECT_EQ(refusal(noted("券番号 1234567890")), CommandRefusal::NoteRefused);
    EXPECT_EQ(refusal(noted("券番号 １２３４５67890")), CommandRefusal::NoteRefused);
    EXPECT_EQ(refusal(noted(std::string(501, 'x'))), CommandRefusal::NoteRefused);
    EXPECT_EQ(refusal(noted("two\nlines")), CommandRefusal::NoteRefused);
    EXPECT_TRUE(std::holds_alternative<RowResolved>(noted("072-000-0001 に電話した")));
}

TEST_F(Worklist, ARowThatThereIsNotIsRefused) {
    EXPECT_EQ(refusal(resolve(77, Choice::Noted)), CommandRefusal::UnknownRow);
}

TEST(WorklistRules, EveryReasonHasASentenceAndSomethingToDo) {
    for (const WorklistRule& rule : rules_about_bookings()) {
        EXPECT_FALSE(rule.happened.empty()) << rule.reason;
        EXPECT_FALSE(rule.choices.empty()) << rule.reason;
    }
    for (const char* reason : {"lost", "clone", "revoked", "given-too-early"}) {
        EXPECT_NE(rule_of(reason, false).reason, "") << reason;
    }
    EXPECT_TRUE(rule_of("from-the-future", true).offers(Choice::Noted));
}

TEST(WorklistRules, ChoicesAreReadAsTheyAreWritten) {
    for (const Choice choice : {Choice::Kept, Choice::Cancelled, Choice::Moved, Choice::Booked,
                                Choice::Admitted, Choice::SeatsReturned, Choice::Noted}) {
        EXPECT_EQ(parse_choice(name_of(choice)), choice);
        EXPECT_FALSE(effect_of(choice).empty());
    }
    EXPECT_FALSE(parse_choice("danced"));
}

}  // namespace
}  // namespace mado::server

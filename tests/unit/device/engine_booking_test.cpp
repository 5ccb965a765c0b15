#include "sync/protocol/event_json.h"
#include "tests/support/device_in_town.h"

#include <gmock/gmock.h>

namespace mado::tests {
namespace {

using device::Lane;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::Contains;
using testing::IsEmpty;
using testing::SizeIs;

class EngineBooking : public testing::Test {
  protected:
    EngineBooking() {
        // One venue, four days, four slots of ten seats each: a day takes forty.
        for (int day = 1; day <= 4; ++day) {
            for (int time = 0; time < 4; ++time) {
                Slot slot = a_slot(day * 10 + time, in_days(day));
                slot.starts += minutes(15 * time);
                town.put(slot);
            }
        }
        for (int id = 1; id <= 30; ++id)
            town.put(ticket(id), a_resident(id));
    }

    static Ticket ticket(int id) { return a_ticket("00000000" + std::to_string(10 + id)); }
    // Ready, with the holdings of the plan: 10, 20 and 30 with four seats each.
    void go() {
        kiosk.sync();
        kiosk.advance(seconds(1));
        kiosk.sync();
        ASSERT_EQ(town.lease(kiosk.id(), SlotId(10)).left(), 4);
        ASSERT_EQ(kiosk.engine().facts().leases.at(SlotId(10)).left(), 4);
    }
    std::optional<BookingRefusal> refused() {
        const auto answer = kiosk.take<BookingRefused>();
        return answer ? std::optional(answer->reason) : std::nullopt;
    }
    bool kept() { return kiosk.take<BookingKept>().has_value(); }
    sqlite::Database database() {
        return sqlite::Database::open(kiosk.database(), sqlite::Access::ReadWrite).value();
    }
    void break_the_disk() {
        ASSERT_TRUE(database()
                        .execute("CREATE TRIGGER full_disk BEFORE INSERT ON journal_event "
                                 "BEGIN SELECT RAISE(ABORT, 'full'); END")
                        .ok());
    }
    void mend_the_disk() { ASSERT_TRUE(database().execute("DROP TRIGGER full_disk").ok()); }

    ModelServer town;
    DeviceInTown kiosk{town};
};

TEST_F(EngineBooking, OffersWhatIsFreeAndWhatItHoldsWhileOnline) {
    go();
    const auto listed = kiosk.offers(*kiosk.log_in(ticket(1)));
    EXPECT_TRUE(listed.online);
    ASSERT_THAT(listed.offers.offers, SizeIs(16));
    EXPECT_EQ(listed.offers.offers.front().slot.id, SlotId(10));
    EXPECT_EQ(listed.offers.offers.front().seats, 10);
}

TEST_F(EngineBooking, OffersOnlyWhatItHoldsWithoutTheNetwork) {
    go();
    kiosk.unplug();
    const auto listed = kiosk.offers(*kiosk.log_in(ticket(1)));
    EXPECT_FALSE(listed.online);
    ASSERT_THAT(listed.offers.offers, SizeIs(3));
    for (const auto& offer : listed.offers.offers)
        EXPECT_EQ(offer.seats, 4);
}

TEST_F(EngineBooking, OffersASecondDoseOfTheSameVaccineAfterItsInterval) {
    Resident between = a_resident(1);
    between.last_dose = DoseRecord{1, in_days(-17), a_vaccine_code()};  // day 19 is in two days
    town.put(ticket(1), between);
    Slot other = a_slot(99, in_days(3));
    other.vaccine = a_vaccine_code("moderna");
    town.put(other);
    go();
    const auto listed = kiosk.offers(*kiosk.log_in(ticket(1)));
    EXPECT_THAT(listed.offers.offers, SizeIs(12));
    for (const auto& offer : listed.offers.offers) {
        EXPECT_GE(offer.slot.date, in_days(2));
        EXPECT_EQ(offer.slot.vaccine, a_vaccine_code());
    }
}

TEST_F(EngineBooking, SellsAHeldSeatAtOnceWithoutTheNetworkAndTheServerHasItLater) {
    go();
    kiosk.unplug();
    kiosk.book(a_resident(1), SlotId(10));
    const auto kept = kiosk.take<BookingKept>();
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->slip.slot.id, SlotId(10));
    EXPECT_EQ(kept->slip.change_until, std::nullopt);  // tomorrow's: two days before has passed
    EXPECT_THAT(town.bookings(), IsEmpty());

    kiosk.plug_in();
    ASSERT_THAT(town.bookings(), SizeIs(1));
    EXPECT_EQ(town.bookings().begin()->first, kept->slip.booking.id);
    EXPECT_THAT(town.broken(), IsEmpty());
    EXPECT_EQ(kiosk.status().backlog.unanswered, 0U);
}

TEST_F(EngineBooking, SignsTheSlipSoThatAnyDeskCanReadIt) {
    go();
    kiosk.unplug();
    kiosk.book(a_resident(1), SlotId(10));
    const auto slip = kiosk.take<BookingKept>().value().slip;
    const auto read = sync::read_slip_code(slip.code, kiosk.town_key().public_key());
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(read->booking, slip.booking.id);
    EXPECT_EQ(read->person, PersonId(1));
    EXPECT_EQ(read->slot, SlotId(10));
    EXPECT_EQ(read->signer, kiosk.id());
}

TEST_F(EngineBooking, SaysNoSeatWithoutTheNetworkWhereItHoldsNone) {
    go();
    kiosk.unplug();
    kiosk.book(a_resident(1), SlotId(41));
    EXPECT_EQ(refused(), BookingRefusal::NoSeat);
}

TEST_F(EngineBooking, NeverSellsMoreThanItHolds) {
    go();
    kiosk.unplug();
    int sold = 0;
    for (int id = 1; id <= 8; ++id) {
        kiosk.book(a_resident(id), SlotId(10));
        sold += kept() ? 1 : 0;
    }
    EXPECT_EQ(sold, 4);
    kiosk.plug_in();
    EXPECT_THAT(town.broken(), IsEmpty());
}

TEST_F(EngineBooking, AsksTheServerForASeatThatItDoesNotHold) {
    go();
    kiosk.book(a_resident(1), SlotId(41));
    EXPECT_TRUE(kiosk.silent());
    kiosk.sync();
    EXPECT_TRUE(kept());
    ASSERT_THAT(town.bookings(), SizeIs(1));
}

TEST_F(EngineBooking, SaysNoSeatWhenTheSlotFilledBetweenShowingAndTouching) {
    go();
    for (int person = 100; person < 110; ++person)
        ASSERT_TRUE(town.book_elsewhere(PersonId(person), SlotId(41)));
    kiosk.book(a_resident(1), SlotId(41));
    kiosk.exchange(Lane::Lease);
    EXPECT_EQ(refused(), BookingRefusal::NoSeat);
}

TEST_F(EngineBooking, SaysNoSeatWhenTheServerIsSilentForFiveSeconds) {
    go();
    kiosk.other_end = [](Lane, const HttpRequest&) {
        return std::optional<DeviceInTown::Outcome>();
    };
    kiosk.book(a_resident(1), SlotId(41));
    kiosk.exchange(Lane::Lease);
    kiosk.advance(Milliseconds(4'999));
    EXPECT_TRUE(kiosk.silent());
    kiosk.advance(Milliseconds(1));
    EXPECT_EQ(refused(), BookingRefusal::NoSeat);
}

TEST_F(EngineBooking, WaitsTwoSecondsForTheServersWordAndThenKeepsTheBookingAllTheSame) {
    go();
    kiosk.other_end = [](Lane, const HttpRequest&) {
        return std::optional<DeviceInTown::Outcome>();
    };
    kiosk.book(a_resident(1), SlotId(10));
    kiosk.advance(Milliseconds(1'999));
    EXPECT_TRUE(kiosk.silent());
    kiosk.advance(Milliseconds(1));
    EXPECT_TRUE(kept());
}

TEST_F(EngineBooking, WaitsNoLongerOnceTheServerHasAnsweredOrTheNetworkHasGone) {
    go();
    kiosk.book(a_resident(1), SlotId(10));
    EXPECT_TRUE(kiosk.silent());
    kiosk.exchange(Lane::Push);
    EXPECT_TRUE(kept());

    kiosk.book(a_resident(2), SlotId(10));
    EXPECT_TRUE(kiosk.silent());
    kiosk.other_end = nowhere();
    kiosk.exchange(Lane::Push);
    EXPECT_TRUE(kept());
}

TEST_F(EngineBooking, RefusesASecondBookingForTheSameDose) {
    go();
    kiosk.unplug();
    kiosk.book(a_resident(1), SlotId(10));
    EXPECT_TRUE(kept());
    kiosk.book(a_resident(1), SlotId(20));
    EXPECT_EQ(refused(), BookingRefusal::AlreadyBooked);
    kiosk.plug_in();
    kiosk.book(a_resident(1), SlotId(20));
    EXPECT_EQ(refused(), BookingRefusal::AlreadyBooked);
}

TEST_F(EngineBooking, TwoTouchesBeforeTheServerAnswersMakeOneBooking) {
    go();
    kiosk.book(a_resident(1), SlotId(41));
    kiosk.book(a_resident(1), SlotId(42));
    kiosk.sync();
    EXPECT_TRUE(kept());
    EXPECT_EQ(refused(), BookingRefusal::AlreadyBooked);
    EXPECT_THAT(town.bookings(), SizeIs(1));
}

TEST_F(EngineBooking, AnAnswerThatOutranTheFeedDoesNotSellASecondBooking) {
    go();
    kiosk.unplug();
    kiosk.book(a_resident(1), SlotId(10));
    EXPECT_TRUE(kept());
    kiosk.other_end = straight_to(town, kiosk.id());
    kiosk.advance(seconds(31));
    ASSERT_TRUE(kiosk.exchange(Lane::Push));
    ASSERT_EQ(kiosk.status().backlog.unanswered, 0U);
    ASSERT_LT(kiosk.status().cursor, town.position());
    EXPECT_TRUE(std::holds_alternative<HasBooking>(kiosk.log_in(ticket(1))->standing));
    kiosk.restart();
    EXPECT_TRUE(std::holds_alternative<HasBooking>(kiosk.log_in(ticket(1))->standing));
}

TEST_F(EngineBooking, OffersNothingThatBeginsTooSoon) {
    Slot soon = a_slot(97, today(), "09:30");
    soon.seats = seats(9);
    town.put(soon);
    Town closing = a_town();
    closing.booking_closes = std::chrono::minutes(60);
    town.put(closing);
    go();
    const auto listed = kiosk.offers(*kiosk.log_in(ticket(1)));
    EXPECT_FALSE(listed.offers.offers.empty());
    for (const auto& offer : listed.offers.offers)
        EXPECT_NE(offer.slot.id, SlotId(97));
    kiosk.book(a_resident(1), SlotId(97));
    EXPECT_EQ(refused(), BookingRefusal::SlotPast);
}

TEST_F(EngineBooking, RefusesWhatTheRulesRefuse) {
    Slot past = a_slot(97, today(), "08:45");
    town.put(past);
    Slot closed = a_slot(98, in_days(2));
    closed.seats = seats(0);
    town.put(closed);
    Slot astra = a_slot(99, in_days(3));
    astra.vaccine = a_vaccine_code("astrazeneca");
    town.put(astra);
    Resident young = a_resident(2);
    young.birth_date = Personal<BirthDate>(a_birth_date(20010101));
    town.put(ticket(2), young);
    go();
    kiosk.book(a_resident(1), SlotId(97));
    EXPECT_EQ(refused(), BookingRefusal::SlotPast);
    kiosk.book(a_resident(1), SlotId(98));
    EXPECT_EQ(refused(), BookingRefusal::NoSeat);
    kiosk.book(young, SlotId(99));
    EXPECT_EQ(refused(), BookingRefusal::TooYoung);
    kiosk.book(a_resident(1), SlotId(12345));
    EXPECT_EQ(refused(), BookingRefusal::SlotUnknown);
    kiosk.book(a_resident_after_dose(2, in_days(-30)), SlotId(10));
    EXPECT_EQ(refused(), BookingRefusal::NotEligible);
    EXPECT_THAT(town.bookings(), IsEmpty());
}

TEST_F(EngineBooking, AFullDiskBooksNothingAndTheDeviceGoesOn) {
    go();
    kiosk.unplug();
    break_the_disk();
    kiosk.book(a_resident(1), SlotId(10));
    EXPECT_EQ(refused(), BookingRefusal::StorageFailed);
    EXPECT_TRUE(std::holds_alternative<MayBook>(kiosk.log_in(ticket(1))->standing));
    EXPECT_EQ(kiosk.engine().facts().leases.at(SlotId(10)).left(), 4);

    mend_the_disk();
    kiosk.book(a_resident(1), SlotId(10));
    EXPECT_TRUE(kept());
    kiosk.plug_in();
    EXPECT_THAT(town.bookings(), SizeIs(1));
    EXPECT_THAT(town.broken(), IsEmpty());
}

// "Just filled" would send her round and round.
TEST_F(EngineBooking, AFullDiskThatDoesNotTakeAGrantedSeatIsNotCalledFull) {
    go();
    ASSERT_TRUE(database()
                    .execute("CREATE TRIGGER full_disk BEFORE INSERT ON lease "
                             "BEGIN SELECT RAISE(ABORT, 'full'); END")
                    .ok());
    kiosk.book(a_resident(1), SlotId(41));
    kiosk.sync();
    EXPECT_EQ(refused(), BookingRefusal::StorageFailed);
    EXPECT_THAT(town.bookings(), IsEmpty());
    mend_the_disk();
    kiosk.advance(seconds(31));
    kiosk.book(a_resident(1), SlotId(41));
    kiosk.sync();
    EXPECT_TRUE(kept());
}

TEST_F(EngineBooking, ASlipThatNeverCameOutIsOfferedAgainToTheSamePersonOnly) {
    go();
    kiosk.unplug();
    kiosk.book(a_resident(1), SlotId(10));
    const auto booking = kiosk.take<BookingKept>().value().slip.booking;
    kiosk.restart();  // the plug was pulled between the commit and the print
    EXPECT_TRUE(kiosk.log_in(ticket(1))->slip_owed);
    EXPECT_EQ(kiosk.log_in(ticket(1))->slip->booking.id, booking.id);
    EXPECT_FALSE(kiosk.log_in(ticket(2))->slip_owed);

    kiosk.ask(NoteSlip{booking.id, false});
    EXPECT_TRUE(kiosk.log_in(ticket(1))->slip_owed);
    kiosk.ask(NoteSlip{booking.id, true});
    EXPECT_FALSE(kiosk.log_in(ticket(1))->slip_owed);
    kiosk.restart();
    EXPECT_FALSE(kiosk.log_in(ticket(1))->slip_owed);
}

TEST_F(EngineBooking, APrintedSlipIsNotedOnceTheDiskTakesItAgain) {
    go();
    kiosk.unplug();
    kiosk.book(a_resident(1), SlotId(10));
    const auto booking = kiosk.take<BookingKept>().value().slip.booking;
    break_the_disk();
    kiosk.ask(NoteSlip{booking.id, true});
    EXPECT_TRUE(kiosk.log_in(ticket(1))->slip_owed);
    mend_the_disk();
    kiosk.advance(seconds(1));
    EXPECT_FALSE(kiosk.log_in(ticket(1))->slip_owed);
}

TEST_F(EngineBooking, PromisesNothingOnlineBeforeTheServerHasSeenThisRun) {
    go();
    kiosk.restart();
    kiosk.other_end = [&, good = straight_to(town, kiosk.id())](
                          Lane lane,
                          const HttpRequest& sent) -> std::optional<DeviceInTown::Outcome> {
        if (lane == Lane::Push) return {};
        return good(lane, sent);
    };
    kiosk.sync();
    ASSERT_TRUE(kiosk.status().online);
    kiosk.book(a_resident(1), SlotId(10));
    kiosk.advance(Milliseconds(4'999));
    EXPECT_TRUE(kiosk.silent());
    kiosk.other_end = straight_to(town, kiosk.id());
    kiosk.exchange(Lane::Push);
    kiosk.exchange(Lane::Push);
    EXPECT_TRUE(kept());
}

TEST_F(EngineBooking, StartsWithoutANetworkAndPromisesFromWhatItHolds) {
    go();
    kiosk.other_end = nowhere();
    kiosk.restart();
    kiosk.book(a_resident(1), SlotId(10));
    EXPECT_TRUE(kiosk.silent()) << "nobody has tried the network yet";
    kiosk.exchange(Lane::Push);
    EXPECT_TRUE(kept());
}

TEST_F(EngineBooking, AFencedDevicePromisesNothingAndSaysSo) {
    go();
    kiosk.other_end = [&, good = straight_to(town, kiosk.id())](
                          Lane lane,
                          const HttpRequest& sent) -> std::optional<DeviceInTown::Outcome> {
        auto outcome = good(lane, sent);
        if (lane != Lane::Push || !outcome) return outcome;
        auto answer = sync::parse_push_answer((*outcome)->body).value();
        answer.fenced = true;
        return DeviceInTown::Outcome(HttpResponse{200, "application/json", sync::to_json(answer)});
    };
    kiosk.book(a_resident(1), SlotId(10));
    kiosk.sync();
    EXPECT_TRUE(kept()) << "what was promised before stays promised";
    EXPECT_TRUE(kiosk.status().fenced);
    kiosk.book(a_resident(2), SlotId(10));
    EXPECT_EQ(refused(), BookingRefusal::NoSeat);
    EXPECT_THAT(kiosk.offers(*kiosk.log_in(ticket(2))).offers.offers, IsEmpty());
    kiosk.restart();
    EXPECT_TRUE(kiosk.status().fenced);
}

TEST_F(EngineBooking, ADeviceThatIsRefusedAsFencedOrRevokedPromisesNothing) {
    for (const auto* word : {"fenced", "revoked"}) {
        DeviceInTown other(town, 4 + std::string_view(word).size());
        other.sync();
        other.advance(seconds(1));
        other.other_end =
            always({403, "application/json", sync::to_json(sync::Refusal{word, "It is out."})});
        for (const Lane lane : device::kLanes)
            other.exchange(lane);
        EXPECT_TRUE(other.status().fenced) << word;
        other.book(a_resident(1), SlotId(10));
        EXPECT_TRUE(other.take<BookingRefused>());
    }
}

TEST_F(EngineBooking, ARevokedDeviceForgetsPeopleAtOnceAndSendsWhatItHasBeforeItIsWiped) {
    go();
    ASSERT_TRUE(kiosk.log_in(ticket(2)));
    kiosk.unplug();
    kiosk.book(a_resident(1), SlotId(10));
    ASSERT_TRUE(kept());
    kiosk.advance(std::chrono::minutes(2));
    kiosk.other_end = [&, good = straight_to(town, kiosk.id())](
                          Lane lane,
                          const HttpRequest& sent) -> std::optional<DeviceInTown::Outcome> {
        if (lane == Lane::Push) return good(lane, sent);
        return DeviceInTown::Outcome(HttpResponse{
            403, "application/json", sync::to_json(sync::Refusal{"revoked", "It is out."})});
    };
    kiosk.exchange(Lane::Pull);
    EXPECT_TRUE(kiosk.status().fenced);
    EXPECT_FALSE(kiosk.status().ready);
    EXPECT_FALSE(kiosk.log_in(ticket(2))) << "its roster is gone";
    EXPECT_FALSE(kiosk.status().wipe_due) << "a booking is not sent yet";
    kiosk.restart();
    EXPECT_FALSE(kiosk.status().ready);
    EXPECT_FALSE(kiosk.log_in(ticket(2)));
    EXPECT_FALSE(kiosk.status().wipe_due);
    kiosk.exchange(Lane::Push);
    EXPECT_EQ(kiosk.status().backlog.unanswered, 0U);
    EXPECT_TRUE(kiosk.status().wipe_due);
    EXPECT_EQ(town.bookings().size(), 1U) << "the town has it";
}

TEST_F(EngineBooking, AFencedDeviceSendsAllOfItAgainToARestoredServer) {
    go();
    kiosk.book(a_resident(1), SlotId(10));
    kiosk.sync();
    ASSERT_EQ(kiosk.status().backlog.unanswered, 0U);
    const auto refusal = [](std::int64_t epoch) {
        return always(
            {403, "application/json", sync::to_json(sync::Refusal{"fenced", "It is out.", epoch})});
    };
    kiosk.other_end = refusal(1);
    kiosk.exchange(Lane::Pull);
    EXPECT_EQ(kiosk.status().backlog.unanswered, 0U) << "the epoch that it knows";
    kiosk.other_end = refusal(2);
    kiosk.advance(std::chrono::minutes(2));
    kiosk.exchange(Lane::Pull);
    EXPECT_EQ(kiosk.status().backlog.unanswered, 2U);
    kiosk.restart();
    kiosk.exchange(Lane::Pull);
    EXPECT_EQ(kiosk.status().backlog.unanswered, 3U)
        << "the same epoch again, and the event of this start";
}

TEST_F(EngineBooking, OffersASlipRatherOnceTooOftenWhereTheDiskCannotSayWhetherItIsOwed) {
    go();
    kiosk.book(a_resident(1), SlotId(10));
    kiosk.sync();
    kiosk.ask(NoteSlip{kiosk.take<BookingKept>().value().slip.booking.id, true});
    ASSERT_FALSE(kiosk.log_in(ticket(1))->slip_owed);
    ASSERT_TRUE(database().execute("ALTER TABLE slip_owed RENAME TO lost").ok());
    EXPECT_TRUE(kiosk.log_in(ticket(1))->slip_owed);
}

// The answer to a push may be the first that a device hears after the restore.
TEST_F(EngineBooking, ThePushThatTellsADeviceThatItIsFencedTellsTheEpochToo) {
    go();
    kiosk.book(a_resident(1), SlotId(10));
    kiosk.sync();
    kiosk.unplug();
    kiosk.restart();
    ASSERT_EQ(kiosk.status().backlog.unanswered, 1U);
    kiosk.other_end = [&](Lane lane,
                          const HttpRequest& sent) -> std::optional<DeviceInTown::Outcome> {
        if (lane != Lane::Push) return {};
        sync::PushAnswer answer;
        const auto push = sync::parse_push_request(sent.body, kiosk.id());
        for (const Envelope& event : push->events)
            answer.answers.push_back({event.number, Answer::Verdict::Aside, "fenced", {2, 1}});
        answer.fenced = true;
        answer.epoch = 2;
        answer.now = kiosk.now;
        return DeviceInTown::Outcome(HttpResponse{200, "application/json", sync::to_json(answer)});
    };
    kiosk.advance(std::chrono::minutes(2));
    ASSERT_TRUE(kiosk.exchange(Lane::Push));
    EXPECT_TRUE(kiosk.status().fenced);
    EXPECT_EQ(kiosk.status().backlog.unanswered, 2U) << "what the earlier epoch answered";
}

TEST_F(EngineBooking, IsNotCalledFencedBeforeAllThatFollowsIsOnDisk) {
    go();
    kiosk.book(a_resident(1), SlotId(10));
    kiosk.sync();
    kiosk.other_end =
        always({403, "application/json", sync::to_json(sync::Refusal{"fenced", "It is out.", 2})});
    ASSERT_TRUE(database()
                    .execute("CREATE TRIGGER full_disk BEFORE UPDATE ON journal_event "
                             "BEGIN SELECT RAISE(ABORT, 'full'); END")
                    .ok());
    kiosk.exchange(Lane::Pull);
    EXPECT_FALSE(kiosk.status().ready) << "nothing more is promised";
    EXPECT_FALSE(kiosk.status().fenced) << "nobody may take it for one that has sent everything";
    mend_the_disk();
    kiosk.advance(std::chrono::minutes(2));
    kiosk.exchange(Lane::Pull);
    EXPECT_TRUE(kiosk.status().fenced);
    EXPECT_EQ(kiosk.status().backlog.unanswered, 2U);
}

TEST_F(EngineBooking, GivesBackWhatItHoldsOfASlotThatHasBegun) {
    go();
    kiosk.advance(std::chrono::hours(25));
    kiosk.sync();
    EXPECT_EQ(town.lease(kiosk.id(), SlotId(10)).left(), 0);
    EXPECT_EQ(kiosk.engine().facts().leases.at(SlotId(10)).left(), 0);
    EXPECT_THAT(town.broken(), IsEmpty());
}

TEST_F(EngineBooking, AWrongClockDoesNotSellThePast) {
    kiosk.now -= std::chrono::hours(24 * 365 * 20);  // a dead battery
    kiosk.restart();
    town.now = tests::now();
    kiosk.exchange(Lane::Push);
    EXPECT_GT(kiosk.status().clock_offset.value(), std::chrono::hours(24 * 365));
    for (int i = 0; i < 10; ++i)
        kiosk.exchange(Lane::Pull);
    ASSERT_TRUE(kiosk.status().ready);
    const auto person = kiosk.log_in(ticket(1));
    ASSERT_TRUE(person);
    EXPECT_EQ(std::get<MayBook>(person->standing).wish.not_before, today());
}

}  // namespace
}  // namespace mado::tests

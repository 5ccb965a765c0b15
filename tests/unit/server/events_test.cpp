#include "tests/support/server/server_town.h"

#include <algorithm>

#include <gmock/gmock.h>

namespace mado::server {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using tests::ChainedDevice;
using tests::ServerTown;

using Verdict = Answer::Verdict;

const PersonId kHana(1);
const SlotId kNine(1);
const SlotId kHalfPastNine(2);

class Events : public testing::Test {
  protected:
    void TearDown() override { EXPECT_THAT(tests::broken_invariants(town.reads()), IsEmpty()); }

    ServerTown town;
};

TEST_F(Events, ASaleMovesAHeldSeatToBookedAndIsAccepted) {
    auto kiosk = town.a_device();
    ASSERT_EQ(town.grant(kiosk, kNine, 2), 2);

    const Envelope sale = kiosk.sell(kHana, kNine, 1);
    const Answer answer = town.push_one(kiosk, sale);

    EXPECT_EQ(answer.verdict, Verdict::Accepted);
    EXPECT_EQ(answer.reason, "");
    EXPECT_EQ(town.slot(1).seats, (SeatCount{10, 1, 1}));
    EXPECT_EQ(town.state_of({kiosk.id(), EventNumber(1)}), BookingState::Live);
    EXPECT_THAT(town.worklist(), IsEmpty());
}

TEST_F(Events, AnAnswerNamesThePositionWhereItsEffectStands) {
    auto kiosk = town.a_device();
    town.grant(kiosk, kNine, 1);
    const FeedPosition before = town.reads().position().value();

    const Answer answer = town.push_one(kiosk, kiosk.sell(kHana, kNine, 1));

    EXPECT_EQ(answer.position, town.reads().position().value());
    EXPECT_GT(answer.position, before);
    const auto page = town.reads().feed(before, 100).value();
    const bool told = std::any_of(page.changes.begin(), page.changes.end(), [](const Change& row) {
        return std::holds_alternative<BookingChanged>(row);
    });
    EXPECT_TRUE(told);
}

TEST_F(Events, TheSameEventSentAgainGetsTheSameAnswerAndChangesNothing) {
    auto kiosk = town.a_device();
    town.grant(kiosk, kNine, 2);
    const Envelope sale = kiosk.sell(kHana, kNine, 1);
    const Answer first = town.push_one(kiosk, sale);
    town.push_one(kiosk, kiosk.write(Started{}));
    const FeedPosition position = town.reads().position().value();

    const Answer second = town.push_one(kiosk, sale);

    EXPECT_EQ(second, first);
    EXPECT_EQ(town.reads().position().value(), position);
    EXPECT_EQ(town.bookings().size(), 1U);
}

TEST_F(Events, TheSameEventTwiceInOneBatchHasOneEffect) {
    auto kiosk = town.a_device();
    town.grant(kiosk, kNine, 2);
    const Envelope sale = kiosk.sell(kHana, kNine, 1);
    const IngestEvents push{kiosk.id(), received({sale})};

    const auto outcomes = town.run_all({push, push});

    const auto& first = std::get<EventsIngested>(outcomes[0]);
    const auto& second = std::get<EventsIngested>(outcomes[1]);
    EXPECT_EQ(first.answers, second.answers);
    EXPECT_EQ(town.slot(1).seats.booked, 1);
}

TEST_F(Events, AGapSaysWhatIsExpectedAndKeepsWhatCameBefore) {
    auto kiosk = town.a_device();
    const Envelope first = kiosk.write(Started{});
    kiosk.write(Started{});
    const Envelope third = kiosk.write(Started{});

    const auto ingested = town.push(kiosk, {first, third});

    EXPECT_EQ(ingested.answers.size(), 1U);
    EXPECT_EQ(ingested.expected, EventNumber(2));
    EXPECT_FALSE(ingested.fenced);
    EXPECT_EQ(town.device(kiosk.id()).events_known, EventNumber(1));
}

TEST_F(Events, AGapThatTheDeviceCannotCloseFencesItAndKeepsWhatItHas) {
    auto kiosk = town.a_device();
    town.grant(kiosk, kNine, 4);
    town.push_one(kiosk, kiosk.write(Started{}));
    kiosk.write(Started{});
    const Envelope sold = kiosk.sell(kHana, kNine, 1);
    IngestEvents push{kiosk.id(), received({sold, kiosk.write(Started{})})};
    push.gone = true;

    const auto ingested = town.must<EventsIngested>(push);

    EXPECT_TRUE(ingested.fenced);
    EXPECT_EQ(ingested.expected, std::nullopt);
    ASSERT_EQ(ingested.answers.size(), 2U);
    EXPECT_EQ(ingested.answers[0].verdict, Answer::Verdict::Aside);
    EXPECT_EQ(ingested.answers[1].verdict, Answer::Verdict::Aside);
    EXPECT_THAT(town.worklist(), testing::UnorderedElementsAre("journal-lost", "fenced"));
    EXPECT_EQ(town.must<EventsIngested>(push).answers, ingested.answers) << "the same again";
    EXPECT_EQ(town.slot(1).seats.booked, 0);
}

TEST_F(Events, WhatADeviceCallsGoneButIsNotChangesNothing) {
    auto kiosk = town.a_device();
    IngestEvents push{kiosk.id(), received({kiosk.write(Started{})})};
    push.gone = true;
    const auto ingested = town.must<EventsIngested>(push);
    EXPECT_FALSE(ingested.fenced);
    EXPECT_EQ(ingested.answers.front().verdict, Answer::Verdict::Accepted);
}

TEST_F(Events, ASecondDiskWithTheSameNumbersIsFencedAndItsEventsAreKept) {
    auto kiosk = town.a_device();
    town.grant(kiosk, kNine, 4);
    auto clone = kiosk;
    clone.nonce = 99;
    town.push_one(kiosk, kiosk.write(Started{}));

    const Envelope other = clone.write(Started{});
    const auto refused = town.push(clone, {other, clone.sell(kHana, kNine, 1)});

    EXPECT_TRUE(refused.fenced);
    ASSERT_EQ(refused.answers.size(), 2U);
    EXPECT_EQ(refused.answers[0].verdict, Verdict::Aside);
    EXPECT_EQ(refused.answers[0].reason, "clone");
    EXPECT_EQ(refused.answers[1].reason, "fenced");
    EXPECT_EQ(town.reads().strays(kiosk.id()).value().size(), 2U);
    EXPECT_EQ(town.device(kiosk.id()).state, DeviceState::Fenced);
    // The sale that might be a slip in somebody's hand is for people to look at.
    EXPECT_THAT(town.worklist(), ElementsAre("clone", "fenced"));
    EXPECT_THAT(town.bookings(), IsEmpty());
}

TEST_F(Events, ADiskThatForkedBelowWhatIsKnownIsACloneToo) {
    auto kiosk = town.a_device();
    town.push_one(kiosk, kiosk.write(Started{}));
    ChainedDevice other(kiosk.id());
    other.nonce = 5;
    other.write(Started{});

    const auto ingested = town.push(other, {other.write(Started{})});

    EXPECT_TRUE(ingested.fenced);
    EXPECT_EQ(ingested.answers.at(0).reason, "clone");
}

TEST_F(Events, AFencedDevicesEventsAreKeptOnceHoweverOftenTheyCome) {
    auto kiosk = town.a_device();
    town.must<DeviceStands>(DeclareLost{kiosk.id(), "佐藤"});
    const Envelope sale = kiosk.sell(kHana, kNine, 1);

    const auto first = town.push(kiosk, {sale});
    const auto second = town.push(kiosk, {sale});

    EXPECT_EQ(first.answers, second.answers);
    EXPECT_TRUE(second.fenced);
    EXPECT_EQ(town.reads().strays(kiosk.id()).value().size(), 1U);
    EXPECT_THAT(town.worklist(), ElementsAre("lost", "fenced"));
}

TEST_F(Events, ABodyOfANewerKindIsKeptAsideAndBlocksNothing) {
    auto kiosk = town.a_device();
    town.grant(kiosk, kNine, 1);
    Envelope odd = kiosk.write(Started{});
    odd.body = R"({"kind":"from-the-future"})";
    ChainedDevice rewritten(kiosk.id());
    Envelope first{kiosk.id(), EventNumber(1), kChainStart, odd.body};
    Envelope second{kiosk.id(), EventNumber(2), first.hash(), ""};
    Booking booking = tests::a_booking(2, 1);
    booking.id = {kiosk.id(), EventNumber(2)};
    second.body = sync::write_event({town.now, {}, Booked{booking, 1}});

    const auto ingested = town.push(kiosk, {first, second});

    ASSERT_EQ(ingested.answers.size(), 2U);
    EXPECT_EQ(ingested.answers[0].verdict, Verdict::Aside);
    EXPECT_EQ(ingested.answers[0].reason, "unreadable");
    EXPECT_EQ(ingested.answers[1].verdict, Verdict::Accepted);
    EXPECT_EQ(town.reads().envelope(kiosk.id(), EventNumber(1)).value()->envelope.body, odd.body);
    EXPECT_THAT(town.worklist(), ElementsAre("unreadable"));
}

TEST_F(Events, TwoKiosksThatBookedTheSamePersonOfflineBothKeepTheirSeat) {
    auto one = town.a_device();
    auto two = town.a_device();
    town.grant(one, kNine, 1);
    town.grant(two, kHalfPastNine, 1);
    town.push_one(one, one.sell(kHana, kNine, 1));

    const Answer answer = town.push_one(two, two.sell(kHana, kHalfPastNine, 1));

    EXPECT_EQ(answer.verdict, Verdict::Worklist);
    EXPECT_EQ(answer.reason, "doubled");
    EXPECT_EQ(town.state_of({one.id(), EventNumber(1)}), BookingState::Doubled);
    EXPECT_EQ(town.state_of({two.id(), EventNumber(1)}), BookingState::Doubled);
    EXPECT_EQ(town.slot(1).seats.booked, 1);
    EXPECT_EQ(town.slot(2).seats.booked, 1);
    EXPECT_THAT(town.worklist(), ElementsAre("doubled", "doubled"));
}

TEST_F(Events, ASlipForASlotThatWasClosedKeepsItsSeatUntilThePersonHasChosen) {
    auto kiosk = town.a_device();
    town.grant(kiosk, kNine, 2);
    const Slot nine = town.slot(1);
    town.must<Imported>(
        PutSlots{{{nine.venue, nine.date, nine.starts, nine.length, nine.vaccine, 0}}});

    const Answer answer = town.push_one(kiosk, kiosk.sell(kHana, kNine, 1));

    EXPECT_EQ(answer.verdict, Verdict::Worklist);
    EXPECT_EQ(answer.reason, "slot-closed");
    EXPECT_EQ(town.state_of({kiosk.id(), EventNumber(1)}), BookingState::ToMove);
    EXPECT_EQ(town.slot(1).seats, (SeatCount{0, 1, 1}));
}

TEST_F(Events, ASaleThatNamesNobodyOrNoSlotIsKeptAsideForPeopleToLookAt) {
    auto kiosk = town.a_device();
    town.grant(kiosk, kNine, 2);

    const auto ingested =
        town.push(kiosk, {kiosk.sell(PersonId(999), kNine, 1), kiosk.sell(kHana, SlotId(999), 1)});

    EXPECT_EQ(ingested.answers.at(0).reason, "unknown-person");
    EXPECT_EQ(ingested.answers.at(1).reason, "unknown-slot");
    EXPECT_THAT(town.worklist(), ElementsAre("unknown-person", "unknown-slot"));
    EXPECT_EQ(town.slot(1).seats, (SeatCount{10, 0, 2}));
}

TEST_F(Events, ASaleOfASeatThatWasNotHeldTakesAFreeOneAndIsLookedAt) {
    auto kiosk = town.a_device();

    const Answer answer = town.push_one(kiosk, kiosk.sell(kHana, kNine, 1));

    EXPECT_EQ(answer.verdict, Verdict::Worklist);
    EXPECT_EQ(answer.reason, "seat-not-held");
    EXPECT_EQ(town.slot(1).seats, (SeatCount{10, 1, 0}));
}

TEST_F(Events, ASaleOfASeatThatIsNowhereIsKeptAsideAndNoCountTurnsNegative) {
    auto honest = town.a_device();
    auto liar = town.a_device();
    const Slot nine = town.slot(1);
    town.must<Imported>(
        PutSlots{{{nine.venue, nine.date, nine.starts, nine.length, nine.vaccine, 1}}});
    ASSERT_EQ(town.grant(honest, kNine, 1), 1);

    const Answer answer = town.push_one(liar, liar.sell(kHana, kNine, 1));

    EXPECT_EQ(answer.verdict, Verdict::Aside);
    EXPECT_EQ(answer.reason, "no-seat");
    EXPECT_EQ(town.slot(1).seats, (SeatCount{1, 0, 1}));
    EXPECT_EQ(town.push_one(honest, honest.sell(PersonId(2), kNine, 1)).verdict, Verdict::Accepted);
}

TEST_F(Events, SeatsGivenBackByLevelAreFreeAgainAndTheSameLevelTwiceIsOnce) {
    auto kiosk = town.a_device();
    town.grant(kiosk, kNine, 4);

    town.push(kiosk, {kiosk.write(SeatsReturned{kNine, 3}), kiosk.write(SeatsReturned{kNine, 3})});

    EXPECT_EQ(town.slot(1).seats, (SeatCount{10, 0, 1}));
}

TEST_F(Events, MoreSeatsGivenBackThanHeldAreCutToWhatIsThere) {
    auto kiosk = town.a_device();
    town.grant(kiosk, kNine, 2);

    const Answer answer = town.push_one(kiosk, kiosk.write(SeatsReturned{kNine, 50}));

    EXPECT_EQ(answer.reason, "seats-not-held");
    EXPECT_EQ(town.slot(1).seats, (SeatCount{10, 0, 0}));
}

TEST_F(Events, ALevelThatJumpsSellsOneSeatAndFreesTheOthers) {
    auto kiosk = town.a_device();
    town.grant(kiosk, kNine, 4);

    const Answer answer = town.push_one(kiosk, kiosk.sell(kHana, kNine, 3));

    EXPECT_EQ(answer.reason, "level-jumped");
    EXPECT_EQ(town.slot(1).seats, (SeatCount{10, 1, 1}));
}

TEST_F(Events, APrintedSlipIsRecordedAndAFailedOneAfterItChangesNothing) {
    auto kiosk = town.a_device();
    town.grant(kiosk, kNine, 1);
    const BookingId id{kiosk.id(), EventNumber(1)};
    town.push(kiosk, {kiosk.sell(kHana, kNine, 1), kiosk.write(SlipPrinted{id, false})});
    EXPECT_EQ(town.bookings().at(0).slip, SlipState::Failed);

    town.push(kiosk, {kiosk.write(SlipPrinted{id, true}), kiosk.write(SlipPrinted{id, false})});

    EXPECT_EQ(town.bookings().at(0).slip, SlipState::Printed);
}

TEST_F(Events, ABookingUnderAnotherNameThanItsEventIsKeptAside) {
    auto kiosk = town.a_device();
    town.grant(kiosk, kNine, 1);
    Booking booking = tests::a_booking();
    booking.id = {DeviceId(77), EventNumber(1)};

    EXPECT_EQ(town.push_one(kiosk, kiosk.write(Booked{booking, 1})).reason, "wrong-id");
}

TEST_F(Events, WhatTheServerKnowsBetterFlagsABookingAndNeverRefusesIt) {
    auto kiosk = town.a_device();
    town.grant(kiosk, kNine, 2);
    // Dose 1 of another vaccine ten days ago, which the kiosk had not heard of.
    town.must<Imported>(
        PutResults{{{Personal<Ticket>(tests::a_ticket("0000000001")),
                     Dose{1, tests::in_days(3), tests::a_vaccine_code("moderna"), "", ""}}}});

    const Answer answer = town.push_one(kiosk, kiosk.sell(kHana, kNine, 1, 2));

    EXPECT_EQ(answer.verdict, Verdict::Worklist);
    EXPECT_THAT(town.worklist(), ElementsAre("other-vaccine", "too-early"));
    EXPECT_EQ(town.slot(1).seats.booked, 1);
}

// ---- dose records

// A sale of dose 2 that names a dose record, as a town's server takes it in.
class RecordedDoses : public Events {
  protected:
    sync::SignedDose dose_one() const {
        return {tests::a_municipality(),
                kHana,
                DoseRecord{1, tests::in_days(-14), tests::a_vaccine_code()},
                {},
                {},
                DeviceId(0)};
    }
    Answer sell(const std::optional<sync::SignedDose>& said) {
        auto kiosk = town.a_device();
        town.grant(kiosk, kNine, 1);
        const Booking booking{{kiosk.id(), kiosk.next_number()}, kHana, 2, kNine, {}};
        const Envelope sale = kiosk.write(Booked{booking, 1, {}, 0, "A STATEMENT"});
        const auto read = [&](std::string_view statement) {
            EXPECT_EQ(statement, "A STATEMENT");
            return said;
        };
        return town.must<EventsIngested>(IngestEvents{kiosk.id(), received({sale}, read)})
            .answers.front();
    }
};

TEST_F(RecordedDoses, StandForTheDoseThatIsNotInTheBooksYet) {
    EXPECT_EQ(sell(dose_one()).verdict, Verdict::Accepted);
    EXPECT_THAT(town.worklist(), IsEmpty());
}

TEST_F(RecordedDoses, ThatCannotBeVerifiedAreFlagged) {
    EXPECT_EQ(sell({}).verdict, Verdict::Worklist);
    EXPECT_THAT(town.worklist(), ElementsAre("record-not-good", "no-earlier-dose"));
    EXPECT_EQ(town.slot(1).seats.booked, 1) << "it happened, and people look at it";
}

TEST_F(RecordedDoses, OfAnotherPersonTownDoseOrDayAreNotGood) {
    auto said = dose_one();
    said.person = PersonId(2);
    EXPECT_EQ(sell(said).reason, "record-not-good");
    said = dose_one();
    said.municipality = tests::a_municipality("011002");
    EXPECT_EQ(sell(said).reason, "doubled");
    said = dose_one();
    said.dose.number = 2;
    sell(said);
    said = dose_one();
    said.dose.date = tests::in_days(1);
    sell(said);
    const auto rows = town.worklist();
    EXPECT_EQ(std::ranges::count(rows, "record-not-good"), 4);
}

TEST_F(RecordedDoses, AreHeldAgainstTheInterval) {
    auto said = dose_one();
    said.dose.date = tests::in_days(-3);
    EXPECT_EQ(sell(said).reason, "too-early");
    EXPECT_THAT(town.worklist(), ElementsAre("too-early"));
}

TEST_F(RecordedDoses, ThatTheBooksKnowOtherwiseAreForPeople) {
    town.must<Imported>(
        PutResults{{{Personal<Ticket>(tests::a_ticket("0000000001")),
                     Dose{1, tests::in_days(-15), tests::a_vaccine_code(), "", ""}}}});
    EXPECT_EQ(sell(dose_one()).reason, "record-differs");
    EXPECT_THAT(town.worklist(), ElementsAre("record-differs"));
}

TEST_F(RecordedDoses, ThatTheBooksKnowAsWellSayNothingNew) {
    town.must<Imported>(
        PutResults{{{Personal<Ticket>(tests::a_ticket("0000000001")),
                     Dose{1, tests::in_days(-14), tests::a_vaccine_code(), "", ""}}}});
    EXPECT_EQ(sell(dose_one()).verdict, Verdict::Accepted);
}

TEST_F(Events, ADeviceThatNobodyLetInIsRefused) {
    ChainedDevice stranger(DeviceId(50));
    const auto outcome =
        town.run(IngestEvents{stranger.id(), received({stranger.write(Started{})})});
    EXPECT_EQ(std::get<Refused>(outcome).reason, CommandRefusal::UnknownDevice);
}

TEST_F(Events, FiveHundredEventsOfOnePushEachGetTheirOwnAnswer) {
    auto kiosk = town.a_device();
    std::vector<Envelope> events;
    for (int i = 0; i < 500; ++i)
        events.push_back(kiosk.write(Started{}));

    const auto ingested = town.push(kiosk, events);

    ASSERT_EQ(ingested.answers.size(), 500U);
    EXPECT_EQ(ingested.answers.back().number, EventNumber(500));
}

}  // namespace
}  // namespace mado::server

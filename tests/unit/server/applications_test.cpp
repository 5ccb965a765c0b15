// What people apply for: kept, placed, declined, taken back, and never beside a booking.

#include "sync/server/records/audit.h"
#include "sync/server/records/export.h"
#include "tests/support/server/server_town.h"

#include <gmock/gmock.h>

namespace mado::server {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using tests::ChainedDevice;
using tests::ServerTown;

using Verdict = Answer::Verdict;

const PersonId kHana(1);
const PersonId kTaro(2);
const SlotId kNine(1);
const SlotId kHalfPastNine(2);
const SlotId kTen(3);

class Applications : public testing::Test {
  protected:
    void TearDown() override { EXPECT_THAT(tests::broken_invariants(town.reads()), IsEmpty()); }

    Application application_of(PersonId person, std::vector<SlotId> choices, int dose = 1) {
        return {{kiosk.id(), kiosk.next_number()}, person, dose, std::move(choices), {}};
    }
    // The id of what was pushed; the server's word is in `said`.
    ApplicationId apply(PersonId person, std::vector<SlotId> choices) {
        const Application application = application_of(person, std::move(choices));
        said = town.push_one(kiosk, kiosk.write(Applied{application}));
        return application.id;
    }
    ApplicationEntry at_the_town(const ApplicationId& id) {
        for (const ApplicationEntry& entry : town.reads().applications(false).value()) {
            if (entry.application.id == id) return entry;
        }
        return {};
    }
    ApplicationState state_of(const ApplicationId& id) { return at_the_town(id).application.state; }
    void fill(SlotId slot) {
        for (std::int64_t person = 11; person <= 20; ++person)
            town.run(BookFree{PersonId(person), 1, slot, {}});
    }
    Outcome place(const ApplicationId& id, std::optional<SlotId> slot = {}) {
        return town.run(PlaceApplication{id, "佐藤", "", slot});
    }

    ServerTown town;
    ChainedDevice kiosk = town.a_device();
    Answer said;
};

TEST_F(Applications, TakeNoSeatAndWaitInTheOrderReceived) {
    const ApplicationId hers = apply(kHana, {kTen, kNine});
    EXPECT_EQ(said.verdict, Verdict::Accepted);
    const ApplicationId his = apply(kTaro, {kNine});
    const auto waiting = town.reads().applications(true).value();
    ASSERT_EQ(waiting.size(), 2u);
    EXPECT_EQ(waiting[0].application.id, hers);
    EXPECT_THAT(waiting[0].application.choices, ElementsAre(kTen, kNine));
    EXPECT_EQ(waiting[1].application.id, his);
    EXPECT_EQ(town.slot(1).seats, (SeatCount{10, 0, 0}));
    EXPECT_THAT(town.worklist(), IsEmpty());
}

TEST_F(Applications, SentAgainHaveOneEffect) {
    const Envelope event =
        kiosk.write(Applied{{{kiosk.id(), EventNumber(1)}, kHana, 1, {kNine}, {}}});
    const Answer first = town.push_one(kiosk, event);
    EXPECT_EQ(town.push_one(kiosk, event), first);
    EXPECT_EQ(town.reads().applications(false)->size(), 1u);
}

TEST_F(Applications, ArePlacedIntoTheFirstChoiceThatHasAFreeSeat) {
    const ApplicationId id = apply(kHana, {kNine, kHalfPastNine});
    fill(kNine);
    const auto ended = std::get<ApplicationEnded>(place(id)).application;
    EXPECT_EQ(ended.application.state, ApplicationState::Placed);
    EXPECT_EQ(ended.by, "佐藤");
    const auto bookings = town.bookings();
    const auto booked = std::ranges::find(bookings, *ended.placed,
                                          [](const auto& entry) { return entry.booking.id; });
    ASSERT_NE(booked, bookings.end());
    EXPECT_EQ(booked->booking.slot, kHalfPastNine);
    EXPECT_EQ(town.slot(2).seats, (SeatCount{10, 1, 0}));
    EXPECT_TRUE(std::holds_alternative<ApplicationHasEnded>(place(id))) << "once";
    EXPECT_EQ(town.slot(2).seats, (SeatCount{10, 1, 0}));
}

TEST_F(Applications, WaitOnWhereAllChoicesAreFullAndGoElsewhereWithThePersonsWord) {
    const ApplicationId id = apply(kHana, {kNine});
    fill(kNine);
    EXPECT_EQ(std::get<BookingDenied>(place(id)).reason, BookingRefusal::NoSeat);
    EXPECT_EQ(state_of(id), ApplicationState::Waiting);
    const auto ended = std::get<ApplicationEnded>(place(id, kTen)).application;
    EXPECT_EQ(ended.application.state, ApplicationState::Placed);
    EXPECT_EQ(town.slot(3).seats.booked, 1);
}

TEST_F(Applications, AreDecidedByPeopleWhoSayWhoTheyAre) {
    const ApplicationId id = apply(kHana, {kNine});
    EXPECT_EQ(std::get<Refused>(town.run(PlaceApplication{id, ""})).reason,
              CommandRefusal::NameNeeded);
    EXPECT_EQ(std::get<Refused>(town.run(DeclineApplication{id, "佐藤", "0000000001"})).reason,
              CommandRefusal::NoteRefused);
    EXPECT_EQ(std::get<Refused>(town.run(DeclineApplication{{kiosk.id(), EventNumber(77)}, "佐藤"}))
                  .reason,
              CommandRefusal::UnknownApplication);
    EXPECT_EQ(state_of(id), ApplicationState::Waiting);
    const auto declined =
        town.must<ApplicationEnded>(DeclineApplication{id, "佐藤", "電話で相談"}).application;
    EXPECT_EQ(declined.application.state, ApplicationState::Declined);
    EXPECT_EQ(declined.note, "電話で相談");
    EXPECT_THAT(town.reads().applications(true).value(), IsEmpty());
}

TEST_F(Applications, EndWithABookingMadeAnywhere) {
    const ApplicationId by_phone = apply(kHana, {kNine});
    const BookingId booking = town.must<BookingMade>(BookFree{kHana, 1, kTen, {}}).booking.id;
    EXPECT_EQ(state_of(by_phone), ApplicationState::Booked);
    EXPECT_EQ(at_the_town(by_phone).placed, booking);

    const ApplicationId at_a_kiosk = apply(kTaro, {kNine});
    ASSERT_EQ(town.grant(kiosk, kNine, 1), 1);
    town.push_one(kiosk, kiosk.sell(kTaro, kNine, 1));
    EXPECT_EQ(state_of(at_a_kiosk), ApplicationState::Booked);
}

TEST_F(Applications, OfWhoHasABookingEndAtOnceAndPeopleLookAtIt) {
    const BookingId booking = town.must<BookingMade>(BookFree{kHana, 1, kTen, {}}).booking.id;
    const ApplicationId id = apply(kHana, {kNine});
    EXPECT_EQ(said.verdict, Verdict::Worklist);
    EXPECT_EQ(said.reason, "applied-booked");
    EXPECT_EQ(state_of(id), ApplicationState::Booked);
    EXPECT_EQ(at_the_town(id).placed, booking);
    EXPECT_THAT(town.worklist(), ElementsAre("applied-booked"));
}

TEST_F(Applications, FromTwoKiosksBothWaitUntilOneIsPlaced) {
    const ApplicationId first = apply(kHana, {kNine});
    ChainedDevice other = town.a_device();
    const Application again{{other.id(), other.next_number()}, kHana, 1, {kTen}, {}};
    EXPECT_EQ(town.push_one(other, other.write(Applied{again})).reason, "applied-twice");
    EXPECT_EQ(town.reads().applications(true)->size(), 2u);
    place(first);
    EXPECT_EQ(state_of(first), ApplicationState::Placed);
    EXPECT_EQ(state_of(again.id), ApplicationState::Booked);
    EXPECT_EQ(at_the_town(again.id).placed, at_the_town(first).placed);
    EXPECT_THAT(town.worklist(), IsEmpty()) << "what stood there has been settled";
}

TEST_F(Applications, ForSlotsThatHavePassedOrClosedAreLookedAtAndWait) {
    const Slot nine = town.slot(1);
    town.must<Imported>(
        PutSlots{{{nine.venue, nine.date, nine.starts, nine.length, nine.vaccine, 0}}});
    const ApplicationId id = apply(kHana, {kNine, SlotId(999)});
    EXPECT_EQ(said.reason, "choices-gone");
    EXPECT_EQ(state_of(id), ApplicationState::Waiting) << "never lost";
    town.must<ApplicationEnded>(DeclineApplication{id, "佐藤"});
    EXPECT_THAT(town.worklist(), IsEmpty());

    town.now += std::chrono::hours(24 * 30);
    const ApplicationId late = apply(kTaro, {kTen});
    EXPECT_EQ(said.reason, "choices-gone");
    EXPECT_EQ(std::get<BookingDenied>(place(late)).reason, BookingRefusal::SlotPast);
}

TEST_F(Applications, OfNobodyOrOfAnotherNumberAreKeptAside) {
    apply(PersonId(4000), {kNine});
    EXPECT_EQ(said.verdict, Verdict::Aside);
    EXPECT_EQ(said.reason, "applicant-unknown");
    Application wrong = application_of(kHana, {kNine});
    wrong.id.number = EventNumber(77);
    EXPECT_EQ(town.push_one(kiosk, kiosk.write(Applied{wrong})).reason, "applied-wrongly");
    EXPECT_EQ(town.push_one(kiosk, kiosk.write(Applied{application_of(kHana, {kNine}, 9)})).reason,
              "applied-wrongly");
    EXPECT_THAT(town.reads().applications(false).value(), IsEmpty());
    EXPECT_THAT(town.worklist(),
                ElementsAre("applicant-unknown", "applied-wrongly", "applied-wrongly"));
}

TEST_F(Applications, OfADeviceThatIsShutOutStandOnTheWorklist) {
    town.run(DeclareLost{kiosk.id(), "佐藤"});
    apply(kHana, {kNine});
    EXPECT_EQ(said.verdict, Verdict::Aside);
    EXPECT_THAT(town.worklist(), Contains("application-aside"));
}

TEST_F(Applications, AreTakenBackByThePersonAlone) {
    const ApplicationId id = apply(kHana, {kNine});
    EXPECT_EQ(town.push_one(kiosk, kiosk.write(ApplicationWithdrawn{id, kTaro})).reason,
              "unknown-application");
    EXPECT_EQ(state_of(id), ApplicationState::Waiting);
    EXPECT_EQ(town.push_one(kiosk, kiosk.write(ApplicationWithdrawn{id, kHana})).verdict,
              Verdict::Accepted);
    EXPECT_EQ(state_of(id), ApplicationState::Withdrawn);
}

TEST_F(Applications, TakenBackAfterTheyWerePlacedLeaveTheBookingToPeople) {
    const ApplicationId id = apply(kHana, {kNine});
    place(id);
    const Answer answer = town.push_one(kiosk, kiosk.write(ApplicationWithdrawn{id, kHana}));
    EXPECT_EQ(answer.reason, "withdrawn-late");
    EXPECT_EQ(state_of(id), ApplicationState::Placed);
    EXPECT_EQ(town.slot(1).seats.booked, 1);
    const auto row = town.reads().worklist(true).value().front();
    EXPECT_EQ(row.booking, at_the_town(id).placed) << "the row names what can be cancelled";
    town.must<RowResolved>(ResolveRow{row.id, Choice::Cancelled, "佐藤", "", {}});
    EXPECT_EQ(town.slot(1).seats.booked, 0);
}

TEST_F(Applications, StandInTheExport) {
    const ApplicationId id = apply(kHana, {kNine, SlotId(999)});
    const std::string csv =
        export_file(town.reads(), ExportKind::Applications, Encoding::Utf8).value();
    EXPECT_THAT(csv, HasSubstr(id.short_number() + ","));
    EXPECT_THAT(csv, HasSubstr(",waiting,1,2021-07-12 09:00 venue 1,slot 999,,0000000001,"));
}

}  // namespace
}  // namespace mado::server

// Rows of files, once they are commands.

#include "tests/support/server/server_town.h"

#include <gmock/gmock.h>

namespace mado::server {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using tests::ServerTown;

class Files : public testing::Test {
  protected:
    void TearDown() override { EXPECT_THAT(tests::broken_invariants(town.reads()), IsEmpty()); }

    Imported plan(std::int64_t slot, int target) {
        const Slot at = town.slot(slot);
        return town.must<Imported>(
            PutSlots{{{at.venue, at.date, at.starts, at.length, at.vaccine, target}}});
    }

    ResidentRow row(std::string_view ticket, int birth_date = 19390614) {
        return {Personal<Ticket>(tests::a_ticket(ticket)),
                Personal<BirthDate>(tests::a_birth_date(birth_date)),
                true,
                {}};
    }

    std::optional<Person> person(std::string_view ticket) {
        return town.reads().person(tests::a_ticket(ticket)).value();
    }

    ServerTown town;
};

TEST_F(Files, ThatSayNothingNewChangeNothing) {
    const FeedPosition before = town.reads().position().value();
    EXPECT_EQ(town.must<Imported>(PutResidents{{row("0000000001")}}).unchanged, 1);
    EXPECT_EQ(town.must<Imported>(SetTown{tests::a_town()}).unchanged, 1);
    EXPECT_EQ(town.must<Imported>(PutVaccines{{tests::a_vaccine()}}).unchanged, 1);
    EXPECT_EQ(plan(1, 10).unchanged, 1);
    EXPECT_EQ(town.reads().position().value(), before);
}

TEST_F(Files, ThatSetTheTownLeaveTheCountOfItsKiosksAlone) {
    town.a_device();
    Town careful = tests::a_town();
    EXPECT_EQ(town.must<Imported>(SetTown{careful}).unchanged, 1);
    careful.misses_an_hour = 40;
    careful.kiosks = 99;
    EXPECT_EQ(town.must<Imported>(SetTown{careful}).changed, 1);
    EXPECT_EQ(town.reads().town().value()->misses_an_hour, 40);
    EXPECT_EQ(town.reads().town().value()->kiosks, 1);
}

TEST_F(Files, ThatCorrectABirthDateChangeTheSamePerson) {
    const PersonId id = person("0000000001")->id;
    EXPECT_EQ(town.must<Imported>(PutResidents{{row("0000000001", 19390615)}}).changed, 1);
    EXPECT_EQ(person("0000000001")->id, id);
    EXPECT_EQ(person("0000000001")->birth_date.reveal().packed(), 19390615);
}

TEST_F(Files, ThatMakeATicketInvalidTellEveryDevice) {
    ResidentRow gone = row("0000000001");
    gone.valid = false;
    const FeedPosition before = town.reads().position().value();
    EXPECT_EQ(town.must<Imported>(PutResidents{{gone}}).changed, 1);
    const auto page = town.reads().feed(before, 10).value();
    ASSERT_EQ(page.changes.size(), 1U);
    EXPECT_FALSE(std::get<ResidentChanged>(page.changes[0]).resident.valid);
}

TEST_F(Files, ThatNameNoVaccineDoNotForgetTheOneThatIsKnown) {
    ResidentRow known = row("0000000001");
    known.doses = {{1, tests::in_days(-40), tests::a_vaccine_code("moderna"), "A1", "Midori"}};
    town.must<Imported>(PutResidents{{known}});
    known.doses = {{1, tests::in_days(-40), unknown_vaccine(), "", ""},
                   {2, tests::in_days(-10), unknown_vaccine(), "", ""}};
    EXPECT_EQ(town.must<Imported>(PutResidents{{known}}).changed, 1);

    const auto found = person("0000000001");
    EXPECT_EQ(found->doses.at(1).vaccine, tests::a_vaccine_code("moderna"));
    EXPECT_EQ(found->doses.at(1).lot, "A1");
    EXPECT_EQ(found->doses.at(2).vaccine, unknown_vaccine());
    EXPECT_EQ(town.must<Imported>(PutResidents{{known}}).unchanged, 1);
}

TEST_F(Files, OfResultsRecordDosesAndFlagThoseGivenTooEarly) {
    const auto result = [](int number, int day) {
        return ResultRow{
            Personal<Ticket>(tests::a_ticket("0000000001")),
            Dose{number, tests::in_days(day), tests::a_vaccine_code(), "L1", "Midori"}};
    };
    EXPECT_EQ(town.must<Imported>(PutResults{{result(1, -20), result(2, -5)}}).added, 2);
    EXPECT_EQ(person("0000000001")->last_dose()->number, 2);
    EXPECT_THAT(town.worklist(), ElementsAre("given-too-early"));
    EXPECT_EQ(town.must<Imported>(PutResults{{result(1, -20)}}).unchanged, 1);
}

TEST_F(Files, OfResultsForATicketOnNoListAreRefusedWhole) {
    const ResultRow known{Personal<Ticket>(tests::a_ticket("0000000001")),
                          Dose{1, tests::in_days(-5), tests::a_vaccine_code(), "", ""}};
    const ResultRow unknown{Personal<Ticket>(tests::a_ticket("0000009999")),
                            Dose{1, tests::in_days(-5), tests::a_vaccine_code(), "", ""}};
    const auto outcome = town.run(PutResults{{known, unknown}});
    EXPECT_EQ(std::get<Refused>(outcome).reason, CommandRefusal::UnknownTicket);
    EXPECT_THAT(person("0000000001")->doses, IsEmpty());
}

TEST_F(Files, ThatCutACapacityNeverBreakTheSum) {
    auto kiosk = town.a_device();
    town.grant(kiosk, SlotId(1), 4);
    town.must<BookingMade>(BookFree{PersonId(1), 1, SlotId(1)});

    EXPECT_EQ(plan(1, 2).changed, 1);
    EXPECT_EQ(town.slot(1).seats, (SeatCount{2, 1, 4}));
    EXPECT_EQ(town.slot(1).seats.capacity(), 5);

    // It sinks as seats come back.
    town.push_one(kiosk, kiosk.write(SeatsReturned{SlotId(1), 4}));
    EXPECT_EQ(town.slot(1).seats.capacity(), 2);
}

TEST_F(Files, ThatCloseASlotPutItsPeopleOnTheWorklistAndOpeningTakesThemOff) {
    const Booking booking = town.must<BookingMade>(BookFree{PersonId(1), 1, SlotId(1)}).booking;
    plan(1, 0);
    EXPECT_EQ(town.state_of(booking.id), BookingState::ToMove);
    EXPECT_THAT(town.worklist(), ElementsAre("slot-closed"));
    plan(1, 5);
    EXPECT_EQ(town.state_of(booking.id), BookingState::Live);
    EXPECT_THAT(town.worklist(), IsEmpty());
}

TEST_F(Files, CannotGivePeopleAnotherVaccineThanTheyBooked) {
    town.must<BookingMade>(BookFree{PersonId(1), 1, SlotId(1)});
    const Slot at = town.slot(1);
    const auto moderna = tests::a_vaccine_code("moderna");
    const auto outcome =
        town.run(PutSlots{{{at.venue, at.date, at.starts, at.length, moderna, 10}}});
    EXPECT_EQ(std::get<Refused>(outcome).reason, CommandRefusal::VaccineInUse);
}

TEST_F(Files, ThatNameAVenueOrVaccineOfNoTableAreRefused) {
    const Slot at = town.slot(1);
    EXPECT_EQ(std::get<Refused>(
                  town.run(PutSlots{{{VenueId(9), at.date, at.starts, at.length, at.vaccine, 1}}}))
                  .reason,
              CommandRefusal::UnknownVenue);
    const auto odd = tests::a_vaccine_code("sputnik");
    EXPECT_EQ(
        std::get<Refused>(town.run(PutSlots{{{at.venue, at.date, at.starts, at.length, odd, 1}}}))
            .reason,
        CommandRefusal::UnknownVaccine);
}

}  // namespace
}  // namespace mado::server

#include "tests/support/device_in_town.h"

#include <gmock/gmock.h>

namespace mado::tests {
namespace {

using device::DeviceStore;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::Each;
using testing::Optional;

class EngineLogin : public testing::Test {
  protected:
    EngineLogin() {
        for (int id = 1; id <= 4; ++id)
            town.put(a_slot(id, in_days(id)));
        town.put(ann, a_resident(1));
        town.put(bea, a_resident(2));
    }

    // A kiosk whose share is three misses an hour.
    void slow_town() {
        Town slow = a_town();
        slow.misses_an_hour = 12;
        slow.kiosks = 4;
        town.put(slow);
        kiosk.sync();
    }
    // Somebody tries tickets that are on no list, one after the other; how long each took.
    std::vector<Milliseconds> try_tickets(int count) {
        std::vector<Milliseconds> took;
        for (int i = 0; i < count; ++i) {
            kiosk.ask_login(a_ticket(std::to_string(5'000'000'000 + ++tried)));
            took.push_back(kiosk.wait_for_answer());
            kiosk.take<LoginRefused>().value();
        }
        return took;
    }

    int tried = 0;
    ModelServer town;
    DeviceInTown kiosk{town};
    const Ticket ann = a_ticket("0000000001");
    const Ticket bea = a_ticket("0000000002");
    const Ticket nobody = a_ticket("0000000099");
};

TEST_F(EngineLogin, SaysNotReadyBeforeThereIsARoster) {
    EXPECT_FALSE(kiosk.status().ready);
    EXPECT_THAT(kiosk.login_refusal(ann), Optional(LoginRefusal::NotReady));
}

TEST_F(EngineLogin, KnowsAPersonByTicketAndBirthDate) {
    kiosk.sync();
    EXPECT_TRUE(kiosk.status().ready);
    const auto person = kiosk.log_in(ann);
    ASSERT_TRUE(person);
    EXPECT_EQ(person->resident.id, PersonId(1));
    EXPECT_TRUE(std::holds_alternative<MayBook>(person->standing));
    EXPECT_FALSE(person->slip);
}

TEST_F(EngineLogin, WorksWithTheCableOut) {
    kiosk.sync();
    kiosk.unplug();
    EXPECT_TRUE(kiosk.log_in(ann));
    kiosk.restart();
    EXPECT_TRUE(kiosk.log_in(ann));
}

TEST_F(EngineLogin, SaysTheSameToAnUnknownTicketAndAWrongDate) {
    kiosk.sync();
    EXPECT_THAT(kiosk.login_refusal(ann, 19390615), Optional(LoginRefusal::NoMatch));
    EXPECT_THAT(kiosk.login_refusal(nobody), Optional(LoginRefusal::NoMatch));
}

TEST_F(EngineLogin, ADateThatTheLedgerDoesNotKnowWholeIsNobodys) {
    Resident incomplete = a_resident(3);
    incomplete.birth_date = Personal<BirthDate>(BirthDate::from_ledger("1939-06-00").value());
    town.put(a_ticket("0000000003"), incomplete);
    kiosk.sync();
    EXPECT_THAT(kiosk.login_refusal(a_ticket("0000000003"), 19390600),
                Optional(LoginRefusal::NoMatch));
}

TEST_F(EngineLogin, LocksKnownAndUnknownTicketsAlikeAfterThreeMisses) {
    kiosk.sync();
    for (const Ticket& ticket : {ann, nobody}) {
        for (int miss = 0; miss < 3; ++miss) {
            EXPECT_THAT(kiosk.login_refusal(ticket, 19390615), Optional(LoginRefusal::NoMatch));
        }
        EXPECT_THAT(kiosk.login_refusal(ticket), Optional(LoginRefusal::Locked));
    }
    EXPECT_TRUE(kiosk.log_in(bea)) << "another ticket is not locked";
}

TEST_F(EngineLogin, ALockStandsAfterARestartAndEndsByItself) {
    kiosk.sync();
    for (int miss = 0; miss < 3; ++miss)
        kiosk.login_refusal(ann, 19390615);
    kiosk.restart();
    EXPECT_THAT(kiosk.login_refusal(ann), Optional(LoginRefusal::Locked));
    kiosk.advance(minutes(1));
    EXPECT_TRUE(kiosk.log_in(ann));
}

TEST_F(EngineLogin, SlowsWhoeverTriesManyTicketsAndRefusesNobodyForIt) {
    slow_town();
    const auto took = try_tickets(12);
    EXPECT_THAT(std::vector(took.begin(), took.begin() + 4), Each(Milliseconds(0)));
    for (std::size_t i = 4; i < 10; ++i)
        EXPECT_GT(took[i], took[i - 1]);
    EXPECT_GT(took.back(), seconds(28));
    EXPECT_LE(took.back(), kLoginPauseMax);

    kiosk.ask_login(ann);
    EXPECT_FALSE(kiosk.take<LoggedIn>());
    EXPECT_GT(kiosk.wait_for_answer(), seconds(28)) << "the right date is answered no sooner";
    EXPECT_EQ(kiosk.take<LoggedIn>().value().resident.id, PersonId(1));
}

TEST_F(EngineLogin, CountsTriesOnALockedTicketToo) {
    slow_town();
    for (int miss = 0; miss < 3; ++miss)
        kiosk.login_refusal(ann, 19390615);
    EXPECT_THAT(kiosk.login_refusal(ann), Optional(LoginRefusal::Locked));
    EXPECT_TRUE(kiosk.status().slowed);
    kiosk.ask_login(ann);
    EXPECT_GT(kiosk.wait_for_answer(), seconds(4));
    EXPECT_EQ(kiosk.take<LoginRefused>().value().reason, LoginRefusal::Locked);
}

TEST_F(EngineLogin, IsAtOnceAgainWhenTheMissesHaveLeakedOut) {
    slow_town();
    EXPECT_FALSE(kiosk.status().slowed);
    try_tickets(12);
    EXPECT_TRUE(kiosk.status().slowed);
    kiosk.advance(hours(2));
    EXPECT_FALSE(kiosk.status().slowed);
    EXPECT_TRUE(kiosk.log_in(ann));
}

TEST_F(EngineLogin, NeitherAPulledPlugNorASetClockMakesANewBudget) {
    slow_town();
    try_tickets(12);
    kiosk.now += hours(24 * 365);
    kiosk.restart();
    kiosk.ask_login(ann);
    EXPECT_GT(kiosk.wait_for_answer(), seconds(25));

    for (const Milliseconds by : {Milliseconds(hours(30)), Milliseconds(hours(-60))}) {
        kiosk.take<LoggedIn>().value();
        kiosk.ask_login(ann);
        kiosk.now += by;
        kiosk.engine().clock_moved(by);
        EXPECT_GT(kiosk.wait_for_answer(), seconds(24)) << "it is kept back all the same";
    }
}

TEST_F(EngineLogin, AClockThatJumpsUnnoticedKeepsNobodyForLonger) {
    slow_town();
    try_tickets(12);
    kiosk.ask_login(ann);
    kiosk.now -= hours(10);
    kiosk.engine().tick(kiosk.now);
    EXPECT_LE(kiosk.wait_for_answer(), kLoginPauseMax);
}

TEST_F(EngineLogin, WhoLeavesBeforeTheAnswerHasMissedAllTheSame) {
    slow_town();
    try_tickets(5);
    kiosk.ask_login(bea, 19390615);
    kiosk.ask_login(bea, 19390615);
    kiosk.ask_login(bea, 19390615);
    kiosk.restart();
    kiosk.advance(seconds(1));
    kiosk.ask_login(bea);
    kiosk.wait_for_answer();
    EXPECT_EQ(kiosk.take<LoginRefused>().value().reason, LoginRefusal::Locked);
}

TEST_F(EngineLogin, ALaterRowWinsOverTheBaseFile) {
    kiosk.sync();
    Resident vaccinated = a_resident(1);
    vaccinated.last_dose = DoseRecord{2, in_days(-10), a_vaccine_code()};
    town.put(ann, vaccinated);
    town.put(nobody, a_resident(9));
    kiosk.advance(minutes(1));
    kiosk.sync();
    ASSERT_TRUE(kiosk.log_in(ann));
    EXPECT_TRUE(std::holds_alternative<Complete>(kiosk.log_in(ann)->standing));
    EXPECT_TRUE(kiosk.log_in(nobody));
    kiosk.restart();
    EXPECT_TRUE(std::holds_alternative<Complete>(kiosk.log_in(ann)->standing));
}

TEST_F(EngineLogin, AVaccineThatIsNewToTheRosterBringsANewOneAndIsNeverMistaken) {
    kiosk.sync();
    Vaccine fresh = a_vaccine();
    fresh.code = a_vaccine_code("daiichi");
    town.put(fresh);
    town.put(ann, a_resident_after_dose(1, in_days(-5), "daiichi"));
    kiosk.advance(minutes(1));
    ASSERT_TRUE(kiosk.exchange(device::Lane::Pull));
    if (const auto early = kiosk.log_in(ann)) {
        EXPECT_TRUE(std::holds_alternative<AskStaff>(early->standing));
    }
    kiosk.sync();
    EXPECT_EQ(town.snapshots(), 2);
    const auto person = kiosk.log_in(ann);
    ASSERT_TRUE(person && person->resident.last_dose);
    EXPECT_EQ(person->resident.last_dose->vaccine, a_vaccine_code("daiichi"));
}

TEST_F(EngineLogin, ATicketThatIsNoLongerGoodIsForStaff) {
    Resident gone = a_resident(1);
    gone.valid = false;
    town.put(ann, gone);
    kiosk.sync();
    ASSERT_TRUE(kiosk.log_in(ann));
    EXPECT_TRUE(std::holds_alternative<AskStaff>(kiosk.log_in(ann)->standing));
}

TEST_F(EngineLogin, ShowsABookingMadeElsewhereWithItsSlip) {
    kiosk.sync();
    ASSERT_TRUE(town.book_elsewhere(PersonId(1), SlotId(2)));
    kiosk.advance(minutes(1));
    kiosk.sync();
    const auto person = kiosk.log_in(ann);
    ASSERT_TRUE(person && person->slip);
    EXPECT_EQ(person->slip->slot.id, SlotId(2));
    EXPECT_FALSE(person->slip_owed);
    const auto read = sync::read_slip_code(person->slip->code, kiosk.town_key().public_key());
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(read->booking.device, DeviceId(0));
    EXPECT_EQ(read->signer, kiosk.id());
}

TEST_F(EngineLogin, ADamagedRosterRowIsReportedAndRefusesLikeAnUnknownTicket) {
    kiosk.sync();
    auto database = sqlite::Database::open(kiosk.database(), sqlite::Access::ReadWrite).value();
    auto spoil = database.prepare("INSERT INTO roster_row VALUES (?, ?)").value();
    const auto locator = sync::locate(kiosk.identity().roster_key, ann);
    const Bytes noise(sync::kSealedBytes, 7);
    ASSERT_TRUE(spoil.bind(1, std::span<const std::uint8_t>(locator))
                    .bind(2, std::span<const std::uint8_t>(noise))
                    .run()
                    .ok());
    EXPECT_EQ(kiosk.status().set_aside, 0U);
    EXPECT_THAT(kiosk.login_refusal(ann), Optional(LoginRefusal::NoMatch));
    EXPECT_EQ(kiosk.status().set_aside, 1U);
}

}  // namespace
}  // namespace mado::tests

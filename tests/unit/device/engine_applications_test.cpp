// What people apply for at a device without network and seats: what it keeps, refuses and shows.

#include "tests/support/device_in_town.h"

#include <gmock/gmock.h>
namespace mado::tests {
namespace {

using std::chrono::hours;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class EngineApplications : public testing::Test {
  protected:
    EngineApplications() {
        for (const int day : {1, 7, 8}) {
            for (int time = 0; time < 2; ++time) {
                Slot slot = a_slot(day * 10 + time, in_days(day));
                slot.starts += std::chrono::minutes(30 * time);
                slot.seats = seats(1, 1);
                town.put(slot);
            }
        }
        for (int id = 1; id <= 3; ++id)
            town.put(ticket(id), a_resident(id));
        kiosk.sync();
        kiosk.advance(seconds(1));
        kiosk.sync();
        kiosk.unplug();
    }

    static Ticket ticket(int id) { return a_ticket("000000000" + std::to_string(id)); }
    std::optional<Receipt> apply(int person, std::vector<SlotId> choices,
                                 Declaration declared = {}) {
        kiosk.ask(Apply{{}, a_resident(person), std::move(choices), declared});
        const auto kept = kiosk.take<ApplicationKept>();
        return kept ? std::optional(kept->receipt) : std::nullopt;
    }
    std::optional<ApplicationRefusal> refusal(int person, std::vector<SlotId> choices) {
        kiosk.ask(Apply{{}, a_resident(person), std::move(choices)});
        const auto refused = kiosk.take<ApplicationRefused>();
        return refused ? std::optional(refused->reason) : std::nullopt;
    }
    sqlite::Database database() {
        return sqlite::Database::open(kiosk.database(), sqlite::Access::ReadWrite).value();
    }
    // What a person who logs in is shown.
    std::optional<Receipt> shown(int person) {
        const auto login = kiosk.log_in(ticket(person));
        return login ? login->application : std::nullopt;
    }

    ModelServer town;
    DeviceInTown kiosk{town};
};

TEST_F(EngineApplications, EverySlotThatTheRulesAllowIsListedThoughNoSeatIsLeft) {
    const auto login = kiosk.log_in(ticket(1));
    EXPECT_THAT(kiosk.offers(*login).offers.offers, IsEmpty());
    const DoseWish wish = std::get<MayBook>(login->standing).wish;
    kiosk.ask(ListOffers{{}, login->resident, wish, Offered::EverySlot});
    EXPECT_THAT(kiosk.take<OffersListed>()->offers.offers, SizeIs(6));
}

TEST_F(EngineApplications, IsKeptAtOnceShownAgainAndReachesTheTownOnce) {
    const Declaration help{Declared::Wheelchair};
    const auto receipt = apply(1, {SlotId(80), SlotId(70)}, help);
    ASSERT_TRUE(receipt);
    EXPECT_EQ(receipt->application.id.device, kiosk.id());
    EXPECT_THAT(receipt->application.choices, ElementsAre(SlotId(80), SlotId(70)));
    EXPECT_EQ(receipt->places.front().slot.id, SlotId(80));
    EXPECT_EQ(shown(1), receipt);
    EXPECT_EQ(shown(2), std::nullopt) << "and to nobody else";
    kiosk.restart();
    EXPECT_EQ(shown(1), receipt) << "after a restart too";
    EXPECT_THAT(town.applications(), IsEmpty());

    kiosk.plug_in();
    ASSERT_THAT(town.applications(), SizeIs(1));
    EXPECT_EQ(town.applications().begin()->second, receipt->application);
    EXPECT_EQ(shown(1), receipt);
    EXPECT_THAT(town.broken(), IsEmpty()) << "no seat was taken";
}

TEST_F(EngineApplications, ASecondForTheSameDoseIsRefused) {
    ASSERT_TRUE(apply(1, {SlotId(80)}));
    EXPECT_EQ(refusal(1, {SlotId(70)}), ApplicationRefusal::NotPossible);
}

TEST_F(EngineApplications, WhatIsNoChoiceIsRefused) {
    EXPECT_EQ(refusal(1, {}), ApplicationRefusal::ChoiceGone);
    EXPECT_EQ(refusal(1, {SlotId(80), SlotId(80)}), ApplicationRefusal::ChoiceGone);
    EXPECT_EQ(refusal(1, {SlotId(80), SlotId(81), SlotId(70), SlotId(71)}),
              ApplicationRefusal::ChoiceGone);
    EXPECT_EQ(refusal(1, {SlotId(80), SlotId(999)}), ApplicationRefusal::ChoiceGone);
    kiosk.advance(hours(48));
    EXPECT_EQ(refusal(1, {SlotId(10)}), ApplicationRefusal::ChoiceGone) << "it has passed";
}

TEST_F(EngineApplications, WhoHasABookingCannotApply) {
    kiosk.plug_in();
    town.put(a_booking(5, 70));
    kiosk.sync();
    kiosk.advance(seconds(30));
    kiosk.sync();
    EXPECT_EQ(refusal(1, {SlotId(80)}), ApplicationRefusal::NotPossible);
}

TEST_F(EngineApplications, ADiskThatIsFullKeepsNothing) {
    const auto before = kiosk.status().backlog.unanswered;
    ASSERT_TRUE(database()
                    .execute("CREATE TRIGGER full_disk BEFORE INSERT ON journal_event "
                             "BEGIN SELECT RAISE(ABORT, 'full'); END")
                    .ok());
    EXPECT_EQ(refusal(1, {SlotId(80)}), ApplicationRefusal::StorageFailed);
    EXPECT_EQ(kiosk.status().backlog.unanswered, before);
    EXPECT_EQ(shown(1), std::nullopt);
    ASSERT_TRUE(database().execute("DROP TRIGGER full_disk").ok());
    EXPECT_TRUE(apply(1, {SlotId(80)}));
}

TEST_F(EngineApplications, IsTakenBackAndGoneAtOnce) {
    const auto receipt = apply(1, {SlotId(80)});
    kiosk.ask(Withdraw{{}, PersonId(1), receipt->application.id});
    ASSERT_TRUE(kiosk.take<WithdrawalKept>());
    EXPECT_EQ(shown(1), std::nullopt);
    kiosk.restart();
    EXPECT_EQ(shown(1), std::nullopt);
    kiosk.ask(Withdraw{{}, PersonId(1), receipt->application.id});
    EXPECT_EQ(kiosk.take<WithdrawalRefused>()->reason, ApplicationRefusal::NotWaiting);
    kiosk.plug_in();
    EXPECT_EQ(town.applications().begin()->second.state, ApplicationState::Withdrawn);
    EXPECT_TRUE((kiosk.unplug(), apply(1, {SlotId(70)}))) << "and can apply anew";
}

TEST_F(EngineApplications, NobodyTakesBackWhatIsAnothers) {
    const auto receipt = apply(1, {SlotId(80)});
    kiosk.ask(Withdraw{{}, PersonId(2), receipt->application.id});
    EXPECT_EQ(kiosk.take<WithdrawalRefused>()->reason, ApplicationRefusal::NotWaiting);
    EXPECT_EQ(shown(1), receipt);
}

TEST_F(EngineApplications, ThatItWasDeclinedIsShownAndTheNextOneInItsPlace) {
    Application declined = apply(1, {SlotId(80)})->application;
    kiosk.plug_in();
    declined.state = ApplicationState::Declined;
    town.put(declined);
    kiosk.advance(seconds(30));
    kiosk.sync();
    ASSERT_TRUE(shown(1));
    EXPECT_EQ(shown(1)->application, declined);
    kiosk.unplug();
    const auto next = apply(1, {SlotId(70)});
    ASSERT_TRUE(next);
    EXPECT_EQ(shown(1), next);
}

TEST_F(EngineApplications, WhatTheTownDecidesIsShownEverywhere) {
    const auto receipt = apply(1, {SlotId(80)});
    kiosk.plug_in();
    DeviceInTown other(town, 4, 2);
    other.sync();
    other.advance(seconds(1));
    other.sync();
    EXPECT_EQ(other.log_in(ticket(1))->application, receipt) << "at every kiosk";

    Application placed = receipt->application;
    placed.state = ApplicationState::Placed;
    town.put(placed);
    town.put(a_booking(9, 80));
    kiosk.advance(seconds(30));
    kiosk.sync();
    const auto login = kiosk.log_in(ticket(1));
    EXPECT_EQ(login->application, std::nullopt);
    ASSERT_TRUE(std::holds_alternative<HasBooking>(login->standing));
    EXPECT_EQ(std::get<HasBooking>(login->standing).booking.slot, SlotId(80));
}

}  // namespace
}  // namespace mado::tests

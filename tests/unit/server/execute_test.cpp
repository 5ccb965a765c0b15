#include "sync/server/booking/execute.h"

#include "tests/support/server/server_town.h"

#include <gmock/gmock.h>

namespace mado::server {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using tests::ServerTown;

// A store whose next commits can go wrong.
class MischievousStore : public Store {
  public:
    explicit MischievousStore(Store& store) : store_(store) {}

    Result<Facts, IoError> load(const Needs& needs) override {
        ++loads;
        return store_.load(needs);
    }

    Result<Committed, IoError> commit(const Writes& writes, std::int64_t commits) override {
        ++tries;
        if (stale_next > 0) {
            --stale_next;
            return Committed::Stale;
        }
        if (refuses && refuses(writes)) return fail(IoError{IoError::Kind::Refused, "constraint"});
        if (fails_with) return fail(*fails_with);
        return store_.commit(writes, commits);
    }

    int loads = 0;
    int tries = 0;
    int stale_next = 0;
    std::function<bool(const Writes&)> refuses;
    std::optional<IoError> fails_with;

  private:
    Store& store_;
};

bool books_for(const Writes& writes, PersonId person) {
    return std::any_of(writes.bookings.begin(), writes.bookings.end(),
                       [&](const auto& row) { return row.booking.person == person; });
}

class Execute : public testing::Test {
  protected:
    void TearDown() override { EXPECT_THAT(tests::broken_invariants(town.reads()), IsEmpty()); }

    std::vector<Outcome> run(const std::vector<Command>& commands) {
        return execute(store, commands, HoldingPolicy{}, town.now);
    }

    ServerTown town;
    MischievousStore store{town.store()};
};

TEST_F(Execute, CommitsABatchInOneTransaction) {
    run({BookFree{PersonId(1), 1, SlotId(1)}, BookFree{PersonId(2), 1, SlotId(1)}});
    EXPECT_EQ(store.loads, 1);
    EXPECT_EQ(store.tries, 1);
    EXPECT_EQ(town.slot(1).seats.booked, 2);
}

TEST_F(Execute, DoesNotCommitWhatChangesNothing) {
    run({CancelBooking{{DeviceId(5), EventNumber(5)}, 1}});
    EXPECT_EQ(store.tries, 0);
}

TEST_F(Execute, DecidesAgainWhenSomebodyElseCommitted) {
    store.stale_next = 2;
    const auto outcomes = run({BookFree{PersonId(1), 1, SlotId(1)}});
    EXPECT_TRUE(std::holds_alternative<BookingMade>(outcomes.at(0)));
    EXPECT_EQ(store.loads, 3);
}

TEST_F(Execute, GivesUpWhenOthersCommitAllTheTime) {
    store.stale_next = 1000;
    const auto outcomes = run({BookFree{PersonId(1), 1, SlotId(1)}});
    EXPECT_EQ(std::get<IoError>(outcomes.at(0)).kind, IoError::Kind::Unavailable);
}

TEST_F(Execute, ACommandThatBreaksTheCommitDoesNotBlockThoseBesideIt) {
    store.refuses = [](const Writes& writes) { return books_for(writes, PersonId(2)); };
    const auto outcomes =
        run({BookFree{PersonId(1), 1, SlotId(1)}, BookFree{PersonId(2), 1, SlotId(1)},
             BookFree{PersonId(3), 1, SlotId(1)}});
    EXPECT_TRUE(std::holds_alternative<BookingMade>(outcomes.at(0)));
    EXPECT_EQ(std::get<IoError>(outcomes.at(1)).kind, IoError::Kind::Refused);
    EXPECT_TRUE(std::holds_alternative<BookingMade>(outcomes.at(2)));
    EXPECT_EQ(town.slot(1).seats.booked, 2);
}

TEST_F(Execute, AnEventThatTheStoreRefusesIsKeptAsideAndThoseBehindItGoOn) {
    auto kiosk = town.a_device();
    town.grant(kiosk, SlotId(1), 3);
    store.refuses = [](const Writes& writes) { return books_for(writes, PersonId(2)); };
    std::vector<Envelope> events;
    for (int i = 1; i <= 3; ++i)
        events.push_back(kiosk.sell(PersonId(i), SlotId(1), i));

    const auto outcomes = run({IngestEvents{kiosk.id(), received(events)}});

    const auto& ingested = std::get<EventsIngested>(outcomes.at(0));
    ASSERT_EQ(ingested.answers.size(), 3U);
    EXPECT_EQ(ingested.answers[0].verdict, Answer::Verdict::Accepted);
    EXPECT_EQ(ingested.answers[1].verdict, Answer::Verdict::Aside);
    EXPECT_EQ(ingested.answers[1].reason, "refused-by-store");
    EXPECT_NE(ingested.answers[2].verdict, Answer::Verdict::Aside);
    EXPECT_EQ(town.device(kiosk.id()).events_known, EventNumber(3));
    EXPECT_EQ(town.bookings().size(), 2U);
}

TEST_F(Execute, TellsEverybodyWhenTheStoreIsAway) {
    store.fails_with = IoError{IoError::Kind::Unavailable, "locked"};
    const auto outcomes =
        run({BookFree{PersonId(1), 1, SlotId(1)}, BookFree{PersonId(2), 1, SlotId(1)}});
    EXPECT_EQ(outcomes.size(), 2U);
    for (const auto& outcome : outcomes) {
        EXPECT_EQ(std::get<IoError>(outcome).kind, IoError::Kind::Unavailable);
    }
    EXPECT_EQ(store.tries, 1);
    EXPECT_EQ(town.slot(1).seats.booked, 0);
}

TEST_F(Execute, AcknowledgesNothingThatAFullDiskDidNotTake) {
    auto kiosk = town.a_device();
    store.fails_with = IoError{IoError::Kind::Full, "disk"};
    const auto outcomes =
        run({IngestEvents{kiosk.id(), received({kiosk.write(Started{}), kiosk.write(Started{})})}});
    EXPECT_EQ(std::get<IoError>(outcomes.at(0)).kind, IoError::Kind::Full);
    EXPECT_EQ(town.device(kiosk.id()).events_known, EventNumber(0));
}

TEST_F(Execute, TakesNothingForAnAnswer) {
    EXPECT_THAT(run({}), IsEmpty());
}

}  // namespace
}  // namespace mado::server

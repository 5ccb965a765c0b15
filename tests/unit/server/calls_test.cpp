// Calls for staff at the server: who calls, who answers, and when nobody stands there any more.

#include "tests/support/server/server_town.h"

#include <gmock/gmock.h>

namespace mado::server {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using testing::IsEmpty;
using testing::SizeIs;
using tests::ChainedDevice;
using tests::ServerTown;

using Verdict = Answer::Verdict;

class Calls : public testing::Test {
  protected:
    void TearDown() override { EXPECT_THAT(tests::broken_invariants(town.reads()), IsEmpty()); }

    CallId call() {
        const Envelope event = kiosk.write(StaffCalled{});
        EXPECT_EQ(town.push_one(kiosk, event).verdict, Verdict::Accepted);
        return {event.device, event.number};
    }
    void end(const CallId& call) {
        const Answer answer = town.push_one(kiosk, kiosk.write(StaffCallEnded{call.number}));
        EXPECT_EQ(answer.verdict, Verdict::Accepted);
    }
    Call stored(const CallId& id) {
        const auto calls = town.reads().calls(false).value();
        const auto found = std::ranges::find(calls, id, &Call::id);
        MADO_CHECK(found != calls.end());
        return *found;
    }
    CommandRefusal refusal_of(const CallId& id, const std::string& by) {
        return town.must<Refused>(AnswerCall{id, by}).reason;
    }
    std::vector<Call> told_since(FeedPosition position) {
        std::vector<Call> calls;
        for (const Change& change : town.reads().feed(position, 1000).value().changes) {
            if (const auto* told = std::get_if<CallChanged>(&change)) calls.push_back(told->call);
        }
        return calls;
    }

    ServerTown town;
    ChainedDevice kiosk = town.a_device();
};

TEST_F(Calls, WaitUntilTheyAreAnsweredAndTheFeedTellsEachStep) {
    const FeedPosition before = town.reads().position().value();
    const CallId id = call();
    EXPECT_TRUE(stored(id).waits(town.now));
    EXPECT_EQ(stored(id).venue, town.device(kiosk.id()).venue);
    const auto stands = town.must<CallStands>(AnswerCall{id, "佐藤"});
    EXPECT_TRUE(stands.answered);
    EXPECT_FALSE(stored(id).waits(town.now));
    EXPECT_TRUE(stored(id).is_live(town.now));
    end(id);
    EXPECT_FALSE(stored(id).is_live(town.now));
    const auto told = told_since(before);
    ASSERT_THAT(told, SizeIs(3));
    EXPECT_EQ(told[1].answer->by, "佐藤");
    EXPECT_EQ(told[2], stored(id));
}

TEST_F(Calls, AreAnsweredByTheFirstAndTheSecondHearsWhoThatIs) {
    const CallId id = call();
    town.must<CallStands>(AnswerCall{id, "佐藤"});
    const FeedPosition before = town.reads().position().value();
    const auto second = town.must<CallStands>(AnswerCall{id, "鈴木"});
    EXPECT_FALSE(second.answered);
    EXPECT_EQ(second.call.answer->by, "佐藤");
    EXPECT_THAT(told_since(before), IsEmpty());
}

TEST_F(Calls, CannotBeAnsweredOnceThePersonHasLeft) {
    const CallId id = call();
    end(id);
    EXPECT_EQ(refusal_of(id, "佐藤"), CommandRefusal::CallOver);
    EXPECT_FALSE(stored(id).answer);
}

TEST_F(Calls, AreOverAfterHalfAnHourWithoutAnybodysDoing) {
    const CallId id = call();
    town.now += kCallLife - seconds(1);
    EXPECT_TRUE(stored(id).waits(town.now));
    town.now += seconds(1);
    EXPECT_FALSE(stored(id).waits(town.now));
    EXPECT_EQ(refusal_of(id, "佐藤"), CommandRefusal::CallOver);
}

TEST_F(Calls, NeedANameToBeAnsweredAndToBeThere) {
    const CallId id = call();
    EXPECT_EQ(refusal_of(id, ""), CommandRefusal::NameNeeded);
    EXPECT_EQ(refusal_of({kiosk.id(), EventNumber(99)}, "佐藤"), CommandRefusal::UnknownCall);
}

TEST_F(Calls, EndWhenTheProgramStartsAnewOrSomebodyElseCalls) {
    const CallId first = call();
    const CallId second = call();
    EXPECT_TRUE(stored(first).ended);
    EXPECT_TRUE(stored(second).waits(town.now));
    town.push_one(kiosk, kiosk.write(Started{}));
    EXPECT_TRUE(stored(second).ended);
}

TEST_F(Calls, ThatCameLateFromACableThatWasOutAreOld) {
    const Envelope event = kiosk.write(StaffCalled{});
    town.now += kCallLife;
    town.push_one(kiosk, event);
    const CallId id{event.device, event.number};
    EXPECT_FALSE(stored(id).waits(town.now));
}

TEST_F(Calls, OfAClockThatRunsAheadBeginNow) {
    town.now -= minutes(10);
    const CallId id = call();
    EXPECT_EQ(stored(id).since, town.now);
}

TEST_F(Calls, BegunAndEndedInOnePushAreOver) {
    const Envelope begun = kiosk.write(StaffCalled{});
    const Envelope ended = kiosk.write(StaffCallEnded{begun.number});
    town.push(kiosk, {begun, ended});
    EXPECT_TRUE(stored({begun.device, begun.number}).ended);
}

TEST_F(Calls, HappenOnceHoweverOftenTheyCome) {
    const Envelope event = kiosk.write(StaffCalled{});
    town.push_one(kiosk, event);
    town.push_one(kiosk, event);
    EXPECT_THAT(town.reads().calls(false).value(), SizeIs(1));
}

TEST_F(Calls, EndOfOneThatNobodyKnowsIsNothingToLookAt) {
    const Answer answer = town.push_one(kiosk, kiosk.write(StaffCallEnded{EventNumber(77)}));
    EXPECT_EQ(answer.verdict, Verdict::Accepted);
    EXPECT_THAT(town.worklist(), IsEmpty());
}

TEST_F(Calls, OfAFencedDeviceAreKeptAside) {
    town.must<DeviceStands>(DeclareLost{kiosk.id(), "佐藤"});
    const Answer answer = town.push_one(kiosk, kiosk.write(StaffCalled{}));
    EXPECT_EQ(answer.verdict, Verdict::Aside);
    EXPECT_THAT(town.reads().calls(false).value(), IsEmpty());
}

}  // namespace
}  // namespace mado::server

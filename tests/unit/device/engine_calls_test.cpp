// Calls for staff at a device: what it tells whoever called, and what it keeps of it.

#include "sync/protocol/event_json.h"
#include "tests/support/device_in_town.h"

#include <gmock/gmock.h>

namespace mado::tests {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;

class EngineCalls : public testing::Test {
  protected:
    EngineCalls() {
        kiosk.sync();
        kiosk.advance(seconds(1));
        kiosk.sync();
    }

    // What was said last; none where nothing was said since.
    std::optional<CallTold> told() {
        std::optional<CallTold> last;
        while (auto next = kiosk.take<CallTold>())
            last = next;
        return last;
    }
    void call() { kiosk.ask(CallStaff{kFirst}); }
    void end(QuestionId question = kFirst) { kiosk.ask(EndCall{question}); }
    CallId only_call() {
        MADO_CHECK(town.calls().size() == 1);
        return town.calls().begin()->first;
    }
    bool stands(const CallId& call) { return !town.calls().at(call).ended; }

    // DeviceInTown numbers its questions itself, from 1 on.
    static constexpr QuestionId kFirst{1};
    ModelServer town;
    DeviceInTown kiosk{town};
};

TEST_F(EngineCalls, ReachTheServerAndTheAnswerComesBack) {
    call();
    EXPECT_EQ(told()->progress, CallProgress::Calling);
    kiosk.sync();
    EXPECT_FALSE(told()) << "nothing new yet";
    town.answer_call(only_call(), "佐藤");
    kiosk.sync();
    const auto answer = told();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->progress, CallProgress::Coming);
    EXPECT_EQ(answer->by, "佐藤");
    EXPECT_TRUE(stands(only_call()));
    end();
    kiosk.sync();
    EXPECT_FALSE(stands(only_call()));
}

TEST_F(EngineCalls, ReachNobodyWithoutTheNetworkAndSayItAtOnce) {
    kiosk.unplug();
    call();
    EXPECT_EQ(told()->progress, CallProgress::Unreachable);
}

TEST_F(EngineCalls, MadeOfflineRingOnceTheNetworkIsBack) {
    kiosk.unplug();
    call();
    EXPECT_EQ(told()->progress, CallProgress::Unreachable);
    kiosk.plug_in();
    kiosk.advance(seconds(40));
    kiosk.sync();
    EXPECT_EQ(told()->progress, CallProgress::Calling);
    EXPECT_TRUE(stands(only_call()));
}

TEST_F(EngineCalls, MadeOfflineAndGivenUpAreToldAsOver) {
    kiosk.unplug();
    call();
    end();
    kiosk.plug_in();
    kiosk.advance(seconds(40));
    kiosk.sync();
    EXPECT_FALSE(stands(only_call()));
}

TEST_F(EngineCalls, OfACableThatNobodyKnowsToBeOutAreNoCallsAfterAFewSeconds) {
    // No answer comes, and no error either.
    kiosk.other_end = [](device::Lane, const HttpRequest&) {
        return std::optional<DeviceInTown::Outcome>();
    };
    call();
    EXPECT_EQ(told()->progress, CallProgress::Calling);
    kiosk.sync();
    kiosk.advance(device::kCallPatience);
    EXPECT_EQ(told()->progress, CallProgress::Unreachable);
}

TEST_F(EngineCalls, ThatTheServerHasStandWhenTheCableIsCutAfterwards) {
    call();
    kiosk.sync();
    static_cast<void>(told());
    kiosk.unplug();
    kiosk.advance(minutes(1));
    kiosk.sync();
    EXPECT_FALSE(told()) << "staff have seen it";
    town.answer_call(only_call(), "佐藤");
    kiosk.plug_in();
    kiosk.advance(minutes(1));
    kiosk.sync();
    EXPECT_EQ(told()->progress, CallProgress::Coming);
}

TEST_F(EngineCalls, AnsweredAfterThePersonLeftAreToldToNobody) {
    call();
    kiosk.sync();
    const CallId id = only_call();
    kiosk.unplug();
    end();
    town.answer_call(id, "佐藤");
    kiosk.plug_in();
    kiosk.advance(minutes(1));
    static_cast<void>(told());
    kiosk.sync();
    EXPECT_FALSE(told());
    EXPECT_FALSE(stands(id));
}

TEST_F(EngineCalls, AreTwoWhenSomebodyCallsAgain) {
    call();
    kiosk.sync();
    end();
    const QuestionId second{3};
    kiosk.ask(CallStaff{second});
    kiosk.sync();
    ASSERT_EQ(town.calls().size(), 2u);
    const CallId later = town.calls().rbegin()->first;
    EXPECT_TRUE(stands(later));
    EXPECT_FALSE(stands(town.calls().begin()->first));
    static_cast<void>(told());
    town.answer_call(later, "鈴木");
    kiosk.sync();
    const auto answer = told();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->question, second);
    EXPECT_EQ(answer->by, "鈴木");
}

TEST_F(EngineCalls, EndOfNoneChangesNothing) {
    const EventNumber before = kiosk.engine().status().ready ? EventNumber(1) : EventNumber();
    end();
    EXPECT_TRUE(kiosk.silent());
    EXPECT_EQ(kiosk.engine().status().backlog.unanswered, 0u);
    EXPECT_EQ(before, EventNumber(1));
}

TEST_F(EngineCalls, OfAFencedDeviceReachNobodyAndAreNotKept) {
    kiosk.other_end = always({403, "application/json", sync::to_json(sync::Refusal{"fenced", ""})});
    kiosk.advance(minutes(1));
    kiosk.sync();
    ASSERT_TRUE(kiosk.status().fenced);
    call();
    EXPECT_EQ(told()->progress, CallProgress::Unreachable);
    EXPECT_EQ(kiosk.status().backlog.unanswered, 0u);
}

TEST_F(EngineCalls, AreForgottenByThemselvesWhereTheirEndIsNeverHeardOf) {
    call();
    kiosk.sync();
    ASSERT_EQ(kiosk.engine().facts().calls.size(), 1u);
    kiosk.restart();
    EXPECT_EQ(kiosk.engine().facts().calls.size(), 1u) << "a terminal shows them after a restart";
    for (int hour = 0; hour < 2; ++hour)
        kiosk.advance(minutes(61));
    EXPECT_THAT(kiosk.engine().facts().calls, IsEmpty());
}

TEST_F(EngineCalls, AreInTheSnapshotOfADeviceThatStartsAnew) {
    call();
    kiosk.sync();
    town.begin_epoch();
    kiosk.advance(minutes(1));
    kiosk.sync();
    ASSERT_GT(town.snapshots(), 1);
    EXPECT_EQ(kiosk.engine().facts().calls.size(), 1u);
    EXPECT_TRUE(kiosk.engine().facts().calls.contains(only_call()));
}

}  // namespace
}  // namespace mado::tests

#include "sync/server/booking/command_queue.h"

#include "tests/support/builders.h"

#include <gmock/gmock.h>

namespace mado::server {
namespace {

using std::chrono::milliseconds;

Command a_command(int device = 1) {
    return NoteSeen{DeviceId(device)};
}

void nothing(const Outcome&) {}

class Queue : public testing::Test {
  protected:
    void add(int count) {
        for (int i = 0; i < count; ++i)
            ASSERT_TRUE(queue.push(a_command(i), nothing, now));
    }

    Instant now = tests::now();
    CommandQueue queue{QueueLimits{100, 2000, milliseconds(5), 150}};
};

TEST_F(Queue, GivesALoneCommandAtOnce) {
    EXPECT_FALSE(queue.due());
    EXPECT_TRUE(queue.take(now).empty());
    add(1);
    EXPECT_EQ(queue.due(), now);
    EXPECT_EQ(queue.take(now).commands.size(), 1U);
    EXPECT_FALSE(queue.due());
}

TEST_F(Queue, WaitsForHalfAsManyAsLastTimeButNeverLongerThanItMay) {
    add(20);
    ASSERT_EQ(queue.take(now).commands.size(), 20U);
    add(9);
    EXPECT_EQ(queue.due(), now + milliseconds(5));
    EXPECT_TRUE(queue.take(now + milliseconds(4)).empty());
    EXPECT_EQ(queue.take(now + milliseconds(5)).commands.size(), 9U);
}

TEST_F(Queue, GoesOnWithHalfWhileTheOthersAreOnTheirWay) {
    add(20);
    ASSERT_EQ(queue.take(now).commands.size(), 20U);
    add(10);
    EXPECT_EQ(queue.due(), now);
    EXPECT_EQ(queue.take(now).commands.size(), 10U);
}

TEST_F(Queue, CutsABatchAtItsLimitAndKeepsTheOrder) {
    add(130);
    const auto batch = queue.take(now);
    ASSERT_EQ(batch.commands.size(), 100U);
    EXPECT_EQ(std::get<NoteSeen>(batch.commands.back()).device, DeviceId(99));
    EXPECT_EQ(queue.waiting(), 30U);
    const auto rest = queue.take(now + milliseconds(5));
    EXPECT_EQ(std::get<NoteSeen>(rest.commands.front()).device, DeviceId(100));
}

TEST_F(Queue, CutsABatchByTheEventsInIt) {
    const IngestEvents big{DeviceId(1), std::vector<ReceivedEvent>(1500)};
    ASSERT_TRUE(queue.push(big, nothing, now));
    ASSERT_TRUE(queue.push(big, nothing, now));
    EXPECT_EQ(queue.take(now).commands.size(), 1U);
    EXPECT_EQ(queue.take(now).commands.size(), 1U);
}

TEST_F(Queue, TakesACommandThatIsLargerThanABatch) {
    const IngestEvents huge{DeviceId(1), std::vector<ReceivedEvent>(5000)};
    ASSERT_TRUE(queue.push(huge, nothing, now));
    EXPECT_EQ(queue.take(now).commands.size(), 1U);
}

TEST_F(Queue, RefusesWhatWouldWaitTooLong) {
    add(150);
    bool called = false;
    EXPECT_FALSE(queue.push(
        a_command(), [&](const Outcome&) { called = true; }, now));
    EXPECT_FALSE(called);
    EXPECT_EQ(queue.waiting(), 150U);
}

TEST_F(Queue, GivesEverythingWhenItStops) {
    add(120);
    EXPECT_EQ(queue.take_all().commands.size(), 100U);
    EXPECT_EQ(queue.take_all().commands.size(), 20U);
    EXPECT_TRUE(queue.take_all().empty());
}

TEST_F(Queue, DoesNotHangOnAClockThatJumpedBack) {
    add(20);
    queue.take(now);
    add(1);
    EXPECT_EQ(queue.take(now - std::chrono::hours(1)).commands.size(), 1U);
}

TEST_F(Queue, GivesEachItsOwnOutcome) {
    std::vector<CommandRefusal> seen;
    for (int i = 0; i < 2; ++i) {
        ASSERT_TRUE(queue.push(
            a_command(i),
            [&](const Outcome& outcome) { seen.push_back(std::get<Refused>(outcome).reason); },
            now));
    }
    auto batch = queue.take(now);
    batch.settle({Refused{CommandRefusal::WrongState}, Refused{CommandRefusal::UnknownVenue}});
    EXPECT_THAT(seen,
                testing::ElementsAre(CommandRefusal::WrongState, CommandRefusal::UnknownVenue));
}

}  // namespace
}  // namespace mado::server

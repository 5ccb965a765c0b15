#include "sync/server/shell/writer.h"

#include "tests/support/builders.h"
#include "tests/support/fake_clock.h"

#include <atomic>
#include <future>
#include <mutex>

#include <gmock/gmock.h>

namespace mado::server {
namespace {

// A store whose commits a test can hold back or let fail.
class HeldStore final : public Store {
  public:
    struct Gate {
        std::mutex held;
        std::atomic<bool> fails{false};
        std::atomic<int> commits{0};
    };

    explicit HeldStore(Gate& gate) : gate_(gate) {}

    Result<Facts, IoError> load(const Needs&) override { return Facts{}; }
    Result<Committed, IoError> commit(const Writes&, std::int64_t) override {
        const std::lock_guard lock(gate_.held);
        if (gate_.fails) return fail(IoError{IoError::Kind::Full, "the disk is full"});
        ++gate_.commits;
        return Committed::Done;
    }

  private:
    Gate& gate_;
};

class WriterTest : public testing::Test {
  protected:
    std::unique_ptr<Writer> a_writer(QueueLimits limits) {
        return std::make_unique<Writer>(
            std::make_unique<HeldStore>(gate_), limits, clock_,
            WriterHooks{[this] { ++committed_; }, [this](const IoError&) { ++failed_; }});
    }
    static Command a_command(int i) {
        Town town = tests::a_town();
        town.telephone = std::to_string(i);
        return SetTown{town};
    }

    tests::FakeClock clock_{tests::now()};
    HeldStore::Gate gate_;
    std::atomic<int> committed_{0};
    std::atomic<int> failed_{0};
};

TEST_F(WriterTest, CommitsWhatWaitsTogether) {
    const auto writer = a_writer({});
    std::atomic<int> done{0};
    {
        const std::lock_guard hold(gate_.held);
        for (int i = 0; i < 200; ++i) {
            ASSERT_TRUE(writer->submit(a_command(i), [&done](const Outcome&) { ++done; }));
        }
    }
    writer->stop();
    EXPECT_EQ(done, 200);
    EXPECT_LT(gate_.commits, 100);
}

TEST_F(WriterTest, FinishesEverythingBeforeItStopsAndTakesNothingAfter) {
    const auto writer = a_writer({});
    std::atomic<int> done{0};
    for (int i = 0; i < 50; ++i) {
        ASSERT_TRUE(writer->submit(a_command(i), [&done](const Outcome&) { ++done; }));
    }
    writer->stop();
    EXPECT_EQ(done, 50);
    EXPECT_FALSE(writer->submit(a_command(0), [](const Outcome&) {}));
}

TEST_F(WriterTest, RefusesMoreThanMayWait) {
    QueueLimits limits;
    limits.waiting_max = 3;
    const auto writer = a_writer(limits);
    std::atomic<int> done{0};
    int taken = 0;
    {
        const std::lock_guard hold(gate_.held);
        for (int i = 0; i < 20; ++i) {
            taken += writer->submit(a_command(i), [&done](const Outcome&) { ++done; }) ? 1 : 0;
        }
    }
    EXPECT_LT(taken, 20);
    writer->stop();
    EXPECT_EQ(done, taken);
}

TEST_F(WriterTest, IsUnwellUntilACommitSucceedsAgain) {
    const auto writer = a_writer({});
    gate_.fails = true;
    std::promise<bool> first;
    ASSERT_TRUE(writer->submit(a_command(1), [&first](const Outcome& outcome) {
        first.set_value(std::holds_alternative<IoError>(outcome));
    }));
    EXPECT_TRUE(first.get_future().get());
    EXPECT_FALSE(writer->healthy());
    EXPECT_GE(failed_, 1);
    gate_.fails = false;
    std::promise<void> second;
    ASSERT_TRUE(writer->submit(a_command(2), [&second](const Outcome&) { second.set_value(); }));
    second.get_future().wait();
    EXPECT_TRUE(writer->healthy());
}

}  // namespace
}  // namespace mado::server

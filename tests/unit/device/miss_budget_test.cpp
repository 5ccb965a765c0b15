#include "sync/device/miss_budget.h"

#include "shared/domain/desk.h"
#include "tests/support/builders.h"
#include "tests/support/scratch_folder.h"

#include <gmock/gmock.h>

namespace mado::device {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr int kShare = 6;

class MissBudgetTest : public testing::Test {
  protected:
    MissBudgetTest()
        : database_(
              sqlite::Database::open(folder_ / "device.db", sqlite::Access::ReadWrite).value()),
          budget_(MissBudget::open(database_).value()) {
        budget_.leak(kShare, now_);
    }

    void miss(int times) {
        for (int i = 0; i < times; ++i)
            budget_.count_miss(kShare);
    }
    void pass(Milliseconds time) {
        now_ += time;
        budget_.leak(kShare, now_);
    }

    tests::ScratchFolder folder_;
    sqlite::Database database_;
    MissBudget budget_;
    Instant now_ = tests::now();
};

TEST_F(MissBudgetTest, SlowsFromTheFirstMissOverTheShareAndEachFurtherOneMore) {
    miss(kShare);
    EXPECT_EQ(budget_.pause(kShare), seconds(0));
    EXPECT_FALSE(budget_.exceeded(kShare));
    miss(1);
    EXPECT_EQ(budget_.pause(kShare), seconds(5));
    EXPECT_TRUE(budget_.exceeded(kShare));
    miss(2);
    EXPECT_EQ(budget_.pause(kShare), seconds(15));
}

TEST_F(MissBudgetTest, NeverSlowsByMoreThanAPersonCanWait) {
    miss(1'000);
    EXPECT_EQ(budget_.pause(kShare), kLoginPauseMax);
}

TEST_F(MissBudgetTest, LeaksTheShareInAnHourEvenly) {
    miss(kShare + 3);
    pass(minutes(10));
    EXPECT_EQ(budget_.pause(kShare), seconds(10));
    for (int i = 0; i < 1'000; ++i)
        pass(Milliseconds(600));
    EXPECT_EQ(budget_.pause(kShare), seconds(5)) << "nothing is lost in small steps";
    pass(minutes(10));
    EXPECT_FALSE(budget_.exceeded(kShare));
    miss(1);
    EXPECT_EQ(budget_.pause(kShare), seconds(5));
}

TEST_F(MissBudgetTest, SlowsNobodyForDaysAfterALongAttack) {
    miss(10'000);
    pass(hours(1));
    EXPECT_FALSE(budget_.exceeded(kShare));
}

TEST_F(MissBudgetTest, LetsALevelStandUnderAnotherShare) {
    miss(kShare);
    EXPECT_EQ(budget_.pause(kShare - 2), seconds(10)) << "more kiosks have come in";
    EXPECT_EQ(budget_.pause(kShare), seconds(0));
}

TEST_F(MissBudgetTest, StandsAfterARestartHoweverLongThePlugWasPulled) {
    miss(kShare + 2);
    auto again = MissBudget::open(database_).value();
    again.leak(kShare, now_ + hours(24 * 7));
    EXPECT_EQ(again.pause(kShare), seconds(10));
}

TEST_F(MissBudgetTest, IsNotSlowAgainAfterARestartOnceItWasOver) {
    miss(kShare + 1);
    pass(minutes(11));
    auto again = MissBudget::open(database_).value();
    EXPECT_FALSE(again.exceeded(kShare));
}

TEST_F(MissBudgetTest, IsNotFooledByAClockThatIsSet) {
    miss(kShare + 2);
    budget_.clock_moved(hours(48));
    now_ += hours(48);
    pass(Milliseconds(0));
    EXPECT_EQ(budget_.pause(kShare), seconds(10));
    budget_.clock_moved(-hours(96));
    now_ -= hours(96);
    pass(minutes(10));
    EXPECT_EQ(budget_.pause(kShare), seconds(5)) << "it goes on from there";
}

TEST_F(MissBudgetTest, GoesOnFromAClockThatWentBackUnnoticed) {
    miss(kShare + 2);
    pass(-hours(10));
    EXPECT_EQ(budget_.pause(kShare), seconds(10));
    pass(minutes(10));
    EXPECT_EQ(budget_.pause(kShare), seconds(5));
}

TEST_F(MissBudgetTest, CountsInMemoryWhereTheDiskRefuses) {
    ASSERT_TRUE(database_
                    .execute("CREATE TRIGGER full_disk BEFORE INSERT ON miss_budget "
                             "BEGIN SELECT RAISE(ABORT, 'full'); END")
                    .ok());
    miss(kShare + 1);
    EXPECT_TRUE(budget_.exceeded(kShare));
}

TEST_F(MissBudgetTest, ADamagedLevelNeitherOpensTheDoorNorSlowsForEver) {
    const auto with_level = [&](const std::string& level) {
        const std::string write = "INSERT OR REPLACE INTO miss_budget VALUES (1, " + level + ")";
        MADO_CHECK(database_.execute(write).ok());
        return MissBudget::open(database_).value();
    };
    auto low = with_level("-9223372036854775808");
    for (int i = 0; i < kShare + 1; ++i)
        low.count_miss(kShare);
    EXPECT_EQ(low.pause(kShare), seconds(5));

    auto high = with_level("9223372036854775807");
    high.count_miss(kShare);
    EXPECT_EQ(high.pause(kShare), kLoginPauseMax);
    high = with_level("9223372036854775807");
    high.leak(kShare, now_);
    high.leak(kShare, now_ + hours(1));
    EXPECT_FALSE(high.exceeded(kShare));
}

}  // namespace
}  // namespace mado::device

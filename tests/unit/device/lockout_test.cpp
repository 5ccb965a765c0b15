#include "sync/device/lockout.h"

#include "tests/support/builders.h"
#include "tests/support/scratch_folder.h"

#include <gmock/gmock.h>

namespace mado::device {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

class LockoutTest : public testing::Test {
  protected:
    LockoutTest()
        : database_(
              sqlite::Database::open(folder_ / "device.db", sqlite::Access::ReadWrite).value()),
          lockout_(Lockout::open(database_).value()) {}

    void miss(int times) {
        for (int i = 0; i < times; ++i)
            lockout_.count_miss(ticket_, now_);
    }

    tests::ScratchFolder folder_;
    sqlite::Database database_;
    Lockout lockout_;
    const sync::Locator ticket_{1, 2, 3};
    const sync::Locator other_{1, 2, 4};
    Instant now_ = tests::now();
};

TEST_F(LockoutTest, LocksFromTheThirdMissAndOnlyThatTicket) {
    miss(2);
    EXPECT_FALSE(lockout_.locked(ticket_, now_));
    miss(1);
    EXPECT_TRUE(lockout_.locked(ticket_, now_));
    EXPECT_FALSE(lockout_.locked(other_, now_));
}

TEST_F(LockoutTest, LocksTwiceAsLongAfterEachFurtherMissButNeverOverAnHour) {
    miss(3);
    EXPECT_TRUE(lockout_.locked(ticket_, now_ + minutes(1) - Milliseconds(1)));
    EXPECT_FALSE(lockout_.locked(ticket_, now_ + minutes(1)));
    miss(1);
    EXPECT_TRUE(lockout_.locked(ticket_, now_ + minutes(2) - Milliseconds(1)));
    EXPECT_FALSE(lockout_.locked(ticket_, now_ + minutes(2)));
    miss(50);
    EXPECT_TRUE(lockout_.locked(ticket_, now_ + hours(1) - Milliseconds(1)));
    EXPECT_FALSE(lockout_.locked(ticket_, now_ + hours(1)));
}

TEST_F(LockoutTest, ForgetsAfterTheRightDateAndAfterADay) {
    miss(3);
    lockout_.forget(ticket_);
    EXPECT_FALSE(lockout_.locked(ticket_, now_));
    miss(3);
    now_ += hours(25);
    miss(1);
    EXPECT_FALSE(lockout_.locked(ticket_, now_));
}

TEST_F(LockoutTest, StandsAfterARestart) {
    miss(3);
    const auto again = Lockout::open(database_).value();
    EXPECT_TRUE(again.locked(ticket_, now_));
}

TEST_F(LockoutTest, AClockSetBackDoesNotLockForLongerThanTheLock) {
    miss(3);
    EXPECT_TRUE(lockout_.locked(ticket_, now_ - minutes(5)));
    EXPECT_FALSE(lockout_.locked(ticket_, now_ - hours(24 * 365)));
}

TEST_F(LockoutTest, CountsInMemoryWhereTheDiskRefuses) {
    ASSERT_TRUE(database_
                    .execute("CREATE TRIGGER full_disk BEFORE INSERT ON lockout "
                             "BEGIN SELECT RAISE(ABORT, 'full'); END")
                    .ok());
    miss(3);
    EXPECT_TRUE(lockout_.locked(ticket_, now_));
}

TEST_F(LockoutTest, SomebodyWhoTriesManyTicketsDoesNotFillTheDisk) {
    ASSERT_TRUE(database_.execute("PRAGMA synchronous=OFF").ok());
    for (std::size_t i = 0; i < kLockoutsMax + 50; ++i) {
        now_ += Milliseconds(1);
        const sync::Locator ticket{static_cast<std::uint8_t>(i), static_cast<std::uint8_t>(i >> 8),
                                   9};
        lockout_.count_miss(ticket, now_);
    }
    auto count = database_.prepare("SELECT count(*) FROM lockout").value();
    ASSERT_TRUE(count.step().value());
    EXPECT_LE(count.integer(0), static_cast<std::int64_t>(kLockoutsMax));
}

}  // namespace
}  // namespace mado::device

#include "sync/device/clock_watch.h"

#include "tests/support/builders.h"
#include "tests/support/fake_clock.h"

#include <gtest/gtest.h>

namespace mado::device {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;

TEST(ClockWatch, SaysOnceByHowMuchTheClockWasSet) {
    tests::FakeClock clock(tests::now());
    ClockWatch watch(clock);
    clock.advance(seconds(5));
    EXPECT_EQ(watch.look().moved, Milliseconds(0)) << "time passed";
    clock.set(clock.now() - hours(24));
    const auto look = watch.look();
    EXPECT_EQ(look.moved, -hours(24));
    EXPECT_EQ(look.now, clock.now());
    EXPECT_EQ(watch.look().moved, Milliseconds(0)) << "it was said";
    clock.set(clock.now() + hours(48));
    EXPECT_EQ(watch.look().moved, hours(48));
}

TEST(ClockWatch, NoticesAClockThatRunsAwaySlowly) {
    tests::FakeClock clock(tests::now());
    ClockWatch watch(clock);
    Milliseconds moved{0};
    for (int i = 0; i < 25; ++i) {
        clock.advance(seconds(1));
        clock.set(clock.now() + milliseconds(100));
        moved += watch.look().moved;
    }
    EXPECT_EQ(moved, seconds(2));
}

}  // namespace
}  // namespace mado::device

#include "sync/device/backoff.h"

#include "tests/support/builders.h"
#include "tests/support/dice.h"

#include <gmock/gmock.h>

namespace mado::device {
namespace {

using tests::Dice;

TEST(Backoff, DoublesFromHalfASecondToThirtyWithJitterInItsUpperHalf) {
    Dice dice(1);
    Backoff backoff;
    const Instant now = tests::now();
    Milliseconds pause = kPauseFirst;
    for (int failure = 0; failure < 12; ++failure) {
        backoff.failed(dice, now);
        EXPECT_GE(backoff.until() - now, pause / 2);
        EXPECT_LE(backoff.until() - now, pause);
        pause = std::min(kPauseMax, pause * 2);
    }
}

TEST(Backoff, IsOverAtOnceAfterASuccess) {
    Dice dice(1);
    Backoff backoff;
    backoff.failed(dice, tests::now());
    EXPECT_FALSE(backoff.over(tests::now()));
    backoff.reset();
    EXPECT_TRUE(backoff.over(tests::now()));
}

TEST(Backoff, AClockThatJumpsBackDoesNotMakeItLonger) {
    Dice dice(1);
    Backoff backoff;
    backoff.failed(dice, tests::now());
    const Instant jumped = tests::now() - std::chrono::hours(24 * 365);
    backoff.bound(jumped);
    EXPECT_TRUE(backoff.over(jumped + kPauseMax));
}

TEST(Backoff, TwoDevicesDoNotComeBackTogether) {
    Dice one(1);
    Dice two(2);
    Backoff a;
    Backoff b;
    for (int i = 0; i < 8; ++i) {
        a.failed(one, tests::now());
        b.failed(two, tests::now());
    }
    EXPECT_NE(a.until(), b.until());
}

}  // namespace
}  // namespace mado::device

#include "tests/simulation/timeline.h"

#include "tests/support/builders.h"

#include <string>

#include <gtest/gtest.h>

namespace mado::simulation {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

TEST(Timeline, LetsThingsHappenByTheirTimeAndThenByTheirComing) {
    Timeline timeline(tests::now());
    std::string order;
    timeline.after(seconds(2), [&] { order += "c"; });
    timeline.after(seconds(1), [&] { order += "a"; });
    timeline.after(seconds(1), [&] { order += "b"; });
    while (timeline.step()) {
    }
    EXPECT_EQ(order, "abc");
    EXPECT_EQ(timeline.now(), tests::now() + seconds(2));
    EXPECT_EQ(timeline.steps(), 3);
}

TEST(Timeline, NeverGoesBack) {
    Timeline timeline(tests::now());
    Instant late{};
    timeline.after(seconds(5), [&] { timeline.at(tests::now(), [&] { late = timeline.now(); }); });
    while (timeline.step()) {
    }
    EXPECT_EQ(late, tests::now() + seconds(5));
}

TEST(MachineClock, CanBeSetAndDriftAndStand) {
    Timeline timeline(tests::now());
    MachineClock clock(timeline);
    const auto pass = [&](Milliseconds time) {
        timeline.after(time, [] {});
        timeline.step();
    };
    clock.set(tests::now() - hours(1));
    pass(hours(2));
    EXPECT_EQ(clock.now(), tests::now() + hours(1));
    clock.drift(60'000);
    pass(hours(1));
    EXPECT_EQ(clock.now(), tests::now() + hours(2) + seconds(60));
    clock.drift(-3'600'000);
    pass(hours(5));
    EXPECT_EQ(clock.now(), tests::now() + hours(2) + seconds(60));
    EXPECT_EQ(clock.steady().time_since_epoch(), hours(8));
}

}  // namespace
}  // namespace mado::simulation

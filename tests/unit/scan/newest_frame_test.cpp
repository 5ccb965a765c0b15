#include "shared/scan/newest_frame.h"

#include <thread>

#include <gtest/gtest.h>

namespace mado::scan {
namespace {

constexpr Milliseconds kAtOnce{0};
constexpr Milliseconds kLong{60'000};

Frame frame_of_width(int width) {
    return {width, 1, {}, {}};
}

TEST(NewestFrame, HandsOutTheNewestOnce) {
    NewestFrame newest;
    EXPECT_FALSE(newest.take(kAtOnce));
    newest.put(frame_of_width(1));
    newest.put(frame_of_width(2));
    EXPECT_EQ(newest.take(kAtOnce)->width, 2);
    EXPECT_FALSE(newest.take(kAtOnce));
}

TEST(NewestFrame, ForgetsWhatWaitsWhenAPersonLeaves) {
    NewestFrame newest;
    newest.put(frame_of_width(1));
    newest.clear();
    EXPECT_FALSE(newest.take(kAtOnce));
}

TEST(NewestFrame, WakesWhoeverWaits) {
    NewestFrame newest;
    int width = 0;
    std::thread looking([&] { width = newest.take(kLong)->width; });
    newest.put(frame_of_width(5));
    looking.join();
    EXPECT_EQ(width, 5);
}

TEST(NewestFrame, OnceClosedEndsAllWaiting) {
    NewestFrame newest;
    bool empty = false;
    std::thread looking([&] { empty = !newest.take(kLong).has_value(); });
    newest.close();
    looking.join();
    EXPECT_TRUE(empty);
    newest.put(frame_of_width(1));
    EXPECT_FALSE(newest.take(kLong));
}

}  // namespace
}  // namespace mado::scan

#include "sync/server/api/callers.h"

#include <gtest/gtest.h>

namespace mado::server {
namespace {

using namespace std::chrono_literals;

constexpr CallerAddress kOne{192, 0, 2, 1};
constexpr CallerAddress kOther{192, 0, 2, 2};

CallerLimits small() {
    return {2, 10, 5};
}

TEST(Callers, HaveOnlySoManyConnectionsEach) {
    Callers callers(small());
    const Callers::Moment now{};
    EXPECT_TRUE(callers.enter(kOne, now));
    EXPECT_TRUE(callers.enter(kOne, now));
    EXPECT_FALSE(callers.enter(kOne, now));
    EXPECT_TRUE(callers.enter(kOther, now)) << "others are not to suffer for it";
    callers.leave(kOne);
    EXPECT_TRUE(callers.enter(kOne, now));
}

TEST(Callers, AskSoOftenAndNoOftener) {
    Callers callers(small());
    Callers::Moment now{};
    for (int i = 0; i < 5; ++i)
        EXPECT_TRUE(callers.may_ask(kOne, now)) << i;
    EXPECT_FALSE(callers.may_ask(kOne, now));
    EXPECT_TRUE(callers.may_ask(kOther, now));
    now += 100ms;
    EXPECT_TRUE(callers.may_ask(kOne, now)) << "ten in a second";
    EXPECT_FALSE(callers.may_ask(kOne, now));
    now += 1h;
    for (int i = 0; i < 5; ++i)
        EXPECT_TRUE(callers.may_ask(kOne, now)) << "an hour saves up no more: " << i;
    EXPECT_FALSE(callers.may_ask(kOne, now));
}

TEST(Callers, DoNotGetANewBudgetByANewConnection) {
    Callers callers(small());
    const Callers::Moment now{};
    ASSERT_TRUE(callers.enter(kOne, now));
    for (int i = 0; i < 5; ++i)
        ASSERT_TRUE(callers.may_ask(kOne, now));
    callers.leave(kOne);
    // As many others as make it look who can be forgotten.
    for (std::uint32_t i = 0; i < 11'000; ++i) {
        const CallerAddress some{10, static_cast<std::uint8_t>(i >> 16),
                                 static_cast<std::uint8_t>(i >> 8), static_cast<std::uint8_t>(i)};
        ASSERT_TRUE(callers.enter(some, now));
        callers.leave(some);
    }
    ASSERT_TRUE(callers.enter(kOne, now));
    EXPECT_FALSE(callers.may_ask(kOne, now));
}

}  // namespace
}  // namespace mado::server

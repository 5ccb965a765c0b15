#include "shared/domain/call.h"

#include <gtest/gtest.h>

namespace mado {
namespace {

const Instant kNine{std::chrono::hours(9)};

TEST(Call, IsNamedByItsEvent) {
    const CallId id{DeviceId(3), EventNumber(127)};
    EXPECT_EQ(id.text(), "3-127");
    EXPECT_EQ(CallId::parse("3-127"), id);
    for (const char* wrong : {"", "-", "3", "3-", "-127", "3-127-6", "a-1", "0-1", "1-0", " 3-127"})
        EXPECT_FALSE(CallId::parse(wrong).has_value()) << wrong;
}

TEST(Call, WaitsUntilItIsAnsweredEndsOrIsOld) {
    Call call{{DeviceId(3), EventNumber(127)}, {}, kNine};
    EXPECT_TRUE(call.waits(kNine));
    EXPECT_FALSE(call.waits(kNine + kCallLife));
    call.answer = CallAnswer{"佐藤", kNine};
    EXPECT_FALSE(call.waits(kNine));
    EXPECT_TRUE(call.is_live(kNine)) << "somebody stands there still";
    call.ended = kNine;
    EXPECT_FALSE(call.is_live(kNine));
}

}  // namespace
}  // namespace mado

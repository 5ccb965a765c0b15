#include "shared/base/id.h"

#include <type_traits>
#include <unordered_set>

#include <gtest/gtest.h>

namespace mado {
namespace {

using AppleId = Id<struct AppleKind>;
using PearId = Id<struct PearKind>;

TEST(Id, OfOneKindDoesNotBecomeAnother) {
    EXPECT_FALSE((std::is_convertible_v<AppleId, PearId>));
    EXPECT_FALSE((std::is_constructible_v<AppleId, PearId>));
    EXPECT_FALSE((std::is_convertible_v<int, AppleId>));
}

TEST(Id, IsOrderedHashedAndWrittenByItsNumber) {
    EXPECT_LT(AppleId(2), AppleId(10));
    EXPECT_EQ(AppleId(7).text(), "7");
    const std::unordered_set<AppleId> set = {AppleId(1), AppleId(1), AppleId(2)};
    EXPECT_EQ(set.size(), 2U);
}

}  // namespace
}  // namespace mado

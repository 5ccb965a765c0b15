#include "shared/domain/declaration.h"

#include <gtest/gtest.h>

namespace mado {
namespace {

TEST(Declaration, IsEmptyUntilSomethingIsDeclared) {
    Declaration declared;
    EXPECT_TRUE(declared.empty());
    declared.turn(Declared::Companion);
    EXPECT_TRUE(declared.has(Declared::Companion));
    for (const Declared other :
         {Declared::Condition, Declared::Wheelchair, Declared::HardOfHearing})
        EXPECT_FALSE(declared.has(other));
    declared.turn(Declared::Companion);
    EXPECT_TRUE(declared.empty()) << "taken back";
}

// A row from when the condition was all that could be declared holds 0 or 1.
TEST(Declaration, ReadsRowsOfConditionsAlone) {
    EXPECT_EQ(Declaration::from_bits(0), Declaration{});
    EXPECT_EQ(Declaration::from_bits(1), Declaration{Declared::Condition});
}

TEST(Declaration, ReadsBackFromItsBitsAndFromNoOthers) {
    for (std::int64_t bits = 0; bits < 16; ++bits) {
        const auto declared = Declaration::from_bits(bits);
        ASSERT_TRUE(declared.has_value());
        EXPECT_EQ(declared->bits(), bits);
    }
    for (const std::int64_t bits : {std::int64_t{-1}, std::int64_t{16}, std::int64_t{INT64_MAX}})
        EXPECT_FALSE(Declaration::from_bits(bits).has_value()) << bits;
}

}  // namespace
}  // namespace mado

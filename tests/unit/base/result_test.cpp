#include "shared/base/result.h"

#include "shared/base/io_error.h"
#include "shared/base/personal.h"

#include <memory>
#include <string>

#include <gtest/gtest.h>

namespace mado {
namespace {

enum class Trouble { Small, Large };

Result<int, Trouble> half(int number) {
    if (number % 2 != 0) return fail(Trouble::Small);
    return number / 2;
}

Result<int, Trouble> quarter(int number) {
    const int once = MADO_TRY(half(number));
    return half(once);
}

Result<void, Trouble> must_be_even(int number) {
    MADO_TRY(half(number));
    return {};
}

TEST(Result, HoldsAValueOrAnError) {
    EXPECT_TRUE(half(4).ok());
    EXPECT_EQ(half(4).value(), 2);
    EXPECT_FALSE(half(3).ok());
    EXPECT_EQ(half(3).error(), Trouble::Small);
    EXPECT_EQ(half(3).value_or(9), 9);
    EXPECT_EQ(half(4).value_or(9), 2);
}

TEST(Result, OfNothingIsRightUnlessItFailed) {
    EXPECT_TRUE(must_be_even(2).ok());
    EXPECT_EQ(must_be_even(1).error(), Trouble::Small);
}

TEST(Result, TryReturnsTheErrorFromTheFunctionAround) {
    EXPECT_EQ(quarter(8), (Result<int, Trouble>(2)));
    EXPECT_EQ(quarter(6).error(), Trouble::Small);
    EXPECT_EQ(quarter(3).error(), Trouble::Small);
}

TEST(Result, CarriesWhatCanOnlyBeMoved) {
    Result<std::unique_ptr<int>, Trouble> result(std::make_unique<int>(5));
    const std::unique_ptr<int> taken = std::move(result).value();
    EXPECT_EQ(*taken, 5);
}

TEST(Result, IsEqualByWhatItHolds) {
    EXPECT_EQ((Result<int, Trouble>(1)), (Result<int, Trouble>(1)));
    EXPECT_FALSE((Result<int, Trouble>(1)) == (Result<int, Trouble>(2)));
    EXPECT_FALSE((Result<int, Trouble>(fail(Trouble::Small))) ==
                 (Result<int, Trouble>(fail(Trouble::Large))));
}

TEST(ResultDeathTest, EndsTheProgramWhenAskedForWhatIsNotThere) {
    EXPECT_DEATH((void)half(3).value(), "this must hold and does not");
    EXPECT_DEATH((void)half(4).error(), "this must hold and does not");
}

TEST(IoError, HasANameForEachKind) {
    EXPECT_STREQ(name_of(IoError::Kind::Unavailable), "Unavailable");
    EXPECT_STREQ(name_of(IoError::Kind::Refused), "Refused");
    EXPECT_STREQ(name_of(IoError::Kind::Full), "Full");
    EXPECT_STREQ(name_of(IoError::Kind::Corrupt), "Corrupt");
}

template <class T>
concept Streamable = requires(std::ostream& out, const T& value) {
    out << value;
};

TEST(Personal, CannotBeWrittenByAccident) {
    EXPECT_TRUE(Streamable<std::string>);
    EXPECT_FALSE(Streamable<Personal<std::string>>);
    EXPECT_FALSE((std::is_convertible_v<Personal<std::string>, std::string>));
    EXPECT_EQ(Personal<int>(4).reveal(), 4);
}

}  // namespace
}  // namespace mado

#include "shared/domain/town.h"

#include "tests/support/builders.h"

#include <gtest/gtest.h>

namespace mado {
namespace {

Town a_town_of(int kiosks, int misses_an_hour) {
    Town town = tests::a_town();
    town.kiosks = kiosks;
    town.misses_an_hour = misses_an_hour;
    return town;
}

TEST(Town, SharesItsBudgetOfMissesOutAmongItsKiosks) {
    EXPECT_EQ(a_town_of(10, 120).miss_share(), 12);
    EXPECT_EQ(a_town_of(7, 120).miss_share(), 17) << "together never more than the budget";
}

TEST(Town, LeavesEveryKioskAMissAnHour) {
    EXPECT_EQ(a_town_of(500, 120).miss_share(), 1);
}

TEST(Town, GivesASingleKioskNoMoreThanAQuarter) {
    EXPECT_EQ(a_town_of(1, 120).miss_share(), 30);
    EXPECT_EQ(a_town_of(0, 120).miss_share(), 30) << "as a town of before tells it";
}

}  // namespace
}  // namespace mado

#include "shared/domain/vaccine.h"

#include "tests/support/builders.h"

#include <gtest/gtest.h>

namespace mado {
namespace {

using tests::a_date;
using tests::a_vaccine;

TEST(VaccineCode, IsShortLowerCaseAscii) {
    EXPECT_EQ(VaccineCode::parse("pfizer")->text(), "pfizer");
    EXPECT_TRUE(VaccineCode::parse("mrna-1273"));
    EXPECT_TRUE(VaccineCode::parse("abcdefghijklmnopqrst"));
    for (const char* wrong :
         {"", "Pfizer", "pf izer", "abcdefghijklmnopqrstu", "ファイザー", "a_b"}) {
        EXPECT_FALSE(VaccineCode::parse(wrong)) << wrong;
    }
}

TEST(SecondDose, IsCountedFromTheDayAfterTheFirst) {
    // A Thursday's dose 1 allows the Tuesday in the third week after.
    const Date thursday = a_date("2021-07-01");
    const Date allowed = earliest_second_dose(a_vaccine("pfizer"), thursday);
    EXPECT_EQ(to_text(allowed), "2021-07-20");
    EXPECT_EQ(weekday_of(allowed), std::chrono::Tuesday);
    EXPECT_EQ(to_text(usual_second_dose(a_vaccine("pfizer"), thursday)), "2021-07-22");
    EXPECT_EQ(to_text(earliest_second_dose(a_vaccine("moderna"), thursday)), "2021-07-22");
    EXPECT_EQ(to_text(usual_second_dose(a_vaccine("astrazeneca"), thursday)), "2021-08-26");
}

}  // namespace
}  // namespace mado

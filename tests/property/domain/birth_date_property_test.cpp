#include "shared/domain/birth_date.h"
#include "tests/support/builders.h"
#include "tests/support/dice.h"

#include <string>

#include <gtest/gtest.h>

namespace mado {
namespace {

using tests::a_date;
using tests::Dice;

struct Fields {
    int year;
    int month;
    int day;
};

Fields fields_of(Date date) {
    const auto day = calendar(date);
    return {static_cast<int>(day.year()), static_cast<int>(static_cast<unsigned>(day.month())),
            static_cast<int>(static_cast<unsigned>(day.day()))};
}

// Every day that anybody could be born on has an era form that reads back, and no era other than
// those of its day has it.
TEST(BirthDateProperty, EveryDaySinceMeijiHasAnEraFormThatReadsBack) {
    int two_names = 0;
    int days = 0;
    for (Date date = a_date("1868-01-25"); date <= a_date("2026-12-31");
         date += std::chrono::days(1)) {
        const auto [year, month, day] = fields_of(date);
        const auto born = BirthDate::western(year, month, day, date);
        ASSERT_TRUE(born.ok()) << to_text(date);
        const EraYear named = era_year_of(*born);
        ASSERT_EQ(BirthDate::in_era(named.era, named.year, month, day, date), born)
            << to_text(date);
        EXPECT_LE(named.year, last_year_of(named.era, date));

        int names = 0;
        for (const Era era : kEras) {
            const int in_era = year - western_year(era, 0);
            if (BirthDate::in_era(era, in_era, month, day, date).ok()) ++names;
        }
        ASSERT_TRUE(names == 1 || names == 2) << to_text(date);
        if (names == 2) ++two_names;
        ++days;
    }
    EXPECT_GT(days, 58'000);
    EXPECT_EQ(two_names, 2) << "1912-07-30 and 1926-12-25";
}

TEST(BirthDateProperty, PackedDatesReadBackAndNothingElseIsADate) {
    int complete = 0;
    int incomplete = 0;
    for (int packed = 18'600'000; packed < 20'300'000; ++packed) {
        const auto date = BirthDate::from_packed(packed);
        if (!date) continue;
        ASSERT_EQ(date->packed(), packed);
        ++(date->complete() ? complete : incomplete);
        const std::string digits = std::to_string(packed);
        ASSERT_EQ(BirthDate::from_ledger(digits), date);
        ASSERT_EQ(BirthDate::from_ledger(digits.substr(0, 4) + "-" + digits.substr(4, 2) + "-" +
                                         digits.substr(6)),
                  date);
    }
    const auto days = (a_date("2029-12-31") - a_date("1868-01-25")).count() + 1;
    EXPECT_EQ(complete, days);
    EXPECT_EQ(incomplete, 162 * (12 + 31 + 1)) << "a month, a day or neither is known";
}

TEST(BirthDateProperty, AnIncompleteDateEqualsNoDateThatAPersonEnters) {
    int incomplete = 0;
    for (const auto seed : tests::seeds(2'000)) {
        SCOPED_TRACE("MADO_SEED=" + std::to_string(seed));
        Dice dice(seed);
        const int year = dice.between(1900, 2020);
        const bool no_month = dice.percent(50);
        const int day_known = no_month ? dice.below(32) : 0;
        const auto ledger = BirthDate::from_packed(
            year * 10000 + (no_month ? 0 : dice.between(1, 12)) * 100 + day_known);
        ASSERT_TRUE(ledger);
        EXPECT_FALSE(ledger->complete());
        ++incomplete;
        for (int month = 0; month <= 12; ++month) {
            for (int day = 0; day <= 31; ++day) {
                const auto entered = BirthDate::western(year, month, day, tests::today());
                EXPECT_FALSE(entered.ok() && *entered == *ledger);
            }
        }
        if (HasFailure()) return;
    }
    EXPECT_GT(incomplete, 0);
}

TEST(BirthDateProperty, EnteredNumbersOfAnySizeAreADateOrAnError) {
    int right = 0;
    for (const auto seed : tests::seeds(20'000)) {
        SCOPED_TRACE("MADO_SEED=" + std::to_string(seed));
        Dice dice(seed);
        const auto some = [&](int usual) {
            return dice.percent(90) ? dice.between(0, usual)
                                    : static_cast<int>(static_cast<std::uint32_t>(dice.number()));
        };
        const int year = some(70);
        const int month = some(13);
        const int day = some(32);
        const auto date = BirthDate::in_era(dice.pick(kEras), year, month, day, tests::today());
        if (!date.ok()) continue;
        ++right;
        EXPECT_EQ(BirthDate::from_packed(date->packed()), *date);
        const auto age = date->age_on(tests::today());
        ASSERT_TRUE(age);
        EXPECT_GE(*age, 0);
        EXPECT_LE(*age, 130);
        EXPECT_GE(*date->legal_age_on(tests::today()), *age);
    }
    EXPECT_GT(right, 3'000);
}

}  // namespace
}  // namespace mado

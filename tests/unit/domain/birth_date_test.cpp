#include "shared/domain/birth_date.h"

#include "tests/support/builders.h"

#include <gtest/gtest.h>

namespace mado {
namespace {

using tests::a_birth_date;
using tests::a_date;
using tests::today;

Result<BirthDate, BirthDateError> born(Era era, int year, int month, int day) {
    return BirthDate::in_era(era, year, month, day, today());
}

// A day long enough ago that people of Meiji were young.
Result<BirthDate, BirthDateError> born_long_ago(Era era, int year, int month, int day) {
    return BirthDate::in_era(era, year, month, day, a_date("1930-01-01"));
}

TEST(BirthDate, IsSaidBackAsPeopleSayIt) {
    // 「昭和14年 うさぎ年 82歳」
    const auto date = born(Era::Showa, 14, 6, 14);
    ASSERT_TRUE(date.ok());
    EXPECT_EQ(date->packed(), 19390614);
    EXPECT_EQ(date->zodiac(), Zodiac::Rabbit);
    EXPECT_EQ(date->age_on(a_date("2021-07-05")), 82);
    EXPECT_EQ(era_year_of(*date), (EraYear{Era::Showa, 14}));
}

TEST(BirthDate, BelongsToItsEra) {
    EXPECT_TRUE(born(Era::Showa, 64, 1, 7).ok());
    EXPECT_EQ(born(Era::Showa, 64, 1, 8).error(), BirthDateError::NotInThatEra);
    EXPECT_EQ(born(Era::Showa, 64, 2, 1).error(), BirthDateError::NotInThatEra);
    EXPECT_EQ(born(Era::Showa, 64, 2, 30).error(), BirthDateError::NoSuchDay);
    EXPECT_TRUE(born(Era::Heisei, 1, 1, 8).ok());
    EXPECT_EQ(born(Era::Heisei, 1, 1, 7).error(), BirthDateError::NotInThatEra);
    EXPECT_TRUE(born(Era::Heisei, 31, 4, 30).ok());
    EXPECT_EQ(born(Era::Heisei, 31, 5, 1).error(), BirthDateError::NotInThatEra);
    EXPECT_TRUE(born(Era::Reiwa, 1, 5, 1).ok());
    EXPECT_EQ(born(Era::Reiwa, 1, 4, 30).error(), BirthDateError::NotInThatEra);
}

TEST(BirthDate, OfADayWithTwoNamesIsOneDate) {
    EXPECT_EQ(born(Era::Meiji, 45, 7, 30), born(Era::Taisho, 1, 7, 30));
    EXPECT_EQ(born(Era::Taisho, 1, 7, 30)->packed(), 19120730);
    EXPECT_EQ(era_year_of(*born(Era::Meiji, 45, 7, 30)), (EraYear{Era::Taisho, 1}));
    EXPECT_EQ(born(Era::Meiji, 45, 7, 31).error(), BirthDateError::NotInThatEra);
    EXPECT_EQ(born(Era::Taisho, 1, 7, 29).error(), BirthDateError::NotInThatEra);

    EXPECT_EQ(born(Era::Taisho, 15, 12, 25), born(Era::Showa, 1, 12, 25));
    EXPECT_EQ(born(Era::Showa, 1, 12, 25)->packed(), 19261225);
    EXPECT_EQ(era_year_of(*born(Era::Taisho, 15, 12, 25)), (EraYear{Era::Showa, 1}));
    EXPECT_EQ(born(Era::Taisho, 15, 12, 26).error(), BirthDateError::NotInThatEra);
    EXPECT_EQ(born(Era::Showa, 1, 12, 24).error(), BirthDateError::NotInThatEra);
}

TEST(BirthDate, ThatCannotBeIsRefused) {
    EXPECT_EQ(born(Era::Showa, 0, 1, 1).error(), BirthDateError::NotInThatEra);
    EXPECT_EQ(born(Era::Showa, -3, 1, 1).error(), BirthDateError::NotInThatEra);
    EXPECT_EQ(born(Era::Showa, 65, 1, 1).error(), BirthDateError::NotInThatEra);
    EXPECT_EQ(born(Era::Showa, 14, 13, 1).error(), BirthDateError::NoSuchDay);
    EXPECT_EQ(born(Era::Showa, 14, 0, 1).error(), BirthDateError::NoSuchDay);
    EXPECT_EQ(born(Era::Showa, 14, 2, 29).error(), BirthDateError::NoSuchDay);
    EXPECT_TRUE(born(Era::Showa, 15, 2, 29).ok());
    EXPECT_EQ(born(Era::Reiwa, 2'000'000'000, 1, 1).error(), BirthDateError::NotInThatEra);
    EXPECT_EQ(born(Era::Meiji, -2'000'000'000, 1, 1).error(), BirthDateError::NotInThatEra);
}

TEST(BirthDate, IsNotInTheFutureNorTooLongAgo) {
    EXPECT_TRUE(BirthDate::western(2021, 7, 5, today()).ok());
    EXPECT_EQ(BirthDate::western(2021, 7, 6, today()).error(), BirthDateError::InTheFuture);
    EXPECT_EQ(born(Era::Reiwa, 50, 1, 1).error(), BirthDateError::InTheFuture);
    EXPECT_TRUE(BirthDate::western(1891, 7, 5, today()).ok());
    EXPECT_EQ(BirthDate::western(1891, 7, 4, today()).error(), BirthDateError::TooLongAgo);
    EXPECT_TRUE(born_long_ago(Era::Meiji, 1, 1, 25).ok());
    EXPECT_EQ(born_long_ago(Era::Meiji, 1, 1, 24).error(), BirthDateError::NotInThatEra);
    EXPECT_EQ(BirthDate::western(1868, 1, 24, a_date("1930-01-01")).error(),
              BirthDateError::TooLongAgo);
}

TEST(BirthDate, IsReadAsLedgersWriteIt) {
    for (const char* text : {"1937-01-01", "1937/1/1", "19370101", "1937/01/01", "1937-1-1"}) {
        EXPECT_EQ(BirthDate::from_ledger(text), a_birth_date(19370101)) << text;
    }
    for (const char* wrong : {"", "1937", "1937-01", "1937-01/01", "1937/1/", "1937//1", "37/1/1",
                              "1937/13/1", "1937/2/30", "1937/1/32", "1937/001/1", "1937-01-01 ",
                              "1867-01-01", "0000-00-00", "昭和12年1月1日", "1868-01-24"}) {
        EXPECT_FALSE(BirthDate::from_ledger(wrong)) << wrong;
    }
}

TEST(BirthDate, WithUnknownPartsIsKeptAndEqualsNoneThatAPersonCanEnter) {
    for (const char* text : {"1937-00-00", "1937/5/0", "19370500", "1937/0/0", "1937-00-15"}) {
        const auto date = BirthDate::from_ledger(text);
        ASSERT_TRUE(date) << text;
        EXPECT_FALSE(date->complete());
        EXPECT_FALSE(date->age_on(today()));
        EXPECT_FALSE(date->legal_age_on(today()));
        EXPECT_FALSE(BirthDate::western(date->year(), date->month(), date->day(), today()).ok());
    }
}

TEST(BirthDate, IsSurelyAfterADayWhateverItsUnknownPartsMayBe) {
    const Date day = a_date("2021-06-15");
    for (const int after : {20210616, 20210700, 20220000}) {
        EXPECT_TRUE(a_birth_date(after).surely_after(day)) << after;
    }
    for (const int not_surely : {20210615, 20210600, 20210000, 19370101}) {
        EXPECT_FALSE(a_birth_date(not_surely).surely_after(day)) << not_surely;
    }
}

TEST(BirthDate, IsOlderOnItsBirthdayAndInLawTheDayBefore) {
    const BirthDate date = a_birth_date(20090706);
    EXPECT_EQ(date.age_on(a_date("2021-07-05")), 11);
    EXPECT_EQ(date.age_on(a_date("2021-07-06")), 12);
    EXPECT_EQ(date.legal_age_on(a_date("2021-07-04")), 11);
    EXPECT_EQ(date.legal_age_on(a_date("2021-07-05")), 12);
    EXPECT_FALSE(date.age_on(a_date("2009-07-05")));

    const BirthDate leap = a_birth_date(20080229);
    EXPECT_EQ(leap.age_on(a_date("2021-02-28")), 12);
    EXPECT_EQ(leap.age_on(a_date("2021-03-01")), 13);
    EXPECT_EQ(leap.legal_age_on(a_date("2021-02-28")), 13);
}

// 75 or older in fiscal year 2021 is born on 1947-04-01 or earlier: the last of them is 75 in law
// on the last day of that year.
TEST(BirthDate, AgreesWithTheAgeGroupsOfAFiscalYear) {
    EXPECT_EQ(a_birth_date(19470401).legal_age_on(a_date("2022-03-31")), 75);
    EXPECT_EQ(a_birth_date(19470402).legal_age_on(a_date("2022-03-31")), 74);
}

TEST(Zodiac, FollowsTheYear) {
    EXPECT_EQ(a_birth_date(20200101).zodiac(), Zodiac::Rat);
    EXPECT_EQ(a_birth_date(20210101).zodiac(), Zodiac::Ox);
    EXPECT_EQ(a_birth_date(19470401).zodiac(), Zodiac::Boar);
    EXPECT_EQ(a_birth_date(18690401).zodiac(), Zodiac::Snake);
}

TEST(Era, HasSoManyYearsByToday) {
    EXPECT_EQ(last_year_of(Era::Meiji, today()), 45);
    EXPECT_EQ(last_year_of(Era::Taisho, today()), 15);
    EXPECT_EQ(last_year_of(Era::Showa, today()), 64);
    EXPECT_EQ(last_year_of(Era::Heisei, today()), 31);
    EXPECT_EQ(last_year_of(Era::Reiwa, today()), 3);
    EXPECT_EQ(last_year_of(Era::Reiwa, a_date("2019-04-30")), 0);
    EXPECT_EQ(last_year_of(Era::Heisei, a_date("2000-01-01")), 12);
    EXPECT_EQ(western_year(Era::Showa, 14), 1939);
    EXPECT_EQ(western_year(Era::Meiji, 1), 1868);
    EXPECT_EQ(western_year(Era::Reiwa, 3), 2021);
}

TEST(EraYear, OfAnUnknownDayIsTheLatestThatItCouldBe) {
    EXPECT_EQ(era_year_of(a_birth_date(19260000)), (EraYear{Era::Showa, 1}));
    EXPECT_EQ(era_year_of(a_birth_date(19890100)), (EraYear{Era::Heisei, 1}));
    EXPECT_EQ(era_year_of(a_birth_date(19370000)), (EraYear{Era::Showa, 12}));
}

}  // namespace
}  // namespace mado

#include "shared/base/instant.h"

#include <gtest/gtest.h>

namespace mado {
namespace {

Instant at(std::int64_t milliseconds) {
    return Instant(Milliseconds(milliseconds));
}

TEST(Instant, IsThatDayAndTimeInJapan) {
    // 2021-07-04T15:00:00Z is midnight in Japan.
    const Instant midnight = at(1'625'410'800'000);
    EXPECT_EQ(to_text(midnight), "2021-07-04T15:00:00.000Z");
    EXPECT_EQ(to_text(date_in_japan(midnight)), "2021-07-05");
    EXPECT_EQ(to_text(time_in_japan(midnight)), "00:00");

    const Instant before = midnight - Milliseconds(1);
    EXPECT_EQ(to_text(date_in_japan(before)), "2021-07-04");
    EXPECT_EQ(to_text(time_in_japan(before)), "23:59");
    EXPECT_EQ(to_text(before), "2021-07-04T14:59:59.999Z");
}

TEST(Instant, IsMadeFromADayAndATimeInJapan) {
    const auto date = date_of(2021, 7, 5);
    ASSERT_TRUE(date);
    const Instant start = instant_in_japan(*date, TimeOfDay(9 * 60 + 30));
    EXPECT_EQ(to_text(start), "2021-07-05T00:30:00.000Z");
    EXPECT_EQ(date_in_japan(start), *date);
    EXPECT_EQ(time_in_japan(start), TimeOfDay(570));
}

TEST(Instant, BeforeTheEpochIsADayToo) {
    const Instant start = at(-1);
    EXPECT_EQ(to_text(start), "1969-12-31T23:59:59.999Z");
    EXPECT_EQ(to_text(date_in_japan(start)), "1970-01-01");
    EXPECT_EQ(to_text(date_in_japan(at(-9LL * 3'600'000 - 1))), "1969-12-31");
}

TEST(Date, ExistsOrIsNotMade) {
    EXPECT_TRUE(date_of(2020, 2, 29));
    EXPECT_FALSE(date_of(2021, 2, 29));
    EXPECT_TRUE(date_of(2000, 2, 29));
    EXPECT_FALSE(date_of(1900, 2, 29));
    EXPECT_FALSE(date_of(2021, 0, 1));
    EXPECT_FALSE(date_of(2021, 13, 1));
    EXPECT_FALSE(date_of(2021, 4, 31));
    EXPECT_FALSE(date_of(0, 1, 1));
    EXPECT_FALSE(date_of(10000, 1, 1));
    EXPECT_FALSE(date_of(2021, 257, 1)) << "calendar fields are bytes inside";
    EXPECT_FALSE(date_of(2021, 1, 257));
}

TEST(Date, KnowsItsWeekday) {
    EXPECT_EQ(weekday_of(*date_of(2021, 7, 5)), std::chrono::Monday);
    EXPECT_EQ(weekday_of(*date_of(1939, 6, 14)), std::chrono::Wednesday);
}

TEST(Date, IsReadStrictly) {
    EXPECT_EQ(parse_date("2021-07-05"), date_of(2021, 7, 5));
    for (const char* wrong :
         {"", "2021-7-5", "2021/07/05", "2021-07-05 ", " 2021-07-05", "2021-02-30", "20210705",
          "2021-07-0a", "+021-07-05", "２０２１-07"}) {
        EXPECT_FALSE(parse_date(wrong)) << wrong;
    }
}

TEST(TimeOfDay, IsReadStrictly) {
    EXPECT_EQ(parse_time_of_day("00:00"), TimeOfDay(0));
    EXPECT_EQ(parse_time_of_day("23:59"), TimeOfDay(1439));
    for (const char* wrong : {"", "24:00", "09:60", "9:30", "09:3", "0930", "09-30", "-1:30"}) {
        EXPECT_FALSE(parse_time_of_day(wrong)) << wrong;
    }
}

}  // namespace
}  // namespace mado

#include "shared/domain/booking.h"

#include "tests/support/builders.h"

#include <gtest/gtest.h>

namespace mado {
namespace {

BookingId id(std::int64_t device, std::int64_t number) {
    return {DeviceId(device), EventNumber(number)};
}

TEST(BookingId, HasAShortNumberThatReadsBack) {
    for (const auto& booking : {id(3, 127), id(0, 1), id(2'147'483'647, 999'999'999'999)}) {
        EXPECT_EQ(BookingId::parse(booking.short_number()), booking) << booking.short_number();
    }
}

// "572" has the check digit 4: the example of Damm's algorithm that everybody prints.
TEST(BookingId, UsesDammsCheckDigit) {
    EXPECT_EQ(id(5, 72).short_number(), "5-72-4");
    EXPECT_EQ(id(57, 2).short_number(), "57-2-4");
}

TEST(BookingId, CatchesEveryWrongDigitAndEveryTwoThatChangedPlaces) {
    const std::string right = id(38, 90215).short_number();
    int wrong = 0;
    for (std::size_t i = 0; i < right.size(); ++i) {
        if (right[i] == '-') continue;
        for (char digit = '0'; digit <= '9'; ++digit) {
            std::string changed = right;
            changed[i] = digit;
            if (changed == right) continue;
            EXPECT_FALSE(BookingId::parse(changed)) << changed;
            ++wrong;
        }
        const bool swappable = i + 1 < right.size() && right[i + 1] != '-';
        if (!swappable || right[i] == right[i + 1]) continue;
        std::string changed = right;
        std::swap(changed[i], changed[i + 1]);
        EXPECT_FALSE(BookingId::parse(changed)) << changed;
        ++wrong;
    }
    EXPECT_GT(wrong, 72);
}

TEST(BookingId, IsReadStrictly) {
    for (const char* wrong :
         {"", "-", "--", "5-72", "572", "5-72-", "-72-4", "5--4", "05-72-4", "5-072-4", "5-72-4 ",
          "5-72-44", "a-72-4", "5-7-2-4", "5-0-1", "9999999999-1-1", "5-7２-4"}) {
        EXPECT_FALSE(BookingId::parse(wrong)) << wrong;
    }
    EXPECT_FALSE(BookingId::parse(std::string(100'000, '1')));
}

TEST(LastDayToChange, IsSoManyDaysBefore) {
    EXPECT_EQ(to_text(last_day_to_change(tests::a_date("2021-08-01"), 2)), "2021-07-30");
    EXPECT_EQ(to_text(last_day_to_change(tests::a_date("2021-08-01"), 0)), "2021-08-01");
}

}  // namespace
}  // namespace mado

#pragma once

// Dates of birth as residents give them: by era, year, month and day, and as ledgers hold them.
//
// Eras: 明治 from 1868-01-25 (shown from 1868), 大正 from 1912-07-30, 昭和 from 1926-12-25, 平成
// from 1989-01-08, 令和 from 2019-05-01. 1912-07-30 is both 明治45 and 大正元, 1926-12-25 both
// 大正15 and 昭和元 (the change came on the day itself); Heisei and Reiwa began at midnight.

#include "shared/base/instant.h"
#include "shared/base/result.h"

#include <array>
#include <compare>
#include <optional>
#include <string_view>

namespace mado {

enum class Era { Meiji, Taisho, Showa, Heisei, Reiwa };

inline constexpr std::array kEras = {Era::Meiji, Era::Taisho, Era::Showa, Era::Heisei, Era::Reiwa};

// The zodiac animal of a year (子 is 0); 1939 is the Rabbit (卯, うさぎ).
enum class Zodiac {
    Rat,
    Ox,
    Tiger,
    Rabbit,
    Dragon,
    Snake,
    Horse,
    Sheep,
    Monkey,
    Rooster,
    Dog,
    Boar
};

enum class BirthDateError {
    NoSuchDay,     // 2月30日
    NotInThatEra,  // 昭和64年2月
    InTheFuture,
    TooLongAgo,  // before 1868-01-25, or more than 130 years before `today`
};

// A calendar date of birth. Ledgers hold dates with unknown month or day (00): such a date is
// kept as it is, and equals no date that a person can enter.
class BirthDate {
  public:
    // As a person gives it at a kiosk; `year` within the era, 1 for 元年. A day that no calendar
    // has is NoSuchDay before it is anything else.
    static Result<BirthDate, BirthDateError> in_era(Era era, int year, int month, int day,
                                                    Date today);
    // In the Western calendar.
    static Result<BirthDate, BirthDateError> western(int year, int month, int day, Date today);
    // As a ledger writes it: "1937-01-01", "1937/1/1" or "19370101"; month and day may be 00. From
    // 1868 on, and no later than year 9999: a ledger is not asked what day it is.
    static std::optional<BirthDate> from_ledger(std::string_view text);
    // As rows and messages hold it: year·10000 + month·100 + day.
    static std::optional<BirthDate> from_packed(int packed);

    int year() const { return year_; }
    int month() const { return month_; }  // 0: unknown
    int day() const { return day_; }      // 0: unknown
    bool complete() const { return month_ != 0 && day_ != 0; }
    int packed() const { return year_ * 10000 + month_ * 100 + day_; }

    // Full years on `today` as people say them, rising on the birthday itself. No value for an
    // incomplete date, or before the birth.
    std::optional<int> age_on(Date today) const;
    // The same in law, where age rises the day before the birthday: what age limits mean.
    std::optional<int> legal_age_on(Date today) const;
    // Whether nobody with this date was born by `day`; of an incomplete date, whatever its month or
    // day may be.
    bool surely_after(Date day) const;
    Zodiac zodiac() const;

    auto operator<=>(const BirthDate&) const = default;

  private:
    BirthDate(int year, int month, int day) : year_(year), month_(month), day_(day) {}

    int year_;
    int month_;
    int day_;
};

// How many years the era has had by `today`; its last year for one that ended (明治 45, 昭和 64), 0
// for one that has not begun.
int last_year_of(Era era, Date today);
// The Western year of an era's year: Showa 14 is 1939.
int western_year(Era era, int year);

struct EraYear {
    Era era;
    int year;

    bool operator==(const EraYear&) const = default;
};
// The later era on a day that has two names; where month or day is unknown, as on the last day that
// it could be.
EraYear era_year_of(const BirthDate& date);

}  // namespace mado

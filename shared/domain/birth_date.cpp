#include "shared/domain/birth_date.h"

#include "shared/base/text.h"

#include <algorithm>

namespace mado {

namespace {

constexpr int kAgeMax = 130;
constexpr int kYearMax = 9999;

constexpr int packed_of(int year, int month, int day) {
    return year * 10000 + month * 100 + day;
}

int packed_of(Date date) {
    const auto day = calendar(date);
    return packed_of(static_cast<int>(day.year()),
                     static_cast<int>(static_cast<unsigned>(day.month())),
                     static_cast<int>(static_cast<unsigned>(day.day())));
}

// First and last day, packed. 大正 and 昭和 began on the day on which the era before ended.
struct EraSpan {
    int first;
    int last;
};

constexpr std::array<EraSpan, kEras.size()> kEraSpans = {{
    {18680125, 19120730},
    {19120730, 19261225},
    {19261225, 19890107},
    {19890108, 20190430},
    {20190501, packed_of(kYearMax, 12, 31)},
}};

const EraSpan& span_of(Era era) {
    return kEraSpans[static_cast<std::size_t>(era)];
}

// Years, months and days as a ledger may hold them: 00 where one is not known.
bool could_be(int year, int month, int day) {
    if (year < 1868 || year > kYearMax || month < 0 || month > 12 || day < 0 || day > 31) {
        return false;
    }
    if (month == 0 || day == 0) return true;
    return date_of(year, month, day).has_value() &&
           packed_of(year, month, day) >= span_of(Era::Meiji).first;
}

struct LedgerDigits {
    std::string_view year;
    std::string_view month;
    std::string_view day;
};

std::optional<LedgerDigits> split_ledger(std::string_view text) {
    if (text.size() == 8 && is_digits(text)) {
        return LedgerDigits{text.substr(0, 4), text.substr(4, 2), text.substr(6)};
    }
    if (text.size() < 8 || text.size() > 10 || (text[4] != '-' && text[4] != '/')) return {};
    const auto second = text.find(text[4], 5);
    if (second == std::string_view::npos) return {};
    return LedgerDigits{text.substr(0, 4), text.substr(5, second - 5), text.substr(second + 1)};
}

}  // namespace

Result<BirthDate, BirthDateError> BirthDate::in_era(Era era, int year, int month, int day,
                                                    Date today) {
    if (year < 1 || western_year(era, 0) > kYearMax - year) {
        return fail(BirthDateError::NotInThatEra);
    }
    const int western = western_year(era, year);
    if (!date_of(western, month, day)) return fail(BirthDateError::NoSuchDay);
    const int packed = packed_of(western, month, day);
    if (packed < span_of(era).first || packed > span_of(era).last) {
        return fail(BirthDateError::NotInThatEra);
    }
    return BirthDate::western(western, month, day, today);
}

Result<BirthDate, BirthDateError> BirthDate::western(int year, int month, int day, Date today) {
    if (!date_of(year, month, day)) return fail(BirthDateError::NoSuchDay);
    const int packed = packed_of(year, month, day);
    const int now = packed_of(today);
    if (packed > now) return fail(BirthDateError::InTheFuture);
    if (packed < span_of(Era::Meiji).first || packed < now - packed_of(kAgeMax, 0, 0)) {
        return fail(BirthDateError::TooLongAgo);
    }
    return BirthDate(year, month, day);
}

std::optional<BirthDate> BirthDate::from_ledger(std::string_view text) {
    const auto parts = split_ledger(text);
    if (!parts || parts->month.size() > 2 || parts->day.size() > 2) return {};
    const auto year = parse_digits(parts->year);
    const auto month = parse_digits(parts->month);
    const auto day = parse_digits(parts->day);
    if (!year || !month || !day) return {};
    return from_packed(
        packed_of(static_cast<int>(*year), static_cast<int>(*month), static_cast<int>(*day)));
}

std::optional<BirthDate> BirthDate::from_packed(int packed) {
    if (packed < 0) return {};
    const int year = packed / 10000;
    const int month = packed / 100 % 100;
    const int day = packed % 100;
    if (!could_be(year, month, day)) return {};
    return BirthDate(year, month, day);
}

std::optional<int> BirthDate::age_on(Date today) const {
    const int now = packed_of(today);
    if (!complete() || now < packed()) return {};
    return (now - packed()) / 10000;
}

std::optional<int> BirthDate::legal_age_on(Date today) const {
    return age_on(today + std::chrono::days(1));
}

// A part that is not known is 00, and so before every day that it may be.
bool BirthDate::surely_after(Date day) const {
    return packed() > packed_of(day);
}

Zodiac BirthDate::zodiac() const {
    return static_cast<Zodiac>((year_ - 4) % 12);
}

int last_year_of(Era era, Date today) {
    const int last = std::min(packed_of(today), span_of(era).last);
    if (last < span_of(era).first) return 0;
    return last / 10000 - western_year(era, 0);
}

int western_year(Era era, int year) {
    return span_of(era).first / 10000 - 1 + year;
}

EraYear era_year_of(const BirthDate& date) {
    const int latest = packed_of(date.year(), date.month() == 0 ? 12 : date.month(),
                                 date.day() == 0 ? 31 : date.day());
    Era era = Era::Meiji;
    for (const Era candidate : kEras) {
        if (span_of(candidate).first <= latest) era = candidate;
    }
    return {era, date.year() - western_year(era, 0)};
}

}  // namespace mado

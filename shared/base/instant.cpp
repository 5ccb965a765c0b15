#include "shared/base/instant.h"

#include "shared/base/text.h"

#include <cstdio>

namespace mado {

namespace {

constexpr auto kJapanOffset = std::chrono::hours(9);

// Days in Japan are counted as if the local clock were UTC.
std::chrono::local_time<Milliseconds> local(Instant instant) {
    return std::chrono::local_time<Milliseconds>(instant.time_since_epoch() + kJapanOffset);
}

}  // namespace

Date date_in_japan(Instant instant) {
    return std::chrono::floor<std::chrono::days>(local(instant));
}

TimeOfDay time_in_japan(Instant instant) {
    const auto now = local(instant);
    return std::chrono::floor<std::chrono::minutes>(now - date_in_japan(instant));
}

Instant instant_in_japan(Date date, TimeOfDay time) {
    return Instant(Milliseconds(date.time_since_epoch()) + Milliseconds(time) - kJapanOffset);
}

std::optional<Date> date_of(int year, int month, int day) {
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) return {};
    const std::chrono::year_month_day date{std::chrono::year(year),
                                           std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day))};
    if (!date.ok()) return {};
    return Date(date);
}

std::chrono::year_month_day calendar(Date date) {
    return std::chrono::year_month_day(date);
}

std::chrono::weekday weekday_of(Date date) {
    return std::chrono::weekday(date);
}

std::string to_text(Date date) {
    const auto day = calendar(date);
    char text[32];
    std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(day.year()),
                  static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
    return text;
}

std::optional<Date> parse_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return {};
    const auto year = parse_digits(text.substr(0, 4));
    const auto month = parse_digits(text.substr(5, 2));
    const auto day = parse_digits(text.substr(8, 2));
    if (!year || !month || !day) return {};
    return date_of(static_cast<int>(*year), static_cast<int>(*month), static_cast<int>(*day));
}

std::string to_text(TimeOfDay time) {
    char text[32];
    std::snprintf(text, sizeof text, "%02d:%02d", static_cast<int>(time.count() / 60),
                  static_cast<int>(time.count() % 60));
    return text;
}

std::optional<TimeOfDay> parse_time_of_day(std::string_view text) {
    if (text.size() != 5 || text[2] != ':') return {};
    const auto hour = parse_digits(text.substr(0, 2));
    const auto minute = parse_digits(text.substr(3, 2));
    if (!hour || !minute || *hour > 23 || *minute > 59) return {};
    return TimeOfDay(*hour * 60 + *minute);
}

std::string to_text(Instant instant) {
    const auto day = std::chrono::floor<std::chrono::days>(instant);
    const auto rest = instant - day;
    const std::chrono::hh_mm_ss time(rest);
    char text[48];
    std::snprintf(
        text, sizeof text, "%sT%02d:%02d:%02d.%03dZ", to_text(Date(day.time_since_epoch())).c_str(),
        static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
        static_cast<int>(time.seconds().count()), static_cast<int>(time.subseconds().count()));
    return text;
}

}  // namespace mado

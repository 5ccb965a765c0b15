#pragma once

// Points in time, and days in Japan.
//
// An Instant is milliseconds since 1970 in UTC. A Date is a calendar day in Japan, where a slot, an
// interval and a birthday are days; Japan is UTC+9 all year, and neither compiler has time zones.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace mado {

using Milliseconds = std::chrono::milliseconds;
using Instant = std::chrono::sys_time<Milliseconds>;
using Date = std::chrono::local_days;

// Minutes after midnight in Japan, 0–1439.
using TimeOfDay = std::chrono::minutes;

Date date_in_japan(Instant instant);
TimeOfDay time_in_japan(Instant instant);
Instant instant_in_japan(Date date, TimeOfDay time);

// No value when that day does not exist (2021-02-30).
std::optional<Date> date_of(int year, int month, int day);
std::chrono::year_month_day calendar(Date date);
std::chrono::weekday weekday_of(Date date);

// "2021-07-05"; parse takes exactly that and nothing else.
std::string to_text(Date date);
std::optional<Date> parse_date(std::string_view text);

// "09:30"; parse takes exactly that, 00:00 to 23:59.
std::string to_text(TimeOfDay time);
std::optional<TimeOfDay> parse_time_of_day(std::string_view text);

// RFC 3339 in UTC with milliseconds, "2021-07-05T00:30:00.000Z".
std::string to_text(Instant instant);

}  // namespace mado

#include "shared/texts/calendar_keys.h"

namespace mado {

constinit const std::array<TextKey, 7> kWeekdayKeys = {
    "weekday.sun"_t, "weekday.mon"_t, "weekday.tue"_t, "weekday.wed"_t,
    "weekday.thu"_t, "weekday.fri"_t, "weekday.sat"_t};
constinit const std::array<TextKey, 12> kMonthKeys = {
    "month.1"_t, "month.2"_t, "month.3"_t, "month.4"_t,  "month.5"_t,  "month.6"_t,
    "month.7"_t, "month.8"_t, "month.9"_t, "month.10"_t, "month.11"_t, "month.12"_t};

}  // namespace mado

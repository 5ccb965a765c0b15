#pragma once

// The texts of weekdays and months, shown or spoken. Of use to this folder alone.

#include "shared/texts/texts.h"

#include <array>

namespace mado {

extern const std::array<TextKey, 7> kWeekdayKeys;  // Sunday first
extern const std::array<TextKey, 12> kMonthKeys;

}  // namespace mado

#pragma once

// A number as one says it together with what it counts: 二十日 is hatsuka, 四時 yoji, 아홉 시 and
// not 구 시.

#include "shared/texts/readings.h"

#include <string>
#include <string_view>

namespace mado {

// `number` from 0 to 9999. In Japanese the word for what is counted is part of it; elsewhere it
// stands in the catalogue's pattern, and the number is given in figures where a voice reads those
// rightly by itself.
std::string spoken_number(int number, Counted counted, std::string_view language);

}  // namespace mado

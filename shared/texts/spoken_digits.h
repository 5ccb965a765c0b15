#pragma once

// A number as one reads it out to somebody who compares it with what is printed: digit by digit.

#include <string>
#include <string_view>

namespace mado {

// The names of the digits, with a pause after each but the last: "いち、に、さん". Everything that
// is no ASCII digit is passed over, as the spaces between a ticket's groups. `language` is a
// catalogue's; in one that has no names here the digits themselves stand, and a voice names them.
std::string spoken_digits(std::string_view digits, std::string_view language);

}  // namespace mado

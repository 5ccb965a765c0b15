#pragma once

// The only door to ZXing: one look at one grey picture.

#include "shared/scan/code.h"
#include "shared/scan/grey.h"

#include <optional>

namespace mado::scan {

// The code of that format which stands out most, if any. NW-7 has no check digit, so its lines must
// agree three times, and short ones, which are found in any fence or bookshelf, are not reported.
// Whatever ZXing throws ends here, as nothing found.
std::optional<Code> read_code(GreyView picture, CodeFormat format);

}  // namespace mado::scan

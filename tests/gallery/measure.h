#pragma once

// What is wrong with a frame, measured from what the kit drew.

#include "shared/ui/drawn.h"

#include <string>
#include <vector>

namespace mado::tests {

// One sentence for each thing that is cut, overlaps, is too small, too close or too pale. The sizes
// are those of domain.md §10: targets of 20 mm that are 3 mm apart, capitals of 7.3 mm, keypad
// digits of 12 mm, a contrast of 7:1.
std::vector<std::string> faults_of(const ui::Drawn& drawn, const ui::Rect& window);

}  // namespace mado::tests

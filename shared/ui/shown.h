#pragma once

// What is on the screen, for the probe, for touches and for the focus, and how it is to be seen.

#include "shared/ui/theme.h"

#include <string>

namespace mado::ui {

struct Shown {
    std::string screen;     // language-free: "choosing_day"
    std::string language;   // "ja"
    std::string over = {};  // the screen that this one lies over and that comes back; empty: none
    Sight sight = {};
    // Painted for those who hear it and go through it by keys; the panel is black.
    bool dark = false;
    int part = 0;  // which one, of a page that does not fit the panel; the last, where it has fewer

    bool operator==(const Shown&) const = default;
};

}  // namespace mado::ui

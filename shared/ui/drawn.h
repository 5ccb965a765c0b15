#pragma once

// What a frame showed, for tests: tests/gallery measures it, the probe writes a part of it.

#include "shared/ui/geometry.h"
#include "shared/ui/theme.h"
#include "shared/ui/touch.h"

#include <cstddef>
#include <string>
#include <vector>

namespace mado::ui {

// One line of text. Rectangles are in pixels.
struct DrawnText {
    std::string text;
    Type type = Type::Body;
    Rect rect;
    Rect box;              // what it has to stand in: its button, band or column
    float capital_mm = 0;  // of the real panel
    double contrast = 0;
    bool torn = false;  // begins with the second half of a word
};

struct Drawn {
    Sight sight;
    std::vector<DrawnText> texts;
    std::vector<Target> targets;  // in the order of the focus
    std::size_t focus_start = 0;  // the index of the target where the focus begins
    // What the focus is on (focus.h), for tests and for speech: one target, or a row where rows are
    // scanned; empty for a person who touches.
    std::vector<Target> focused;
    float pixels_per_mm = 1;  // of the real panel
    float overflow_mm = 0;    // how much more height the page wants than there is
    int parts = 1;            // in which it is shown, one at a time
};

}  // namespace mado::ui

#pragma once

// Why nothing may be read: what a picture is like, and what a person could do about it.

#include "shared/ports/camera.h"

namespace mado::scan {

struct Measures {
    double brightness = 0;  // mean of the picture: 0 black, 1 white
    double contrast = 0;    // between its darkest and its lightest hundredth, 0–1
    double sharpness = 0;   // 1: its edges are as steep as its contrast allows; 0: it has none

    bool operator==(const Measures&) const = default;
};

// All zero for a frame that is not what it says. Reads a part of the pixels: cheap for each frame.
Measures measure(const Frame& frame);

enum class Advice {
    HoldTicket,  // nothing is held out
    MoreLight,
    HoldStill,   // blurred by hand or focus
    ComeCloser,  // sharp, and no code large enough to read
};

// What to say about a picture in which no code was read.
Advice advice_for(const Measures& measures);

}  // namespace mado::scan

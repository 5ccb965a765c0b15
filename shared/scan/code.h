#pragma once

// One code that stands in a picture.

#include "shared/base/personal.h"
#include "shared/domain/ticket.h"

#include <array>
#include <string>

namespace mado::scan {

// In pixels of the frame, from its upper left corner; may lie a little outside.
struct Point {
    int x = 0;
    int y = 0;

    bool operator==(const Point&) const = default;
};

struct Code {
    CodeFormat format = CodeFormat::Qr;
    // As it is coded, UTF-8; an NW-7 text without its start and stop letters. It may be a ticket.
    Personal<std::string> text;
    // The code's own upper left, upper right, lower right and lower left.
    std::array<Point, 4> corners{};

    bool operator==(const Code&) const = default;
};

}  // namespace mado::scan

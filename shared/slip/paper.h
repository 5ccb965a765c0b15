#pragma once

// The paper that slips and memos are printed on, and what stands at the top of both.

#include "shared/slip/sheet.h"

#include <string>

namespace mado {

// A4 is the same sheet, 1.41 times as large.
enum class Paper { A5, A4 };

namespace slip {

// A5, upright. All in millimetres; printers leave about 5 mm blank.
constexpr double kWidth = 148;
constexpr double kHeight = 210;
constexpr double kMargin = 10;
constexpr double kLeft = kMargin;
constexpr double kRight = kWidth - kMargin;
constexpr double kBottom = kHeight - kMargin;
constexpr double kColumn = kRight - kLeft;

constexpr double scale_of(Paper paper) {
    return paper == Paper::A4 ? 1.4142 : 1;
}

constexpr double kGap = 3;

// The title at the left, the town at the right and a line below; how far down that goes.
double draw_title(Sheet& sheet, const std::string& town, const std::string& title);

// Where it is too much, the smaller texts shrink in these steps until all of it fits.
constexpr double kShrinkStep = 0.05;
constexpr double kShrinkMin = 0.55;

}  // namespace slip

}  // namespace mado

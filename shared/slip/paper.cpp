#include "shared/slip/paper.h"

#include <algorithm>

namespace mado::slip {

double draw_title(Sheet& sheet, const std::string& town, const std::string& title) {
    constexpr Style kTitle{7.5, true, 0};
    constexpr Style kTown{5, false, 0};
    const double town_width = sheet.width_of(town, kTown) + kGap;
    const double title_width = std::max(kColumn - town_width, kColumn / 2);
    double y = kMargin;
    sheet.text(kLeft, y + 2.5, kColumn, 8, town, kTown, Side::Right);
    y += sheet.text(kLeft, y, title_width, 0, title, kTitle, Side::Left) + 1;
    sheet.line(kLeft, y, kRight, y, 0.9);
    return y + kGap;
}

}  // namespace mado::slip

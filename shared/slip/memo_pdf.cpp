#include "shared/slip/memo_pdf.h"

#include "shared/slip/sheet.h"

#include <algorithm>

namespace mado {
namespace {

using namespace slip;

constexpr Style kWarning{7, true, 0};
constexpr Style kHeading{6.4, true, 0};
constexpr Style kDay{6, false, 0};
constexpr Style kBody{4.7, false, 0};
constexpr Style kTelephone{9, true, 0};
constexpr double kIndent = 5;

Style shrunk(Style style, double by) {
    style.em *= by;
    return style;
}

double draw_head(Sheet& sheet, const MemoWords& words) {
    double y = draw_title(sheet, words.town, words.title);

    const double inside = kColumn - 8;
    const double warning = sheet.height_of(words.warning, kWarning, inside);
    sheet.frame(kLeft + 0.4, y, kColumn - 0.8, warning + 4, 3, 0.8);
    sheet.text(kLeft + 4, y + 2, inside, warning, words.warning, kWarning, Side::Centre);
    y += warning + 4 + kGap;
    return y + sheet.text(kLeft, y, kColumn, 30, words.as_of, kBody, Side::Left) + kGap;
}

// How high the foot is: the telephone and how to book, below a line.
double foot_height(const Sheet& sheet, const MemoWords& words) {
    double height = kGap + sheet.height_of(words.how, kBody, kColumn);
    if (words.telephone.empty()) return height;
    return height + sheet.height_of(words.telephone_label, kBody, kColumn) +
           sheet.height_of(words.telephone, kTelephone, kColumn) + kGap;
}

void draw_foot(Sheet& sheet, const MemoWords& words, double top) {
    sheet.line(kLeft, top, kRight, top, 0.3);
    double y = top + kGap;
    if (!words.telephone.empty()) {
        y += sheet.text(kLeft, y, kColumn, kBottom - y, words.telephone_label, kBody, Side::Left);
        y += sheet.text(kLeft, y, kColumn, kBottom - y, words.telephone, kTelephone, Side::Left) +
             kGap;
    }
    sheet.text(kLeft, y, kColumn, kBottom - y + 1, words.how, kBody, Side::Left);
}

// Two days stand beside each other.
constexpr double kDayWidth = (kColumn - kIndent) / 2;

double row_height(const Sheet& sheet, const MemoWords::Part& part, std::size_t first, Style style) {
    double height = sheet.height_of(part.days[first], style, kDayWidth);
    if (first + 1 < part.days.size()) {
        height = std::max(height, sheet.height_of(part.days[first + 1], style, kDayWidth));
    }
    return height;
}

double detail_height(const Sheet& sheet, const MemoWords::Part& part, Style style) {
    return part.detail.empty() ? 0 : sheet.height_of(part.detail, style, kColumn - kIndent);
}

double parts_height(const Sheet& sheet, const MemoWords& words, double shrink) {
    double height = 0;
    for (const MemoWords::Part& part : words.parts) {
        height += sheet.height_of(part.heading, shrunk(kHeading, shrink), kColumn) + kGap;
        height += detail_height(sheet, part, shrunk(kBody, shrink));
        for (std::size_t day = 0; day < part.days.size(); day += 2)
            height += row_height(sheet, part, day, shrunk(kDay, shrink));
    }
    return height;
}

// How far down it goes; what has no room below `bottom` is left out.
double draw_part(Sheet& sheet, const MemoWords::Part& part, double shrink, double top,
                 double bottom) {
    const Style heading = shrunk(kHeading, shrink);
    const Style detail = shrunk(kBody, shrink);
    const Style day = shrunk(kDay, shrink);
    double y =
        top + sheet.text(kLeft, top, kColumn, bottom - top, part.heading, heading, Side::Left);
    if (const double height = detail_height(sheet, part, detail); height > 0) {
        if (y + height > bottom) return bottom;
        y += sheet.text(kLeft + kIndent, y, kColumn - kIndent, height, part.detail, detail,
                        Side::Left);
    }
    for (std::size_t first = 0; first < part.days.size(); first += 2) {
        const double height = row_height(sheet, part, first, day);
        if (y + height > bottom) return bottom;
        for (std::size_t i = first; i < std::min(first + 2, part.days.size()); ++i) {
            const double left = kLeft + kIndent + static_cast<double>(i - first) * kDayWidth;
            sheet.text(left, y, kDayWidth, height, part.days[i], day, Side::Left);
        }
        y += height;
    }
    return y;
}

void draw_parts(Sheet& sheet, const MemoWords& words, double top, double bottom) {
    double shrink = 1;
    while (shrink > kShrinkMin && parts_height(sheet, words, shrink) > bottom - top)
        shrink -= kShrinkStep;

    double y = top;
    for (const MemoWords::Part& part : words.parts) {
        const double heading = sheet.height_of(part.heading, shrunk(kHeading, shrink), kColumn);
        if (y + heading > bottom) return;
        y = draw_part(sheet, part, shrink, y, bottom) + kGap;
    }
}

}  // namespace

Result<Bytes, IoError> render_memo(const MemoWords& words, Paper paper) {
    Sheet sheet(kWidth, kHeight, scale_of(paper), words.script);
    const double top = draw_head(sheet, words);
    const double foot = kBottom - foot_height(sheet, words);
    draw_parts(sheet, words, top, foot - kGap);
    draw_foot(sheet, words, foot);
    Bytes pdf = sheet.finish();
    if (pdf.empty()) return fail(IoError{IoError::Kind::Unavailable, "Cairo made no PDF"});
    return pdf;
}

}  // namespace mado

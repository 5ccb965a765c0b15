#include "shared/slip/memo_pdf.h"

#include "shared/slip/sheet.h"

#include <algorithm>

namespace mado {
namespace {

using namespace slip;

constexpr Style kWarning{7, true, 0};
constexpr Style kHeading{6.4, true, 0};
constexpr Style kLine{5.6, false, 0};
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

double parts_height(const Sheet& sheet, const MemoWords& words, double shrink) {
    double height = 0;
    for (const MemoWords::Part& part : words.parts) {
        height += sheet.height_of(part.heading, shrunk(kHeading, shrink), kColumn) + kGap;
        for (const std::string& line : part.lines) {
            height += sheet.height_of(line, shrunk(kLine, shrink), kColumn - kIndent);
        }
    }
    return height;
}

void draw_parts(Sheet& sheet, const MemoWords& words, double top, double bottom) {
    double shrink = 1;
    while (shrink > kShrinkMin && parts_height(sheet, words, shrink) > bottom - top)
        shrink -= kShrinkStep;

    double y = top;
    const auto fits = [&](const Style& style) { return y + style.em <= bottom; };
    for (const MemoWords::Part& part : words.parts) {
        const Style heading = shrunk(kHeading, shrink);
        if (!fits(heading)) return;
        y += sheet.text(kLeft, y, kColumn, bottom - y, part.heading, heading, Side::Left);
        for (const std::string& line : part.lines) {
            const Style style = shrunk(kLine, shrink);
            if (!fits(style)) return;
            y += sheet.text(kLeft + kIndent, y, kColumn - kIndent, bottom - y, line, style,
                            Side::Left);
        }
        y += kGap;
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

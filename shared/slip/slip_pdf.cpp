#include "shared/slip/slip_pdf.h"

#include "shared/slip/sheet.h"

#include <algorithm>
#include <exception>
#include <optional>

#include <ZXing/BarcodeFormat.h>
#include <ZXing/BitMatrix.h>
#include <ZXing/MultiFormatWriter.h>

namespace mado {
namespace {

using namespace slip;

constexpr double kLabelColumn = 25;

// Digits of BIZ UDGothic are 0.74 em high: 11 mm and more of paper.
constexpr Style kWhen{15, true, 0};
constexpr Style kLabel{4.2, true, 0.3};
constexpr Style kVenue{7.4, true, 0};
constexpr Style kRow{5.2, false, 0};
constexpr Style kRowBold{5.2, true, 0};
constexpr Style kTelephone{6.4, true, 0};
constexpr Style kBody{4.7, false, 0};
constexpr Style kBodyBold{5, true, 0};
constexpr Style kNumber{6, true, 0};
constexpr Style kHint{3.6, false, 0};

constexpr std::size_t kCodeBytesMax = 600;
constexpr double kModuleMin = 0.4;
constexpr double kModuleMax = 0.72;
constexpr double kQuietModules = 4;
constexpr double kCodeColumn = 46;
constexpr double kParagraphGap = 0.8;
constexpr double kNameHeight = 13;

Style shrunk(Style style, double by) {
    style.em *= by;
    return style;
}

std::optional<ZXing::BitMatrix> modules_of(const std::string& code) {
    if (code.empty() || code.size() > kCodeBytesMax) return {};
    try {
        // 4 is error correction M: a fold or a stain of an eighth of the code is forgiven.
        return ZXing::MultiFormatWriter(ZXing::BarcodeFormat::QRCode)
            .setMargin(0)
            .setEccLevel(4)
            .encode(code, 0, 0);
    } catch (const std::exception&) {
        return {};
    }
}

// Draws the code with its quiet zone into a square and hands out nothing; neighbouring modules of a
// row are one rectangle, so that no hairlines show between them.
void draw_code(Sheet& sheet, const ZXing::BitMatrix& modules, double x, double y, double module) {
    for (int row = 0; row < modules.height(); ++row) {
        for (int from = 0; from < modules.width(); ++from) {
            if (!modules.get(from, row)) continue;
            int end = from;
            while (end < modules.width() && modules.get(end, row))
                ++end;
            sheet.fill(x + (kQuietModules + from) * module, y + (kQuietModules + row) * module,
                       (end - from) * module, module);
            from = end;
        }
    }
}

// A row of the table: a label at the left, paragraphs beside it.
struct Paragraph {
    std::string text;
    Style style;
};
struct Row {
    std::string label;
    std::vector<Paragraph> paragraphs;
};

std::vector<Row> rows_of(const SlipContent& content, double shrink) {
    const SlipWords& words = content.words;
    return {{words.place_label,
             {{words.venue, shrunk(kVenue, shrink)},
              {content.address, shrunk(kRow, shrink)},
              {content.venue_telephone, shrunk(kRow, shrink)}}},
            {words.dose_label, {{words.dose, shrunk(kRowBold, shrink)}}},
            {words.change_label,
             {{words.change, shrunk(kRow, shrink)},
              {content.town_telephone, shrunk(kTelephone, shrink)}}}};
}

double height_of(const Sheet& sheet, const Paragraph& paragraph) {
    if (paragraph.text.empty()) return 0;
    return sheet.height_of(paragraph.text, paragraph.style, kColumn - kLabelColumn) + kParagraphGap;
}

// What is kept free for a paragraph below one that is far too long: two lines, or what it needs.
double reserve_of(const Sheet& sheet, const Paragraph& paragraph) {
    return std::min(height_of(sheet, paragraph), 3 * paragraph.style.em);
}

double rows_height(const Sheet& sheet, const std::vector<Row>& rows) {
    double height = 0;
    for (const Row& row : rows) {
        for (const Paragraph& paragraph : row.paragraphs)
            height += height_of(sheet, paragraph);
        height += kGap;
    }
    return height;
}

double rows_reserve(const Sheet& sheet, const std::vector<Row>& rows) {
    double height = 0;
    for (const Row& row : rows) {
        for (const Paragraph& paragraph : row.paragraphs)
            height += reserve_of(sheet, paragraph);
        height += kGap;
    }
    return height;
}

// Where things stand that do not move: the code and the name's line at the foot.
struct Foot {
    double module = kModuleMin;
    double code_side = 0;
    double top = 0;  // of the list of things to bring, and of the code
};

Foot foot_of(const Sheet& sheet, const SlipWords& words, const ZXing::BitMatrix& modules) {
    const double count = modules.width() + 2 * kQuietModules;
    Foot foot;
    foot.module = std::clamp(kCodeColumn / count, kModuleMin, kModuleMax);
    foot.code_side = foot.module * count;
    const double width = kColumn - foot.code_side - kGap;
    double list = sheet.height_of(words.bring_title, kBodyBold, width) + 2;
    for (const std::string& thing : words.bring) {
        list += sheet.height_of(thing, kBody, width - 7) + 1;
    }
    const double code = foot.code_side + sheet.height_of(words.number_label, kHint, 200) +
                        sheet.height_of("0", kNumber, 200) +
                        sheet.height_of(words.number_hint, kHint, foot.code_side) + 1;
    foot.top = kBottom - std::max(list + kNameHeight, code);
    return foot;
}

void draw_foot(Sheet& sheet, const SlipContent& content, const ZXing::BitMatrix& modules,
               const Foot& foot) {
    const SlipWords& words = content.words;
    const double code_left = kRight - foot.code_side;
    const double width = code_left - kGap - kLeft;
    sheet.line(kLeft, foot.top - kGap, kRight, foot.top - kGap, 0.3);

    double y = foot.top;
    y += sheet.text(kLeft, y, width, kHeight, words.bring_title, kBodyBold, Side::Left) + 2;
    for (const std::string& thing : words.bring) {
        sheet.frame(kLeft + 0.5, y + 0.9, 4, 4, 0.5, 0.35);
        y += sheet.text(kLeft + 7, y, width - 7, kBottom - kNameHeight - y, thing, kBody,
                        Side::Left) +
             1;
    }
    const double label = sheet.width_of(words.name_label, kBody);
    sheet.text(kLeft, kBottom - 6.5, width, 8, words.name_label, kBody, Side::Left);
    sheet.line(kLeft + label + 2, kBottom - 0.5, code_left - kGap, kBottom - 0.5, 0.35);

    draw_code(sheet, modules, code_left, foot.top, foot.module);
    y = foot.top + foot.code_side;
    y += sheet.text(code_left, y, foot.code_side, kHeight, words.number_label, kHint, Side::Centre);
    y += sheet.text(code_left, y, foot.code_side, kHeight, content.number, kNumber, Side::Centre);
    sheet.text(code_left, y, foot.code_side, kBottom - y + 1, words.number_hint, kHint,
               Side::Centre);
}

// Two lines of it at most.
double when_height(const Sheet& sheet, const std::string& text, double width) {
    return std::min(sheet.height_of(text, kWhen, width), 2.6 * kWhen.em);
}

double draw_head(Sheet& sheet, const SlipWords& words) {
    double y = draw_title(sheet, words.town, words.title);

    const double inside = kColumn - 8;
    const double day = when_height(sheet, words.day, inside);
    const double time = when_height(sheet, words.time, inside);
    sheet.frame(kLeft + 0.4, y, kColumn - 0.8, day + time + 4, 3, 0.8);
    sheet.text(kLeft + 4, y + 2, inside, day, words.day, kWhen, Side::Left);
    sheet.text(kLeft + 4, y + 2 + day, inside, time, words.time, kWhen, Side::Left);
    return y + day + time + 4 + kGap;
}

void draw_rows(Sheet& sheet, const std::vector<Row>& rows, double top, double bottom) {
    const double width = kColumn - kLabelColumn;
    double reserve = rows_reserve(sheet, rows);
    double y = top;
    for (const Row& row : rows) {
        sheet.text(kLeft, y + 0.9, kLabelColumn - 2, 2 * kLabel.em, row.label, kLabel, Side::Left);
        for (const Paragraph& paragraph : row.paragraphs) {
            if (paragraph.text.empty()) continue;
            reserve -= reserve_of(sheet, paragraph);
            y += sheet.text(kLeft + kLabelColumn, y, width, bottom - y - reserve, paragraph.text,
                            paragraph.style, Side::Left) +
                 kParagraphGap;
        }
        reserve -= kGap;
        y += kGap;
    }
}

// The largest of the smaller texts with which the rows fit.
double shrink_for(const Sheet& sheet, const SlipContent& content, double room) {
    double shrink = 1;
    while (shrink > kShrinkMin && rows_height(sheet, rows_of(content, shrink)) > room) {
        shrink -= kShrinkStep;
    }
    return shrink;
}

}  // namespace

Result<Bytes, IoError> render_slip(const Slip& slip, const SlipWords& words, Paper paper) {
    return render_sheet({words, slip.venue.address, slip.venue.telephone, slip.town.telephone,
                         slip.booking.id.short_number(), slip.code},
                        paper);
}

Result<Bytes, IoError> render_sheet(const SlipContent& content, Paper paper) {
    const auto modules = modules_of(content.code);
    if (!modules) {
        return fail(IoError{IoError::Kind::Refused, "the slip's code does not fit a QR code"});
    }
    const SlipWords& words = content.words;
    Sheet sheet(kWidth, kHeight, scale_of(paper), words.script);
    const Foot foot = foot_of(sheet, words, *modules);
    const double top = draw_head(sheet, words);
    const double bottom = foot.top - kGap;
    const double shrink = shrink_for(sheet, content, bottom - top);
    draw_rows(sheet, rows_of(content, shrink), top, bottom);
    draw_foot(sheet, content, *modules, foot);
    Bytes pdf = sheet.finish();
    if (pdf.empty()) return fail(IoError{IoError::Kind::Unavailable, "Cairo made no PDF"});
    return pdf;
}

}  // namespace mado

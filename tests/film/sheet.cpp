#include "tests/film/sheet.h"

#include "shared/base/check.h"

#include <array>
#include <cmath>
#include <memory>
#include <set>

#include <ZXing/BitMatrix.h>
#include <ZXing/MultiFormatWriter.h>
#include <pango/pangocairo.h>

namespace mado::film {

namespace {

constexpr double kMmPerInch = 25.4;
constexpr double kMmPerPoint = kMmPerInch / 72;
constexpr double kQrWidth = 10;
constexpr double kQrField = 11;
constexpr double kStickerWidth = 64;
constexpr double kStickerHeight = 40;
constexpr double kStickerLeft = 7;
constexpr double kStickerGap = 2;
constexpr double kStickerTop = 58;
constexpr double kMargin = 12;
constexpr const char* kJapanese = "BIZ UDGothic";
constexpr const char* kOcrB = "OCR B";

struct Colour {
    double red;
    double green;
    double blue;
};

constexpr Colour kInk = {0.07, 0.07, 0.09};
constexpr Colour kWhite = {1, 1, 1};
constexpr Colour kPaper = {0.985, 0.98, 0.965};
constexpr Colour kFaint = {0.55, 0.57, 0.6};

struct StickerKind {
    int kind;
    int dose;
    const char* title;
    const char* dose_text;
    Colour band;
};

constexpr std::array kStickers = {StickerKind{2, 1, "接種券", "１回目", {0.80, 0.90, 0.97}},
                                  StickerKind{2, 2, "接種券", "２回目", {0.98, 0.88, 0.80}},
                                  StickerKind{1, 1, "予診のみ", "１回目", {0.88, 0.88, 0.88}}};

enum class Weight { Regular, Bold };
enum class Align { Left, Middle };

// Draws in millimetres from the top left of a sheet.
class Canvas {
  public:
    Canvas(double width, double height, double pixels_per_mm)
        : pixels_per_mm_(pixels_per_mm),
          surface_(cairo_image_surface_create(
                       CAIRO_FORMAT_ARGB32, static_cast<int>(std::lround(width * pixels_per_mm)),
                       static_cast<int>(std::lround(height * pixels_per_mm))),
                   &cairo_surface_destroy),
          cairo_(cairo_create(surface_.get()), &cairo_destroy) {
        cairo_scale(cairo_.get(), pixels_per_mm, pixels_per_mm);
        box(0, 0, width, height, kPaper);
    }

    cairo_t* cairo() { return cairo_.get(); }

    // What text is written with.
    void set_ink(const Colour& ink) { ink_ = ink; }

    void colour(const Colour& colour, double alpha = 1) {
        cairo_set_source_rgba(cairo(), colour.red, colour.green, colour.blue, alpha);
    }
    void box(double x, double y, double width, double height, const Colour& fill) {
        colour(fill);
        cairo_rectangle(cairo(), x, y, width, height);
        cairo_fill(cairo());
    }
    void frame(double x, double y, double width, double height, double line, const Colour& ink) {
        colour(ink);
        cairo_set_line_width(cairo(), line);
        cairo_rectangle(cairo(), x, y, width, height);
        cairo_stroke(cairo());
    }
    void rule(double x1, double y1, double x2, double y2, double line, const Colour& ink) {
        colour(ink);
        cairo_set_line_width(cairo(), line);
        cairo_move_to(cairo(), x1, y1);
        cairo_line_to(cairo(), x2, y2);
        cairo_stroke(cairo());
    }

    // One line of text in `points`, its upper edge at `y`; squeezed where it is wider than `room`.
    void text(double x, double y, const std::string& words, const char* family, double points,
              Weight weight = Weight::Regular, Align align = Align::Left, double room = 1000) {
        const auto layout = layout_of(words, family, points, weight);
        int wide = 0;
        pango_layout_get_size(layout.get(), &wide, nullptr);
        const double width = static_cast<double>(wide) / PANGO_SCALE;
        const double squeeze = std::min(1.0, room / width);
        cairo_save(cairo());
        cairo_translate(cairo(), align == Align::Left ? x : x - width * squeeze / 2, y);
        cairo_scale(cairo(), squeeze, 1);
        colour(ink_);
        cairo_move_to(cairo(), 0, 0);
        pango_cairo_show_layout(cairo(), layout.get());
        cairo_restore(cairo());
    }

    // Modules as one path, so that no seam shows between neighbours.
    void modules(const ZXing::BitMatrix& matrix, double x, double y, double width, double height) {
        const double wide = width / matrix.width();
        const double high = height / matrix.height();
        for (int row = 0; row < matrix.height(); ++row) {
            for (int column = 0; column < matrix.width(); ++column) {
                if (!matrix.get(column, row)) continue;
                cairo_rectangle(cairo(), x + column * wide, y + row * high, wide, high);
            }
        }
        colour(kInk);
        cairo_fill(cairo());
    }

    Picture picture() {
        cairo_surface_flush(surface_.get());
        Picture made;
        made.width = cairo_image_surface_get_width(surface_.get());
        made.height = cairo_image_surface_get_height(surface_.get());
        made.pixels_per_mm = pixels_per_mm_;
        const int stride = cairo_image_surface_get_stride(surface_.get());
        const auto* bytes = cairo_image_surface_get_data(surface_.get());
        MADO_CHECK(bytes != nullptr);
        const std::size_t row_bytes = static_cast<std::size_t>(made.width) * 4;
        for (int row = 0; row < made.height; ++row) {
            const auto* first = bytes + static_cast<std::ptrdiff_t>(row) * stride;
            made.bgra.insert(made.bgra.end(), first, first + row_bytes);
        }
        return made;
    }

  private:
    using Layout = std::unique_ptr<PangoLayout, void (*)(gpointer)>;

    Layout layout_of(const std::string& words, const char* family, double points, Weight weight) {
        Layout layout(pango_cairo_create_layout(cairo()), &g_object_unref);
        PangoContext* context = pango_layout_get_context(layout.get());
        // In millimetres a letter is some three units high: without this it would be rounded so.
        cairo_font_options_t* options = cairo_font_options_create();
        cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
        cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
        cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
        pango_cairo_context_set_font_options(context, options);
        cairo_font_options_destroy(options);
        pango_context_set_round_glyph_positions(context, FALSE);
        pango_layout_context_changed(layout.get());

        PangoFontDescription* font = pango_font_description_new();
        pango_font_description_set_family(font, family);
        pango_font_description_set_absolute_size(font, points * kMmPerPoint * PANGO_SCALE);
        pango_font_description_set_weight(
            font, weight == Weight::Bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
        pango_layout_set_font_description(layout.get(), font);
        pango_font_description_free(font);
        pango_layout_set_text(layout.get(), words.data(), static_cast<int>(words.size()));
        return layout;
    }

    double pixels_per_mm_;
    Colour ink_ = kInk;
    std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)> surface_;
    std::unique_ptr<cairo_t, decltype(&cairo_destroy)> cairo_;
};

ZXing::BitMatrix qr_of(const std::string& text) {
    // Level 4 of ZXing's 0–8 is M for a QR code.
    return ZXing::MultiFormatWriter(ZXing::BarcodeFormat::QRCode)
        .setMargin(0)
        .setEccLevel(4)
        .encode(text, 0, 0);
}

ZXing::BitMatrix nw7_of(const std::string& digits) {
    return ZXing::MultiFormatWriter(ZXing::BarcodeFormat::Codabar)
        .setMargin(0)
        .encode("A" + digits + "A", 0, 1);
}

double sticker_left(int sticker) {
    return kStickerLeft + (sticker - 1) * (kStickerWidth + kStickerGap);
}

void draw_row(Canvas& canvas, double x, double y, const char* name, const std::string& value) {
    constexpr double kNameWidth = 12;
    constexpr double kValueWidth = 31;
    canvas.box(x, y, kNameWidth, 4.6, {0.93, 0.93, 0.93});
    canvas.frame(x, y, kNameWidth, 4.6, 0.12, kInk);
    canvas.frame(x + kNameWidth, y, kValueWidth, 4.6, 0.12, kInk);
    canvas.text(x + kNameWidth / 2, y + 0.9, name, kJapanese, 7.5, Weight::Regular, Align::Middle);
    canvas.text(x + kNameWidth + 1, y + 0.75, value, kJapanese, 8.5, Weight::Regular, Align::Left,
                kValueWidth - 2);
}

void draw_sticker(Canvas& canvas, const TicketPaper& paper, int sticker) {
    const StickerKind& kind = kStickers.at(static_cast<std::size_t>(sticker - 1));
    const double x = sticker_left(sticker);
    const double y = kStickerTop;
    const std::string digits = sticker_digits(paper, sticker);

    canvas.box(x, y, kStickerWidth, kStickerHeight, kWhite);
    canvas.box(x, y, kStickerWidth, 6.4, kind.band);
    canvas.text(x + 2, y + 1.1, kind.title, kJapanese, 12, Weight::Bold);
    canvas.text(x + kStickerWidth - 22, y + 1.1, kind.dose_text, kJapanese, 12, Weight::Bold);

    draw_row(canvas, x + 2, y + 7.6, "券種", digits.substr(0, 1));
    draw_row(canvas, x + 2, y + 12.2, "請求先", paper.town + "  " + paper.municipality);
    draw_row(canvas, x + 2, y + 16.8, "券番号", paper.number);
    draw_row(canvas, x + 2, y + 21.4, "氏名", paper.person);

    if (paper.has_qr) {
        const double left = x + kStickerWidth - 3 - kQrField;
        const double top = y + 11.5;
        const double quiet = (kQrField - kQrWidth) / 2;
        // The line around the field is what takes the rest of the quiet zone away.
        canvas.frame(left, top, kQrField, kQrField, 0.12, kInk);
        canvas.modules(qr_of(digits), left + quiet, top + quiet, kQrWidth, kQrWidth);
    }
    if (paper.has_barcode) {
        const auto bars =
            nw7_of(digits.substr(18 - static_cast<std::size_t>(paper.barcode_digits)));
        canvas.modules(bars, x + 4, y + 27.6, paper.barcode_digits == 10 ? 34 : 50, 5);
    }
    canvas.text(x + 4, y + 34.2, digits, kOcrB, 9);
    canvas.frame(x, y, kStickerWidth, kStickerHeight, 0.2, kFaint);
}

void draw_head(Canvas& canvas, const TicketPaper& paper) {
    canvas.text(kSheetWidth / 2, 12, "新型コロナウイルスワクチン　接種券", kJapanese, 20,
                Weight::Bold, Align::Middle);
    canvas.text(kMargin, 26, paper.person + "　様", kJapanese, 14);
    canvas.text(kSheetWidth - 70, 26, paper.town + "役所　予防接種担当", kJapanese, 11);
    canvas.text(kMargin, 37,
                "接種を受けるときは、この台紙ごとお持ちください。シールは、はがさないでください。",
                kJapanese, 11);
    canvas.text(
        kMargin, 44,
        "予約のときは、下の接種券を受付の機械のカメラにかざすか、券番号を入力してください。",
        kJapanese, 11);
    canvas.rule(kMargin, 52, kSheetWidth - kMargin, 52, 0.3, kInk);
}

// The certificate that the venue fills in and stamps: the sheet's lower half.
void draw_certificate(Canvas& canvas) {
    const double top = 112;
    canvas.rule(0, top - 6, kSheetWidth, top - 6, 0.15, kFaint);
    canvas.text(kSheetWidth / 2, top, "新型コロナウイルスワクチン予防接種済証（臨時）", kJapanese,
                15, Weight::Bold, Align::Middle);
    int dose = 0;
    for (const char* title : {"１回目", "２回目"}) {
        const double x = kMargin + dose * 94;
        const double y = top + 14;
        canvas.frame(x, y, 90, 62, 0.3, kInk);
        canvas.box(x, y, 90, 9, {0.93, 0.93, 0.93});
        canvas.frame(x, y, 90, 9, 0.3, kInk);
        canvas.text(x + 45, y + 2, title, kJapanese, 13, Weight::Bold, Align::Middle);
        canvas.text(x + 4, y + 13, "接種年月日　　　　　年　　月　　日", kJapanese, 11);
        canvas.text(x + 4, y + 24, "メーカー／Lot No.（シール貼付け）", kJapanese, 11);
        canvas.frame(x + 4, y + 31, 52, 17, 0.12, kFaint);
        canvas.text(x + 4, y + 52, "接種会場", kJapanese, 11);
        ++dose;
    }
    canvas.text(kMargin, top + 84, "氏名", kJapanese, 11);
    canvas.text(kMargin, top + 95, "住所", kJapanese, 11);
    canvas.text(kMargin, top + 106, "生年月日", kJapanese, 11);
    for (const double line : {89.0, 100.0, 111.0}) {
        canvas.rule(kMargin + 20, top + line, kSheetWidth - kMargin, top + line, 0.12, kInk);
    }
    canvas.text(kMargin, top + 124, "※ この証明書は、接種が終わるまで大切に保管してください。",
                kJapanese, 10.5);
    canvas.text(kMargin, top + 132, "※ ２回目の接種のときも、この台紙をお持ちください。", kJapanese,
                10.5);
}

void mark_as_sample(Canvas& canvas) {
    constexpr Colour kRed = {0.8, 0.1, 0.1};
    canvas.frame(8, 5, 34, 16, 0.9, kRed);
    canvas.set_ink(kRed);
    canvas.text(25, 6.6, "見本", kJapanese, 34, Weight::Bold, Align::Middle);
    canvas.set_ink(kInk);
}

void draw_sheet(Canvas& canvas, const TicketPaper& paper) {
    draw_head(canvas, paper);
    for (int sticker = 1; sticker <= 3; ++sticker)
        draw_sticker(canvas, paper, sticker);
    draw_certificate(canvas);
    if (paper.is_sample) mark_as_sample(canvas);
}

double pixels_per_mm(int dots_per_inch) {
    return dots_per_inch / kMmPerInch;
}

}  // namespace

std::string missing_typeface() {
    PangoFontFamily** families = nullptr;
    int count = 0;
    pango_font_map_list_families(pango_cairo_font_map_get_default(), &families, &count);
    std::set<std::string> names;
    for (int i = 0; i < count; ++i)
        names.insert(pango_font_family_get_name(families[i]));
    g_free(families);
    if (!names.contains(kJapanese)) return "fonts-morisawa-bizud-gothic";
    if (!names.contains(kOcrB)) return "fonts-ocr-b";
    return {};
}

SheetPoint middle_of_sticker(int sticker) {
    return {sticker_left(sticker) + kStickerWidth / 2, kStickerTop + kStickerHeight / 2};
}

SheetPoint middle_of_letter_code() {
    return {165, 90};
}

SheetPoint middle_of_leaflet_code() {
    return {105, 150};
}

std::string sticker_digits(const TicketPaper& paper, int sticker) {
    const StickerKind& kind = kStickers.at(static_cast<std::size_t>(sticker - 1));
    return std::to_string(kind.kind) + std::to_string(kind.dose) + paper.municipality +
           paper.number;
}

Picture draw(const TicketPaper& paper, int dots_per_inch) {
    Canvas canvas(kSheetWidth, kSheetHeight, pixels_per_mm(dots_per_inch));
    draw_sheet(canvas, paper);
    return canvas.picture();
}

Picture draw(const LetterPaper& paper, int dots_per_inch) {
    Canvas canvas(kSheetWidth, kSheetHeight, pixels_per_mm(dots_per_inch));
    canvas.text(kMargin, 16, paper.town + "にお住まいの皆様へ", kJapanese, 14);
    canvas.text(kSheetWidth / 2, 34, "新型コロナワクチン接種のご予約について", kJapanese, 19,
                Weight::Bold, Align::Middle);
    double y = 56;
    for (const char* line :
         {"接種のご予約は、チャットで受け付けています。", "右の二次元コードを読み取ってください。",
          "氏名や住所を入力する必要はありません。", "", "公民館などの予約の機械でも、",
          "この二次元コードをかざしてご予約いただけます。"}) {
        canvas.text(kMargin, y, line, kJapanese, 13);
        y += 10;
    }
    constexpr double kCode = 24;
    const SheetPoint middle = middle_of_letter_code();
    canvas.box(middle.x - kCode / 2 - 4, middle.y - kCode / 2 - 4, kCode + 8, kCode + 8, kWhite);
    canvas.modules(qr_of(paper.address), middle.x - kCode / 2, middle.y - kCode / 2, kCode, kCode);
    canvas.text(middle.x, middle.y + 18, "予約はこちら", kJapanese, 11, Weight::Regular,
                Align::Middle);
    canvas.text(kMargin, 150, paper.town + "役所　予防接種担当", kJapanese, 12);
    return canvas.picture();
}

Picture draw(const LeafletPaper& paper, int dots_per_inch) {
    Canvas canvas(kSheetWidth, kSheetHeight, pixels_per_mm(dots_per_inch));
    canvas.box(0, 0, kSheetWidth, 62, {0.16, 0.45, 0.36});
    canvas.set_ink(kWhite);
    canvas.text(kSheetWidth / 2, 16, "ワクチン接種のお知らせ", kJapanese, 34, Weight::Bold,
                Align::Middle);
    canvas.text(kSheetWidth / 2, 40, paper.town, kJapanese, 20, Weight::Regular, Align::Middle);
    canvas.set_ink(kInk);
    canvas.text(kSheetWidth / 2, 80, "接種の流れ・持ち物・よくある質問は", kJapanese, 18,
                Weight::Regular, Align::Middle);
    canvas.text(kSheetWidth / 2, 94, "ホームページをご覧ください", kJapanese, 18, Weight::Regular,
                Align::Middle);
    constexpr double kCode = 40;
    const SheetPoint middle = middle_of_leaflet_code();
    canvas.modules(qr_of(paper.address), middle.x - kCode / 2, middle.y - kCode / 2, kCode, kCode);
    canvas.text(kSheetWidth / 2, 186, paper.address, kJapanese, 12, Weight::Regular, Align::Middle);
    canvas.text(kSheetWidth / 2, 230, "このちらしでは予約できません。接種券をご用意ください。",
                kJapanese, 15, Weight::Bold, Align::Middle);
    return canvas.picture();
}

Picture draw_right_sheet(int width_pixels) {
    constexpr double kShownHeight = 174;
    Canvas canvas(kSheetWidth, kShownHeight, width_pixels / kSheetWidth);
    TicketPaper sample;
    // MHLW's own sample digits; the code's check digit is wrong, so it is nobody's.
    sample.municipality = "123456";
    sample.number = "1234567890";
    sample.town = "○○市";
    sample.is_sample = true;
    draw_sheet(canvas, sample);
    canvas.frame(sticker_left(1) - 2, kStickerTop - 2, kStickerWidth + 4, kStickerHeight + 4, 1.6,
                 {0.85, 0.1, 0.1});
    canvas.frame(0.4, 0.4, kSheetWidth - 0.8, kShownHeight - 0.8, 0.8, kFaint);
    return canvas.picture();
}

}  // namespace mado::film

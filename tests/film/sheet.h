#pragma once

// Paper as a town sends it out: the sheet of vaccination tickets, a letter with a web address, a
// leaflet whose QR code is none of ours. Nobody's real data: the names are made up, the numbers are
// the caller's.
//
// The sheet is laid out after MHLW's sample (guideline 13.1, page 130; domain facts §1): stickers
// side by side for dose 1, dose 2 and examination only, each with the same ticket number and other
// kind and dose digits; OCR-B 9 pt; a QR code of Model 2, version 1, 10 mm wide in a white field of
// 11 mm, so with about one module of quiet zone instead of four; NW-7 with start and stop letters.

#include "tests/film/picture.h"

#include <string>

namespace mado::film {

struct TicketPaper {
    std::string municipality;  // six digits, right or not: a test may want a wrong one
    std::string number;        // ten digits
    std::string town = "みどり市";
    std::string person = "見本 花子";
    bool has_qr = true;
    bool has_barcode = true;
    int barcode_digits = 10;  // 10 or 18
    bool is_sample = false;   // 見本 across the sheet
};

struct LetterPaper {
    std::string address;  // what its QR code says
    std::string town = "みどり市";
};

struct LeafletPaper {
    std::string address = "https://www.town.example/leaflet/vaccination";
    std::string town = "みどり市";
};

// Millimetres of the whole sheet, and of the middle of sticker 1, 2 or 3 on it.
constexpr double kSheetWidth = 210;
constexpr double kSheetHeight = 297;
struct SheetPoint {
    double x = 0;
    double y = 0;
};
SheetPoint middle_of_sticker(int sticker);
SheetPoint middle_of_letter_code();
SheetPoint middle_of_leaflet_code();

// What Debian package brings a typeface that sheets need and this machine lacks; empty: all there.
// Without it Pango would quietly write in another.
std::string missing_typeface();

// The 18 digits of a sticker: kind, dose, municipality, number.
std::string sticker_digits(const TicketPaper& paper, int sticker);

Picture draw(const TicketPaper& paper, int dots_per_inch);
Picture draw(const LetterPaper& paper, int dots_per_inch);
Picture draw(const LeafletPaper& paper, int dots_per_inch);

// The picture by which a kiosk shows what the right sheet looks like: the upper part of a sample
// sheet, with the place to hold out framed.
Picture draw_right_sheet(int width_pixels);

}  // namespace mado::film

#include "shared/ui/theme.h"

#include <algorithm>
#include <cmath>

namespace mado::ui {
namespace {

double linear(std::uint8_t channel) {
    const double value = channel / 255.0;
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

double luminance(Colour colour) {
    return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) +
           0.0722 * linear(colour.blue);
}

constexpr Colour kBlack{0, 0, 0};
constexpr Colour kWhite{0xFF, 0xFF, 0xFF};
constexpr Colour kIndigo{0x1C, 0x3F, 0x78};

// clang-format off
constexpr Palette kStandard = {
    .paper       = {0xF5, 0xF3, 0xEE},
    .card        = kWhite,
    .ink         = {0x1A, 0x22, 0x2C},
    .quiet_ink   = {0x43, 0x4D, 0x59},
    .accent      = kIndigo,
    .accent_deep = {0x12, 0x2A, 0x52},
    .accent_pale = {0xE3, 0xEA, 0xF5},
    .on_accent   = kWhite,
    .held_face   = {0xE3, 0xEA, 0xF5},
    .held_words  = kIndigo,
    .edge        = {0xB9, 0xC0, 0xCA},
    .faint       = {0xE4, 0xE2, 0xDC},
    .good        = {0x0B, 0x57, 0x33},
    .good_pale   = {0xE2, 0xF1, 0xE8},
    .on_good     = kWhite,
    .bad         = {0x8C, 0x16, 0x12},
    .bad_pale    = {0xFC, 0xE9, 0xE5},
    .band        = kIndigo,
    .on_band     = kWhite,
    .band_faint  = {0x4D, 0x6A, 0x9B},
};

// White on black dazzles less than black on white, and people with cloudy lenses read it better.
constexpr Palette kHighContrast = {
    .paper       = kBlack,
    .card        = kBlack,
    .ink         = kWhite,
    .quiet_ink   = kWhite,
    .accent      = kWhite,
    .accent_deep = {0x9A, 0x9A, 0x9A},
    .accent_pale = kBlack,
    .on_accent   = kBlack,
    .held_face   = kWhite,
    .held_words  = kBlack,
    .edge        = kWhite,
    .faint       = kBlack,
    .good        = kWhite,
    .good_pale   = kBlack,
    .on_good     = kBlack,
    .bad         = kWhite,
    .bad_pale    = kBlack,
    .band        = kBlack,
    .on_band     = kWhite,
    .band_faint  = {0x60, 0x60, 0x60},
};
// clang-format on

}  // namespace

double contrast_of(Colour a, Colour b) {
    const double one = luminance(a);
    const double other = luminance(b);
    return (std::max(one, other) + 0.05) / (std::min(one, other) + 0.05);
}

const Palette& palette_of(Theme theme) {
    return theme == Theme::Standard ? kStandard : kHighContrast;
}

double contrast_min_of(Theme theme) {
    return theme == Theme::Standard ? 7 : 20;
}

}  // namespace mado::ui

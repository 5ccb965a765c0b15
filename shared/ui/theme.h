#pragma once

// How everything looks: colours, sizes in layout millimetres, kinds of type.
//
// Made for a person of 80 who stands 600 mm away: capitals of 7.3 mm and more, contrast of 7:1 and
// more, touch targets of 20 mm and more. Whoever sees less than that has letters of up to twice the
// size, and a theme in black and white. Both are values that come with each frame (Sight): nothing
// here remembers who stood here before. tests/gallery measures all this on every screen.

#include <cstdint>

namespace mado::ui {

struct Colour {
    std::uint8_t red = 0;
    std::uint8_t green = 0;
    std::uint8_t blue = 0;

    bool operator==(const Colour&) const = default;
};

// The contrast of WCAG 2: 1 (none) to 21 (black on white).
double contrast_of(Colour a, Colour b);

enum class Theme {
    Standard,      // one accent, the indigo of 藍染; red and green say "trouble" and "done"
    HighContrast,  // white on black alone: what colours say, signs say as well
};

struct Palette {
    Colour paper;        // behind everything
    Colour card;         // what can be touched lies on this
    Colour ink;          // what is read
    Colour quiet_ink;    // what was said before
    Colour accent;       // what can be touched, and the way on
    Colour accent_deep;  // the lower edge of what is pressed
    Colour accent_pale;
    Colour on_accent;  // words on the accent
    Colour held_face;  // a white button under a finger
    Colour held_words;
    Colour edge;   // lines and the lower edge of white buttons
    Colour faint;  // what cannot be touched
    Colour good;
    Colour good_pale;
    Colour on_good;  // words on good
    Colour bad;
    Colour bad_pale;
    Colour band;  // of the header
    Colour on_band;
    Colour band_faint;  // the steps that are still to come
};
const Palette& palette_of(Theme theme);

// Between words and what they stand on.
double contrast_min_of(Theme theme);

// How large what is read is set. Large letters grow less than small ones, but every letter is at
// least that much of the normal one.
enum class TextSize { Normal, Large, Larger, Largest };
constexpr float factor_of(TextSize size) {
    switch (size) {
        case TextSize::Normal:
            return 1;
        case TextSize::Large:
            return 1.25F;
        case TextSize::Larger:
            return 1.5F;
        case TextSize::Largest:
            return 2;
    }
    return 1;
}

// How the person who stands before it sees it best.
struct Sight {
    TextSize text_size = TextSize::Normal;
    Theme theme = Theme::Standard;

    bool operator==(const Sight&) const = default;
};

namespace theme {

// The panel that everything is laid out for, 23 inches, upright or lying; a larger one shows all of
// it larger.
constexpr float kPageShort = 285;
constexpr float kPageLong = 508;

constexpr Colour kFocus{0x1A, 0x22, 0x2C};     // the ring around what the focus is on
constexpr Colour kFocusRim{0xFF, 0xFF, 0xFF};  // and the bands on either side of it

constexpr float kMargin = 16;
constexpr float kGap = 7;          // between two things of one kind
constexpr float kGapTight = 3.6F;  // where a page is short
constexpr float kTargetMin = 20;   // EN 301 549 and domain.md §10
constexpr float kTargetGapMin = 3;
constexpr float kCapitalMin = 7.3F;
constexpr float kDigitMin = 12;  // of a keypad
constexpr float kRadius = 5;
constexpr float kLift = 1.8F;  // how high a button stands above the page
// Of the focus's ring and its rims, one half outside of the target and less than the gap beside it.
constexpr float kFocusWidth = 5;
constexpr double kFocusContrastMin = 3;

}  // namespace theme

enum class Type {
    Body,     // what is read
    Strong,   // the same, bold: labels of buttons
    Title,    // the question of a screen
    Display,  // the one thing that matters: the day that was booked
    Digits,   // a keypad's
    Giant,    // a number to copy by hand, seconds that run out
};
constexpr int kTypes = 6;

struct TypeStyle {
    float em;  // mm
    bool bold;
    float line;  // from one line to the next, in ems

    float line_height() const { return em * line; }
};

// Capitals of BIZ UDGothic are 0.81 em high, and its descenders are short by design.
constexpr TypeStyle style_of(Type type, TextSize size) {
    const float more = factor_of(size) - 1;
    switch (type) {
        case Type::Body:
            return {10.6F * (1 + more), false, 1.42F};
        case Type::Strong:
            return {10.9F * (1 + more), true, 1.32F};
        case Type::Title:
            return {15.5F * (1 + 0.4F * more), true, 1.34F};
        case Type::Display:
            return {21 * (1 + 0.2F * more), true, 1.25F};
        case Type::Digits:
            return {18.5F * (1 + 0.16F * more), true, 1};
        case Type::Giant:
            return {34 * (1 + 0.1F * more), true, 1.1F};
    }
    return {10.6F, false, 1.42F};
}

}  // namespace mado::ui

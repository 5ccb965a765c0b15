#pragma once

// How everything looks: colours, sizes in layout millimetres, kinds of type.
//
// Made for a person of 80 who stands 600 mm away: capitals of 7.3 mm and more, contrast of 7:1 and
// more, touch targets of 20 mm and more. One accent colour, the indigo of 藍染; red and green say
// "trouble" and "done" and nothing else. tests/gallery measures all this on every screen.

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

namespace theme {

// clang-format off
constexpr Colour kPaper      {0xF5, 0xF3, 0xEE};  // behind everything
constexpr Colour kCard       {0xFF, 0xFF, 0xFF};  // what can be touched lies on white
constexpr Colour kInk        {0x1A, 0x22, 0x2C};
constexpr Colour kQuietInk   {0x43, 0x4D, 0x59};
constexpr Colour kAccent     {0x1C, 0x3F, 0x78};
constexpr Colour kAccentDeep {0x12, 0x2A, 0x52};  // the lower edge of what is pressed
constexpr Colour kAccentPale {0xE3, 0xEA, 0xF5};
constexpr Colour kEdge       {0xB9, 0xC0, 0xCA};  // lines and the lower edge of white buttons
constexpr Colour kFaint      {0xE4, 0xE2, 0xDC};  // what cannot be touched
constexpr Colour kGood       {0x0B, 0x57, 0x33};
constexpr Colour kGoodPale   {0xE2, 0xF1, 0xE8};
constexpr Colour kBad        {0x8C, 0x16, 0x12};
constexpr Colour kBadPale    {0xFC, 0xE9, 0xE5};
constexpr Colour kFocus      {0x1A, 0x22, 0x2C};  // the ring around what the focus is on
constexpr Colour kFocusRim   {0xFF, 0xFF, 0xFF};  // and the bands on either side of it
// clang-format on

// The panel that everything is laid out for, 23 inches upright; a larger one shows all of it
// larger.
constexpr float kPageWidth = 285;
constexpr float kPageHeight = 508;

constexpr float kMargin = 16;
constexpr float kHeaderHeight = 50;
constexpr float kFooterHeight = 56;
constexpr float kGap = 7;         // between two things of one kind
constexpr float kTargetMin = 20;  // EN 301 549 and domain.md §10
constexpr float kTargetGapMin = 3;
constexpr float kCapitalMin = 7.3F;
constexpr float kContrastMin = 7;
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
};

// Capitals of BIZ UDGothic are 0.81 em high, and its descenders are short by design.
constexpr TypeStyle style_of(Type type) {
    switch (type) {
        case Type::Body:
            return {10.6F, false, 1.42F};
        case Type::Strong:
            return {10.9F, true, 1.32F};
        case Type::Title:
            return {15.5F, true, 1.34F};
        case Type::Display:
            return {21, true, 1.25F};
        case Type::Digits:
            return {18.5F, true, 1};
        case Type::Giant:
            return {34, true, 1.1F};
    }
    return {10.6F, false, 1.42F};
}

}  // namespace mado::ui

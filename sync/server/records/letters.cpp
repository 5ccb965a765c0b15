#include "sync/server/records/letters.h"

#include "shared/base/text.h"
#include "sync/server/records/encoding.h"

#include <algorithm>
#include <array>
#include <string>

namespace mado::server {

namespace {

struct Span {
    char32_t first;
    char32_t last;
};

template <std::size_t N>
bool is_in(const std::array<Span, N>& spans, char32_t c) {
    return std::ranges::any_of(spans, [&](Span span) { return c >= span.first && c <= span.last; });
}

constexpr std::array<Span, 11> kInvisible = {{{0, 0x1F},
                                              {0x7F, 0x9F},
                                              {0xAD, 0xAD},
                                              {0x61C, 0x61C},
                                              {0x180E, 0x180E},
                                              {0x200B, 0x200F},
                                              {0x2028, 0x202E},
                                              {0x2060, 0x206F},
                                              {0xFEFF, 0xFEFF},
                                              {0xFFF9, 0xFFFB},
                                              {0xE0000, 0xE007F}}};
constexpr std::array<Span, 7> kMarks = {{{0x300, 0x36F},
                                         {0x1AB0, 0x1AFF},
                                         {0x1DC0, 0x1DFF},
                                         {0x20D0, 0x20FF},
                                         {0x302A, 0x302F},
                                         {0x3099, 0x309A},
                                         {0xFE20, 0xFE2F}}};
constexpr std::array<Span, 2> kPrivate = {{{0xE000, 0xF8FF}, {0xF0000, 0x10FFFF}}};
constexpr std::array<Span, 4> kIdeographs = {
    {{0x3400, 0x4DBF}, {0x4E00, 0x9FFF}, {0xF900, 0xFAFF}, {0x20000, 0x323AF}}};
constexpr std::array<Span, 2> kSelectors = {{{0xFE00, 0xFE0F}, {0xE0100, 0xE01EF}}};
constexpr std::array<Span, 5> kEnglish = {
    {{U' ', U'~'}, {0xC0, 0x17F}, {0x2010, 0x2015}, {0x2018, 0x2019}, {0x201C, 0x201D}}};

constexpr char32_t kLatinLast = 0x17F;

// What is wrong with a letter behind another; no value where nothing is.
std::optional<TextKey> fault_of(char32_t before, char32_t c) {
    if (is_in(kSelectors, c)) {
        if (is_in(kIdeographs, before)) return {};
        return "import.letter_invisible"_t;
    }
    if (is_in(kInvisible, c)) return "import.letter_invisible"_t;
    if (is_in(kMarks, c)) return "import.letter_mark"_t;
    if (is_in(kPrivate, c)) return "import.letter_private"_t;
    if (c <= kLatinLast || is_in(kIdeographs, c) || japanese_sets_have(c)) return {};
    return "import.letter_not_shown"_t;
}

bool is_latin_letter(char32_t c) {
    return (c >= U'A' && c <= U'Z') || (c >= U'a' && c <= U'z') || (c >= 0xC0 && c <= kLatinLast);
}

bool is_full_width_digit(char32_t c) {
    return c >= U'０' && c <= U'９';
}

}  // namespace

std::optional<Reason> wrong_letter(std::string_view text) {
    char32_t before = 0;
    std::size_t place = 0;
    for (const char32_t c : characters_of(text)) {
        ++place;
        if (const auto key = fault_of(before, c)) {
            return Reason{*key, {{"at", std::to_string(place)}}};
        }
        before = c;
    }
    return {};
}

std::optional<Reason> hidden_letter(std::string_view text) {
    std::size_t place = 0;
    for (const char32_t c : characters_of(text)) {
        ++place;
        const Reason at{"import.letter_invisible"_t, {{"at", std::to_string(place)}}};
        if (is_in(kInvisible, c) || is_in(kPrivate, c)) return at;
    }
    return {};
}

bool is_latin(std::string_view text) {
    const std::u32string letters = characters_of(text);
    return std::ranges::any_of(letters, is_latin_letter) &&
           std::ranges::all_of(letters, [](char32_t c) { return is_in(kEnglish, c); });
}

bool has_full_width_digit(std::string_view text) {
    return std::ranges::any_of(characters_of(text), is_full_width_digit);
}

bool is_telephone(std::string_view text) {
    // − and ‐ are what other programs make of a full-width hyphen.
    constexpr std::u32string_view kOthers = U"+-() ＋－（）　−‐";
    const std::u32string letters = characters_of(text);
    bool digits = false;
    for (std::u32string_view rest = letters; !rest.empty();) {
        if (rest.starts_with(U"内線") || rest.starts_with(U"代表")) {
            rest.remove_prefix(2);
            continue;
        }
        const char32_t letter = rest.front();
        const bool digit = (letter >= U'0' && letter <= U'9') || is_full_width_digit(letter);
        if (!digit && kOthers.find(letter) == std::u32string_view::npos) return false;
        digits = digits || digit;
        rest.remove_prefix(1);
    }
    return digits;
}

}  // namespace mado::server

#pragma once

// Breaks a text into lines that fit a width.
//
// Japanese may break between most characters, but never before 、。）ー and small kana or after
// （「 (kinsoku), never inside a number or a Latin word, and not between a number and what it
// counts. Korean breaks between its words alone, and so does Japanese that is written with spaces
// between words (やさしい日本語). Of all ways that need the fewest lines, the one is taken that
// disturbs a reader least: it breaks where a phrase ends (after punctuation, after を, where kana
// is followed by kanji) and leaves little space. A line feed always breaks.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace mado::ui {

// How wide a piece of text is, in the same unit as the width.
using Measure = std::function<float(std::string_view)>;

enum class Lines {
    Filled,    // the last may be short: for running text
    Balanced,  // of like length: for headings and labels
};

// How wide one piece of text is must be the sum of its characters. At least one line; none is wider
// than `width` unless a single character is. `text` is UTF-8; bytes that are not come out as
// U+FFFD.
std::vector<std::string> wrap(std::string_view text, float width, Lines lines,
                              const Measure& measure);

// Whether two lines that wrap() made of `text` tear a word apart between them.
bool is_torn(std::string_view text, std::string_view line, std::string_view next);

}  // namespace mado::ui

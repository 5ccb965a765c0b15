#pragma once

// What may stand in a name, an address or a telephone number, so that screens and slips show it.
//
// The server has no typeface to ask. The kiosk's has the letters of the Japanese character sets
// (CP932 and JIS X 0213) and the Latin ones up to U+017F: so ★☆♪〒 are good and emoji are not.
// Ideographs are good even beyond these sets, with the selectors of their variants, since names and
// places are written with them; where the typeface lacks one, 〓 stands for it.

#include "sync/server/records/faults.h"

#include <optional>
#include <string_view>

namespace mado::server {

// Names the first letter that must not be there, by its place from 1: an emoji or any other that
// cannot be shown, a control or invisible one, a combining mark, or one of somebody's own making
// (外字, private use). `text` is UTF-8.
std::optional<Reason> wrong_letter(std::string_view text);
// The same in the writing of any language: control characters, and what has no shape.
std::optional<Reason> hidden_letter(std::string_view text);

// Whether it is an English name: half-width Latin letters, digits and punctuation, with at least
// one letter.
bool is_latin(std::string_view text);

// Whether there is one of ０ to ９ in it.
bool has_full_width_digit(std::string_view text);

// Whether it can be dialled: at least one digit, and else only + - ( ) and spaces, all of them half
// or full width, and the words 内線 (extension) and 代表 (main number).
bool is_telephone(std::string_view text);

}  // namespace mado::server

#pragma once

// Texts of other offices: UTF-8 with or without a mark, or CP932 (Windows' Shift_JIS, which is not
// iconv's SHIFT_JIS).

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mado::server {

enum class Encoding { Utf8, Utf8WithMark, Cp932 };

// A line that is written in another way than the rest of its file.
struct OddLine {
    int line = 0;        // from 1
    bool other = false;  // it would be right in the other encoding

    bool operator==(const OddLine&) const = default;
};

struct Decoded {
    std::string text;  // UTF-8 without a mark; of odd lines only the ASCII letters, '?' for others
    Encoding encoding = Encoding::Utf8;
    std::vector<OddLine> odd;
};

// What is well-formed UTF-8 is UTF-8, and a file that begins with the mark says so itself. For the
// rest the lines are counted that hold more than ASCII: CP932 is hardly ever right as UTF-8 by
// chance, but UTF-8 is often right as CP932 (it reads 縺ｿ縺ｩ繧 then). So a file most of whose lines
// are right as UTF-8 is UTF-8 with odd lines, even where all of it could be read as CP932.
Decoded decode_text(std::string_view bytes);

// Whether CP932 or JIS X 0213 has the letter: what Japanese typefaces are made for.
bool japanese_sets_have(char32_t letter);

// No value where a letter has no place in CP932.
std::optional<std::string> encode_text(std::string_view utf8, Encoding encoding);

}  // namespace mado::server

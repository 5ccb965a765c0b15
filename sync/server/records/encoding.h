#pragma once

// Texts of other offices: UTF-8 with or without a mark, or CP932 (Windows' Shift_JIS, which is not
// iconv's SHIFT_JIS).

#include "shared/base/result.h"

#include <optional>
#include <string>
#include <string_view>

namespace mado::server {

enum class Encoding { Utf8, Utf8WithMark, Cp932 };

struct Decoded {
    std::string text;  // UTF-8 without a mark
    Encoding encoding = Encoding::Utf8;
};

// No value where the bytes are neither; line (from 1) of the first byte that is wrong in CP932.
struct DecodeError {
    int line = 0;
};
// What is well-formed UTF-8 is UTF-8; everything else is tried as CP932.
Result<Decoded, DecodeError> decode_text(std::string_view bytes);

// No value where a letter has no place in CP932.
std::optional<std::string> encode_text(std::string_view utf8, Encoding encoding);

}  // namespace mado::server

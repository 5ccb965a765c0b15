#pragma once

// Bytes written as text, and text read strictly.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mado {

using Bytes = std::vector<std::uint8_t>;

// A non-negative decimal number of ASCII digits and nothing else, at most 18 of them.
std::optional<std::int64_t> parse_digits(std::string_view text);
bool is_digits(std::string_view text);

// Lower-case hexadecimal; from_hex takes either case and an even length.
std::string to_hex(std::span<const std::uint8_t> bytes);
std::optional<Bytes> from_hex(std::string_view text);

// Base64 for web addresses without padding (RFC 4648 §5).
std::string to_base64url(std::span<const std::uint8_t> bytes);
std::optional<Bytes> from_base64url(std::string_view text);

// Base45 (RFC 9285): fits the alphanumeric mode of a QR code.
std::string to_base45(std::span<const std::uint8_t> bytes);
std::optional<Bytes> from_base45(std::string_view text);

// Whether the bytes are well-formed UTF-8 (no overlong forms, no surrogates).
bool is_utf8(std::string_view text);

// The characters of a UTF-8 text; a byte that belongs to none is U+FFFD.
std::u32string characters_of(std::string_view text);
std::string to_utf8(std::u32string_view text);

// The bytes of a text, for hashing and sealing.
inline std::span<const std::uint8_t> bytes_of(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

}  // namespace mado

#include "shared/base/text.h"

#include <algorithm>
#include <array>

namespace mado {

namespace {

constexpr std::string_view kHexDigits = "0123456789abcdef";
constexpr std::string_view kBase64Letters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::string_view kBase45Letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

std::optional<int> value_in(std::string_view letters, char letter) {
    const auto place = letters.find(letter);
    if (place == std::string_view::npos) return {};
    return static_cast<int>(place);
}

std::optional<int> hex_value(char letter) {
    if (letter >= 'A' && letter <= 'F') letter = static_cast<char>(letter - 'A' + 'a');
    return value_in(kHexDigits, letter);
}

// How many bytes the UTF-8 sequence that begins with `first` has; 0 where none begins so.
int sequence_length(unsigned char first) {
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first <= 0xDF) return 2;
    if (first >= 0xE0 && first <= 0xEF) return 3;
    if (first >= 0xF0 && first <= 0xF4) return 4;
    return 0;
}

// The second byte has a narrower range after E0, ED, F0 and F4 (RFC 3629 §4).
bool second_byte_fits(unsigned char first, unsigned char second) {
    switch (first) {
        case 0xE0:
            return second >= 0xA0 && second <= 0xBF;
        case 0xED:
            return second >= 0x80 && second <= 0x9F;
        case 0xF0:
            return second >= 0x90 && second <= 0xBF;
        case 0xF4:
            return second >= 0x80 && second <= 0x8F;
        default:
            return second >= 0x80 && second <= 0xBF;
    }
}

}  // namespace

bool is_digits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<std::int64_t> parse_digits(std::string_view text) {
    if (!is_digits(text) || text.size() > 18) return {};
    std::int64_t number = 0;
    for (const char digit : text)
        number = number * 10 + (digit - '0');
    return number;
}

std::string to_hex(std::span<const std::uint8_t> bytes) {
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const auto byte : bytes) {
        text += kHexDigits[byte >> 4];
        text += kHexDigits[byte & 15];
    }
    return text;
}

std::optional<Bytes> from_hex(std::string_view text) {
    if (text.size() % 2 != 0) return {};
    Bytes bytes;
    bytes.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const auto high = hex_value(text[i]);
        const auto low = hex_value(text[i + 1]);
        if (!high || !low) return {};
        bytes.push_back(static_cast<std::uint8_t>(*high * 16 + *low));
    }
    return bytes;
}

std::string to_base64url(std::span<const std::uint8_t> bytes) {
    std::string text;
    text.reserve((bytes.size() * 4 + 2) / 3);
    std::uint32_t held = 0;
    int bits = 0;
    for (const auto byte : bytes) {
        held = (held << 8) | byte;
        bits += 8;
        while (bits >= 6) {
            bits -= 6;
            text += kBase64Letters[(held >> bits) & 63];
        }
    }
    if (bits > 0) text += kBase64Letters[(held << (6 - bits)) & 63];
    return text;
}

std::optional<Bytes> from_base64url(std::string_view text) {
    if (text.size() % 4 == 1) return {};
    Bytes bytes;
    bytes.reserve(text.size() * 3 / 4);
    std::uint32_t held = 0;
    int bits = 0;
    for (const char letter : text) {
        const auto value = value_in(kBase64Letters, letter);
        if (!value) return {};
        held = (held << 6) | static_cast<std::uint32_t>(*value);
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            bytes.push_back(static_cast<std::uint8_t>(held >> bits));
        }
    }
    // Bits left over must be zero, or two texts would mean the same bytes.
    if ((held & ((1U << bits) - 1)) != 0) return {};
    return bytes;
}

std::string to_base45(std::span<const std::uint8_t> bytes) {
    std::string text;
    text.reserve(bytes.size() / 2 * 3 + 2);
    for (std::size_t i = 0; i < bytes.size(); i += 2) {
        const bool pair = i + 1 < bytes.size();
        int value = pair ? bytes[i] * 256 + bytes[i + 1] : bytes[i];
        for (int letter = 0; letter < (pair ? 3 : 2); ++letter, value /= 45) {
            text += kBase45Letters[static_cast<std::size_t>(value % 45)];
        }
    }
    return text;
}

std::optional<Bytes> from_base45(std::string_view text) {
    if (text.size() % 3 == 1) return {};
    Bytes bytes;
    bytes.reserve(text.size() * 2 / 3);
    for (std::size_t i = 0; i < text.size(); i += 3) {
        const std::size_t letters = std::min<std::size_t>(3, text.size() - i);
        int value = 0;
        for (std::size_t j = letters; j > 0; --j) {
            const auto digit = value_in(kBase45Letters, text[i + j - 1]);
            if (!digit) return {};
            value = value * 45 + *digit;
        }
        if (value > (letters == 3 ? 0xFFFF : 0xFF)) return {};
        if (letters == 3) bytes.push_back(static_cast<std::uint8_t>(value >> 8));
        bytes.push_back(static_cast<std::uint8_t>(value & 0xFF));
    }
    return bytes;
}

bool is_utf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto first = static_cast<unsigned char>(text[i]);
        const auto length = static_cast<std::size_t>(sequence_length(first));
        if (length == 0 || i + length > text.size()) return false;
        for (std::size_t j = 1; j < length; ++j) {
            const auto byte = static_cast<unsigned char>(text[i + j]);
            if (j == 1 ? !second_byte_fits(first, byte) : (byte & 0xC0) != 0x80) return false;
        }
        i += length;
    }
    return true;
}

std::u32string characters_of(std::string_view text) {
    std::u32string characters;
    std::size_t at = 0;
    while (at < text.size()) {
        const auto lead = static_cast<std::uint8_t>(text[at]);
        const auto length = static_cast<std::size_t>(sequence_length(lead));
        if (length == 0 || at + length > text.size()) {
            characters.push_back(0xFFFD);
            ++at;
            continue;
        }
        char32_t c = length == 1 ? lead : lead & (0x7F >> length);
        bool whole = true;
        for (std::size_t i = 1; i < length; ++i) {
            const auto next = static_cast<std::uint8_t>(text[at + i]);
            whole = whole && (next & 0xC0) == 0x80;
            c = (c << 6) | (next & 0x3F);
        }
        characters.push_back(whole ? c : 0xFFFD);
        at += whole ? length : 1;
    }
    return characters;
}

std::string to_utf8(std::u32string_view text) {
    std::string bytes;
    for (const char32_t c : text) {
        const auto put = [&](char32_t byte) { bytes.push_back(static_cast<char>(byte)); };
        if (c < 0x80) {
            put(c);
        } else if (c < 0x800) {
            put(0xC0 | (c >> 6));
            put(0x80 | (c & 0x3F));
        } else if (c < 0x10000) {
            put(0xE0 | (c >> 12));
            put(0x80 | ((c >> 6) & 0x3F));
            put(0x80 | (c & 0x3F));
        } else {
            put(0xF0 | (c >> 18));
            put(0x80 | ((c >> 12) & 0x3F));
            put(0x80 | ((c >> 6) & 0x3F));
            put(0x80 | (c & 0x3F));
        }
    }
    return bytes;
}

}  // namespace mado

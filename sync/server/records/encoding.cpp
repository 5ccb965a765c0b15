#include "sync/server/records/encoding.h"

#include "shared/base/check.h"
#include "shared/base/text.h"

#include <algorithm>
#include <bitset>
#include <cerrno>
#include <memory>

#include <iconv.h>

namespace mado::server {

namespace {

constexpr std::string_view kMark = "\xEF\xBB\xBF";

struct CloseIconv {
    void operator()(void* handle) const { ::iconv_close(handle); }
};
using Iconv = std::unique_ptr<void, CloseIconv>;

Iconv open_converter(const char* to_code, const char* from_code) {
    const iconv_t handle = ::iconv_open(to_code, from_code);
    MADO_CHECK(handle != reinterpret_cast<iconv_t>(-1));
    return Iconv(handle);
}

// The name matters: glibc's SHIFT_JIS lacks ① and 髙 and reads \ as a yen sign.
Iconv from_cp932() {
    return open_converter("UTF-8", "CP932");
}

// No value where a letter has no place in the other encoding.
std::optional<std::string> convert(const Iconv& converter, std::string_view from) {
    std::string text;
    // A byte of CP932 is at most three of UTF-8 (half-width katakana), and the other way round a
    // letter never grows.
    text.resize(from.size() * 3 + 16);
    char* in = const_cast<char*>(from.data());  // NOLINT: iconv does not write there
    std::size_t in_left = from.size();
    char* out = text.data();
    std::size_t out_left = text.size();
    while (in_left > 0) {
        const std::size_t done = ::iconv(converter.get(), &in, &in_left, &out, &out_left);
        if (done != static_cast<std::size_t>(-1)) continue;
        MADO_CHECK(errno != E2BIG);
        return {};
    }
    text.resize(text.size() - out_left);
    return text;
}

bool is_ascii(char letter) {
    return static_cast<unsigned char>(letter) < 0x80;
}

// Calls `take` with each line's number and its bytes up to and with the LF, which is never part of
// a letter in either encoding.
template <class Take>
void for_each_line(std::string_view bytes, const Take& take) {
    int number = 0;
    while (!bytes.empty()) {
        const auto end = bytes.find('\n');
        const std::size_t length = end == std::string_view::npos ? bytes.size() : end + 1;
        take(++number, bytes.substr(0, length));
        bytes.remove_prefix(length);
    }
}

// Lines that hold more than ASCII, which is the same in both.
struct Utf8Lines {
    std::size_t right = 0;
    std::size_t wrong = 0;
};

Utf8Lines count_lines(std::string_view bytes) {
    Utf8Lines lines;
    for_each_line(bytes, [&](int, std::string_view line) {
        if (std::all_of(line.begin(), line.end(), is_ascii)) return;
        ++(is_utf8(line) ? lines.right : lines.wrong);
    });
    return lines;
}

// Commas, quotes and ends of lines are never the second byte of a letter, so that they stay.
std::string ascii_of(std::string_view line) {
    std::string text(line);
    std::replace_if(
        text.begin(), text.end(), [](char letter) { return !is_ascii(letter); }, '?');
    return text;
}

Decoded decode_lines(std::string_view bytes, Encoding encoding) {
    const Iconv converter = from_cp932();
    Decoded done{"", encoding, {}};
    for_each_line(bytes, [&](int number, std::string_view line) {
        std::optional<std::string> as_cp932 = convert(converter, line);
        std::optional<std::string> as_utf8;
        if (is_utf8(line)) as_utf8 = std::string(line);
        const bool cp932 = encoding == Encoding::Cp932;
        if (const auto& right = cp932 ? as_cp932 : as_utf8) {
            done.text += *right;
            return;
        }
        done.text += ascii_of(line);
        done.odd.push_back({number, (cp932 ? as_utf8 : as_cp932).has_value()});
    });
    return done;
}

using BasicLetters = std::bitset<0x10000>;

void add_letters_of(const char* code, BasicLetters& letters) {
    const Iconv converter = open_converter(code, "UTF-8");
    for (char32_t letter = 0; letter < letters.size(); ++letter) {
        const bool surrogate = letter >= 0xD800 && letter <= 0xDFFF;
        if (!surrogate && convert(converter, to_utf8({&letter, 1}))) letters.set(letter);
    }
}

BasicLetters letters_of_japanese_sets() {
    BasicLetters letters;
    for (const char* code : {"CP932", "EUC-JISX0213"})
        add_letters_of(code, letters);
    return letters;
}

}  // namespace

bool japanese_sets_have(char32_t letter) {
    static const BasicLetters letters = letters_of_japanese_sets();
    return letter < letters.size() && letters.test(letter);
}

Decoded decode_text(std::string_view bytes) {
    const bool marked = bytes.substr(0, kMark.size()) == kMark;
    if (marked) bytes.remove_prefix(kMark.size());
    const Encoding utf8 = marked ? Encoding::Utf8WithMark : Encoding::Utf8;
    if (is_utf8(bytes)) return {std::string(bytes), utf8, {}};
    if (marked) return decode_lines(bytes, utf8);

    const Utf8Lines lines = count_lines(bytes);
    if (lines.right > lines.wrong) return decode_lines(bytes, utf8);
    if (auto text = convert(from_cp932(), bytes)) return {std::move(*text), Encoding::Cp932, {}};
    return decode_lines(bytes, lines.right == lines.wrong ? utf8 : Encoding::Cp932);
}

std::optional<std::string> encode_text(std::string_view utf8, Encoding encoding) {
    if (encoding == Encoding::Utf8) return std::string(utf8);
    if (encoding == Encoding::Utf8WithMark) return std::string(kMark) + std::string(utf8);
    return convert(open_converter("CP932", "UTF-8"), utf8);
}

}  // namespace mado::server

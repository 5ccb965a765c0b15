#include "sync/server/records/encoding.h"

#include "shared/base/check.h"
#include "shared/base/text.h"

#include <algorithm>
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

struct Converted {
    std::string text;
    std::size_t taken = 0;  // bytes of the input that were right
};

Converted convert(std::string_view from, const char* to_code, const char* from_code) {
    // The name matters: glibc's SHIFT_JIS lacks ① and 髙 and reads \ as a yen sign.
    const Iconv handle(::iconv_open(to_code, from_code));
    MADO_CHECK(handle.get() != reinterpret_cast<void*>(-1));

    Converted done;
    // A byte of CP932 is at most three of UTF-8 (half-width katakana), and the other way round a
    // letter never grows.
    done.text.resize(from.size() * 3 + 16);
    char* in = const_cast<char*>(from.data());  // NOLINT: iconv does not write there
    std::size_t in_left = from.size();
    char* out = done.text.data();
    std::size_t out_left = done.text.size();
    while (in_left > 0 &&
           ::iconv(handle.get(), &in, &in_left, &out, &out_left) == static_cast<std::size_t>(-1)) {
        MADO_CHECK(errno != E2BIG);
        break;
    }
    done.taken = from.size() - in_left;
    done.text.resize(done.text.size() - out_left);
    return done;
}

}  // namespace

Result<Decoded, DecodeError> decode_text(std::string_view bytes) {
    if (bytes.substr(0, kMark.size()) == kMark) {
        const std::string_view text = bytes.substr(kMark.size());
        if (is_utf8(text)) return Decoded{std::string(text), Encoding::Utf8WithMark};
    }
    if (is_utf8(bytes)) return Decoded{std::string(bytes), Encoding::Utf8};

    Converted done = convert(bytes, "UTF-8", "CP932");
    if (done.taken == bytes.size()) return Decoded{std::move(done.text), Encoding::Cp932};
    const auto wrong = bytes.begin() + static_cast<std::ptrdiff_t>(done.taken);
    return fail(DecodeError{1 + static_cast<int>(std::count(bytes.begin(), wrong, '\n'))});
}

std::optional<std::string> encode_text(std::string_view utf8, Encoding encoding) {
    if (encoding == Encoding::Utf8) return std::string(utf8);
    if (encoding == Encoding::Utf8WithMark) return std::string(kMark) + std::string(utf8);
    Converted done = convert(utf8, "CP932", "UTF-8");
    if (done.taken != utf8.size()) return {};
    return std::move(done.text);
}

}  // namespace mado::server

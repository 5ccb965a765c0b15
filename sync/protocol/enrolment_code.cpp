#include "sync/protocol/enrolment_code.h"

#include "shared/base/text.h"

#include <algorithm>

namespace mado::sync {

namespace {

constexpr std::size_t kSecretLetters = 20;
constexpr std::size_t kCheckLetters = 4;
constexpr std::size_t kHostBytesMax = 253;
constexpr std::string_view kBase32Letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

bool is_secret(std::string_view text) {
    return text.size() == kSecretLetters && std::ranges::all_of(text, [](char c) {
               return kBase32Letters.find(c) != std::string_view::npos;
           });
}

// A name, an IPv4 address, or an IPv6 address in brackets.
bool is_host(std::string_view text) {
    if (text.empty() || text.size() > kHostBytesMax) return false;
    const bool bracketed = text.size() > 2 && text.front() == '[' && text.back() == ']';
    if (bracketed) text = text.substr(1, text.size() - 2);
    return std::ranges::all_of(text, [&](char c) {
        const bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        if (bracketed) return hex || c == ':';
        return hex || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '-';
    });
}

bool is_port(std::string_view text) {
    if (text.empty() || text.size() > 5 || text.front() == '0') return false;
    const auto number = parse_digits(text);
    return number && *number <= 65535;
}

bool is_address(std::string_view text) {
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos) return false;
    return is_host(text.substr(0, colon)) && is_port(text.substr(colon + 1));
}

std::string check_of(std::string_view text) {
    const Digest hash = sha256(bytes_of(text));
    std::uint32_t bits = hash[0] << 16U | hash[1] << 8U | hash[2];
    std::string check;
    for (std::size_t i = 0; i < kCheckLetters; ++i) {
        check += kBase32Letters[bits >> 19U & 31U];
        bits <<= 5U;
    }
    return check;
}

}  // namespace

std::string EnrolmentCode::text() const {
    const std::string code = address + '/' + secret + '/' + to_base64url(authority);
    return code + '/' + check_of(code);
}

std::optional<EnrolmentCode> EnrolmentCode::parse(std::string_view text) {
    const auto last = text.rfind('/');
    if (last == std::string_view::npos) return {};
    if (text.substr(last + 1) != check_of(text.substr(0, last))) return {};
    text = text.substr(0, last);
    const auto first = text.find('/');
    if (first == std::string_view::npos) return {};
    const auto second = text.find('/', first + 1);
    if (second == std::string_view::npos) return {};

    EnrolmentCode code;
    code.address = text.substr(0, first);
    code.secret = text.substr(first + 1, second - first - 1);
    if (!is_address(code.address) || !is_secret(code.secret)) return {};
    const auto hash = from_base64url(text.substr(second + 1));
    if (!hash || hash->size() != code.authority.size()) return {};
    std::ranges::copy(*hash, code.authority.begin());
    return code;
}

}  // namespace mado::sync

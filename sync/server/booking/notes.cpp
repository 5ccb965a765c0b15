// The words that people write beside a decision.

#include "sync/server/booking/handlers.h"

#include <algorithm>

namespace mado::server {

namespace {

constexpr std::size_t kNoteBytesMax = 500;
constexpr std::size_t kTicketDigits = 10;

// How many bytes the digit takes that the text begins with, ７ as well as 7; 0 where it is none.
std::size_t digit_at_front(std::string_view text) {
    const auto is_from = [](char letter, unsigned char zero) {
        const auto byte = static_cast<unsigned char>(letter);
        return byte >= zero && byte <= zero + 9;
    };
    constexpr std::string_view kFullWidth = "\xEF\xBC";
    if (is_from(text.front(), '0')) return 1;
    const bool is_full = text.starts_with(kFullWidth) && is_from(text[2], 0x90);
    return is_full ? 3 : 0;
}

}  // namespace

// A ticket's number in it would travel with every list.
bool is_note(std::string_view text) {
    if (text.empty()) return true;
    if (text.size() > kNoteBytesMax || !is_utf8(text)) return false;
    std::size_t digits = 0;
    while (!text.empty()) {
        if (static_cast<unsigned char>(text.front()) < 0x20) return false;
        const std::size_t digit = digit_at_front(text);
        digits = digit > 0 ? digits + 1 : 0;
        if (digits == kTicketDigits) return false;
        text.remove_prefix(std::max<std::size_t>(digit, 1));
    }
    return true;
}

}  // namespace mado::server

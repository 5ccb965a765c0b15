#include "shared/domain/ticket.h"

#include "shared/base/text.h"
#include "shared/domain/dose_paper.h"

#include <algorithm>

namespace mado {

namespace {

constexpr std::size_t kTextBytesMax = 512;
constexpr std::size_t kNumberLength = 10;
constexpr std::size_t kLineLength = 18;
constexpr std::size_t kMunicipalityStart = 2;
constexpr std::size_t kNumberStart = 8;

bool is_space(char letter) {
    return letter == ' ' || letter == '\t' || letter == '\r' || letter == '\n';
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && is_space(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && is_space(text.back()))
        text.remove_suffix(1);
    return text;
}

// People copy groups of digits as they see them, and OCR sees gaps where there are none.
std::string without_gaps(std::string_view text) {
    std::string kept;
    std::ranges::copy_if(text, std::back_inserter(kept),
                         [](char letter) { return !is_space(letter) && letter != '-'; });
    return kept;
}

// Whether the text could be `length` digits that suffered: one too many or too few, at most a
// quarter of them something else.
bool suffered(std::string_view text, std::size_t length) {
    if (text.size() + 1 < length || text.size() > length + 1) return false;
    const auto others = std::ranges::count_if(text, [](char c) { return c < '0' || c > '9'; });
    return static_cast<std::size_t>(others) * 4 <= length;
}

bool is_start_or_stop(char letter) {
    return (letter >= 'A' && letter <= 'D') || (letter >= 'a' && letter <= 'd');
}

std::string_view without_start_and_stop(std::string_view text) {
    if (text.size() < 2 || !is_start_or_stop(text.front()) || !is_start_or_stop(text.back())) {
        return text;
    }
    return text.substr(1, text.size() - 2);
}

Result<void, TicketError> is_served(const MunicipalityCode& municipality,
                                    const TicketRules& rules) {
    if (!rules.municipalities.contains(municipality)) return fail(TicketError::UnknownMunicipality);
    if (!rules.service_area.contains(municipality)) return fail(TicketError::OutsideServiceArea);
    return {};
}

Result<Ticket, TicketError> ticket_in(const MunicipalityCode& municipality, std::string_view number,
                                      const TicketRules& rules) {
    MADO_TRY(is_served(municipality, rules));
    return Ticket{municipality, MADO_TRY(TicketNumber::parse(number))};
}

Result<TicketReading, TicketError> bare_number(std::string_view number, const TicketRules& rules) {
    return TicketReading{MADO_TRY(ticket_in(rules.own, number, rules)), {}, {}, {}};
}

Result<TicketReading, TicketError> whole_line(std::string_view digits, const TicketRules& rules) {
    const auto code = digits.substr(kMunicipalityStart, kNumberStart - kMunicipalityStart);
    const auto municipality = MunicipalityCode::parse(code);
    if (!municipality) {
        // Samples and rehearsals are printed with 000000; nothing was misread there.
        return fail(code == "000000" ? TicketError::UnknownMunicipality : TicketError::Damaged);
    }
    const auto ticket = MADO_TRY(ticket_in(*municipality, digits.substr(kNumberStart), rules));
    return TicketReading{ticket, digits[0] - '0', digits[1] - '0', {}};
}

// Digits that came from a sheet: all eighteen, or the number alone.
Result<TicketReading, TicketError> line_or_number(std::string_view digits, const TicketRules& rules,
                                                  TicketError otherwise) {
    if (is_digits(digits) && digits.size() == kLineLength) return whole_line(digits, rules);
    if (is_digits(digits) && digits.size() == kNumberLength) return bare_number(digits, rules);
    return fail(otherwise);
}

Result<TicketReading, TicketError> from_dose_paper(std::string_view text,
                                                   const TicketRules& rules) {
    DosePaper paper = MADO_TRY(read_dose_paper(text));
    MADO_TRY(is_served(paper.ticket.municipality, rules));
    return TicketReading{std::move(paper.ticket), {}, {}, std::move(paper.statement)};
}

Result<TicketReading, TicketError> from_qr(std::string_view text, const TicketRules& rules) {
    if (text.starts_with(kDosePaperPrefix)) return from_dose_paper(text, rules);
    if (!rules.address_prefix.empty() && text.starts_with(rules.address_prefix)) {
        return line_or_number(text.substr(rules.address_prefix.size()), rules,
                              TicketError::Damaged);
    }
    if (text.size() == kLineLength && is_digits(text)) return whole_line(text, rules);
    return fail(suffered(text, kLineLength) ? TicketError::Damaged : TicketError::NotATicket);
}

Result<TicketReading, TicketError> from_nw7(std::string_view text, const TicketRules& rules) {
    const auto digits = without_start_and_stop(text);
    const bool nearly = suffered(digits, kNumberLength) || suffered(digits, kLineLength);
    return line_or_number(digits, rules, nearly ? TicketError::Damaged : TicketError::NotATicket);
}

Result<TicketReading, TicketError> from_ocr_line(std::string_view text, const TicketRules& rules) {
    const std::string digits = without_gaps(text);
    if (digits.size() == kLineLength && is_digits(digits)) return whole_line(digits, rules);
    return fail(suffered(digits, kLineLength) ? TicketError::Damaged : TicketError::NotATicket);
}

}  // namespace

Result<TicketNumber, TicketError> TicketNumber::parse(std::string_view written) {
    std::string digits = without_gaps(written);
    if (digits.size() != kNumberLength || !is_digits(digits)) return fail(TicketError::Damaged);
    if (std::ranges::all_of(digits, [](char digit) { return digit == '0'; })) {
        return fail(TicketError::ZeroNumber);
    }
    return TicketNumber(std::move(digits));
}

std::string TicketNumber::masked() const {
    return "••••••" + digits_.substr(6);
}

Result<TicketReading, TicketError> parse_ticket(CodeFormat format, std::string_view text,
                                                const TicketRules& rules) {
    if (text.size() > kTextBytesMax) return fail(TicketError::NotATicket);
    const auto inside = trimmed(text);
    switch (format) {
        case CodeFormat::Qr:
            return from_qr(inside, rules);
        case CodeFormat::Nw7:
            return from_nw7(inside, rules);
        case CodeFormat::OcrLine:
            return from_ocr_line(inside, rules);
        case CodeFormat::Typed:
            return bare_number(inside, rules);
    }
    return fail(TicketError::NotATicket);
}

}  // namespace mado

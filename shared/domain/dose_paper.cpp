#include "shared/domain/dose_paper.h"

#include "shared/base/check.h"
#include "shared/base/text.h"

#include <span>

namespace mado {

namespace {

constexpr std::size_t kMunicipalityBytes = 3;
constexpr std::size_t kNumberBytes = 5;
constexpr std::size_t kTicketBytes = kMunicipalityBytes + kNumberBytes;
constexpr std::size_t kMunicipalityDigits = 6;
constexpr std::size_t kNumberDigits = 10;

void append(Bytes& out, std::string_view digits, std::size_t bytes) {
    const auto number = parse_digits(digits);
    MADO_CHECK(number.has_value());
    for (std::size_t i = bytes; i > 0; --i) {
        out.push_back(
            static_cast<std::uint8_t>(static_cast<std::uint64_t>(*number) >> (8 * (i - 1))));
    }
}

// The digits that these bytes count; no value where there are more.
std::optional<std::string> digits_in(std::span<const std::uint8_t> bytes, std::size_t count) {
    std::uint64_t number = 0;
    for (const auto byte : bytes)
        number = number << 8 | byte;
    std::string digits = std::to_string(number);
    if (digits.size() > count) return {};
    return digits.insert(0, count - digits.size(), '0');
}

}  // namespace

std::string write_dose_paper(const DosePaper& paper) {
    Bytes bytes;
    append(bytes, paper.ticket.municipality.digits(), kMunicipalityBytes);
    append(bytes, paper.ticket.number.digits(), kNumberBytes);
    const auto statement = from_base45(paper.statement);
    MADO_CHECK(statement.has_value());
    bytes.insert(bytes.end(), statement->begin(), statement->end());
    return std::string(kDosePaperPrefix) + to_base45(bytes);
}

Result<DosePaper, TicketError> read_dose_paper(std::string_view text) {
    if (!text.starts_with(kDosePaperPrefix)) return fail(TicketError::NotATicket);
    const auto bytes = from_base45(text.substr(kDosePaperPrefix.size()));
    if (!bytes || bytes->size() <= kTicketBytes) return fail(TicketError::Damaged);
    const std::span<const std::uint8_t> all(*bytes);
    const auto code = digits_in(all.first(kMunicipalityBytes), kMunicipalityDigits);
    const auto digits = digits_in(all.subspan(kMunicipalityBytes, kNumberBytes), kNumberDigits);
    if (!code || !digits) return fail(TicketError::Damaged);
    const auto municipality = MunicipalityCode::parse(*code);
    if (!municipality) return fail(TicketError::Damaged);
    auto number = MADO_TRY(TicketNumber::parse(*digits));
    std::string statement = to_base45(all.subspan(kTicketBytes));
    if (statement.size() > kStatementTextMax) return fail(TicketError::Damaged);
    return DosePaper{{*municipality, std::move(number)}, std::move(statement)};
}

}  // namespace mado

#include "shared/domain/ticket_sight.h"

#include <algorithm>

namespace mado {

namespace {

constexpr std::size_t kNumberLength = 10;
// Nobody shows more tickets than this in one visit.
constexpr std::size_t kRememberedMax = 64;

std::string digits_of(std::string_view text) {
    std::string digits;
    std::ranges::copy_if(text, std::back_inserter(digits),
                         [](char letter) { return letter >= '0' && letter <= '9'; });
    return digits;
}

bool is_elsewhere(TicketError error) {
    return error == TicketError::UnknownMunicipality || error == TicketError::OutsideServiceArea;
}

bool is_bare(const SeenCode& code) {
    return code.format == CodeFormat::Nw7 && digits_of(code.text).size() == kNumberLength;
}

}  // namespace

std::optional<Result<TicketReading, TicketError>> TicketSight::look(std::span<const SeenCode> codes,
                                                                    const TicketRules& rules,
                                                                    Instant now) {
    std::optional<Result<TicketReading, TicketError>> said;
    for (const bool bare_ones : {false, true}) {
        for (const SeenCode& code : codes) {
            if (is_bare(code) != bare_ones) continue;
            auto meaning = bare_ones ? bare(code, rules, now) : whole(code, rules);
            if (meaning && meaning->ok()) return meaning;
            if (!said) said = std::move(meaning);
        }
    }
    return said;
}

std::optional<Result<TicketReading, TicketError>> TicketSight::whole(const SeenCode& code,
                                                                     const TicketRules& rules) {
    auto reading = parse_ticket(code.format, code.text, rules);
    if (reading.ok() || !is_elsewhere(reading.error())) return reading;
    const std::string digits = digits_of(code.text);
    if (digits.size() >= kNumberLength && elsewhere_.size() < kRememberedMax) {
        elsewhere_.emplace(digits.substr(digits.size() - kNumberLength), reading.error());
    }
    return reading;
}

std::optional<Result<TicketReading, TicketError>> TicketSight::bare(const SeenCode& code,
                                                                    const TicketRules& rules,
                                                                    Instant now) {
    const std::string digits = digits_of(code.text);
    const auto away = elsewhere_.find(digits);
    if (away != elsewhere_.end()) return Result<TicketReading, TicketError>(fail(away->second));
    auto reading = parse_ticket(code.format, code.text, rules);
    if (!reading.ok()) return reading;
    if (waiting_.size() >= kRememberedMax) waiting_.clear();
    Instant& since = waiting_.try_emplace(digits, now).first->second;
    since = std::min(since, now);  // the clock may jump back
    if (now - since < kWholeCodePatience) return {};
    return reading;
}

}  // namespace mado

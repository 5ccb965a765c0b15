#include "shared/domain/vaccine.h"

#include <algorithm>

namespace mado {

namespace {

constexpr std::size_t kCodeLengthMax = 20;

bool fits_a_code(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '-';
}

}  // namespace

std::optional<VaccineCode> VaccineCode::parse(std::string_view text) {
    if (text.empty() || text.size() > kCodeLengthMax) return {};
    if (!std::ranges::all_of(text, fits_a_code)) return {};
    return VaccineCode(std::string(text));
}

Date earliest_second_dose(const Vaccine& vaccine, Date first_dose) {
    return first_dose + std::chrono::days(vaccine.interval_earliest);
}

Date usual_second_dose(const Vaccine& vaccine, Date first_dose) {
    return first_dose + std::chrono::days(vaccine.interval_usual);
}

}  // namespace mado

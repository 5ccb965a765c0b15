#include "shared/domain/municipality.h"

#include "shared/base/text.h"

#include <array>

namespace mado {

namespace {

constexpr std::size_t kCodeLength = 6;
constexpr std::array kWeights = {6, 5, 4, 3, 2};

int check_digit_of(std::string_view digits) {
    int sum = 0;
    for (std::size_t i = 0; i < kWeights.size(); ++i)
        sum += kWeights[i] * (digits[i] - '0');
    return (11 - sum % 11) % 10;
}

}  // namespace

Result<MunicipalityCode, MunicipalityError> MunicipalityCode::parse(std::string_view digits) {
    if (digits.size() != kCodeLength || !is_digits(digits)) {
        return fail(MunicipalityError::NotSixDigits);
    }
    if (digits.back() - '0' != check_digit_of(digits)) {
        return fail(MunicipalityError::WrongCheckDigit);
    }
    return MunicipalityCode(std::string(digits));
}

}  // namespace mado

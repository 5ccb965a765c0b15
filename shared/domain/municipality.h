#pragma once

// Municipalities: the six-digit code whose last digit checks the others, and the list of real ones.
//
// Source: the public list of local government codes (domain rule in domain facts §2):
// S = 6·d1 + 5·d2 + 4·d3 + 3·d4 + 2·d5, check = (11 − S mod 11) mod 10.

#include "shared/base/result.h"

#include <compare>
#include <map>
#include <string>
#include <string_view>

namespace mado {

enum class MunicipalityError { NotSixDigits, WrongCheckDigit };

// A code of the right form. Whether such a municipality exists is the table's to say.
class MunicipalityCode {
  public:
    // Exactly six ASCII digits with a right check digit. The check digit of 00000 is 1, so "000000"
    // is WrongCheckDigit.
    static Result<MunicipalityCode, MunicipalityError> parse(std::string_view digits);

    const std::string& digits() const { return digits_; }

    auto operator<=>(const MunicipalityCode&) const = default;

  private:
    explicit MunicipalityCode(std::string digits) : digits_(std::move(digits)) {}

    std::string digits_;
};

// Code to name in Japanese ("大阪府箕面市"): municipalities, wards of designated cities,
// prefectures.
using MunicipalityTable = std::map<MunicipalityCode, std::string>;

}  // namespace mado

#pragma once

// Vaccines and the intervals between their doses: a table with dates of effect, not code.
//
// The day after dose 1 is day 1, so "day 19" is the date of dose 1 plus 19 days.

#include "shared/base/instant.h"

#include <compare>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace mado {

// A short code in lower-case ASCII ("pfizer"), 1–20 letters, digits and hyphens.
class VaccineCode {
  public:
    static std::optional<VaccineCode> parse(std::string_view text);

    const std::string& text() const { return text_; }

    auto operator<=>(const VaccineCode&) const = default;

  private:
    explicit VaccineCode(std::string text) : text_(std::move(text)) {}

    std::string text_;
};

struct Vaccine {
    VaccineCode code;
    std::string name_ja;           // "ファイザー（コミナティ）"
    std::string name_en;           // "Pfizer (Comirnaty)"
    std::string ledger_name;       // "ファイザー", as the national ledger writes it
    int interval_usual = 0;        // days from dose 1 to dose 2, as recommended
    int interval_earliest = 0;     // days from dose 1 to the first day on which dose 2 is allowed
    int age_min = 0;               // full years
    int pass_effective_after = 0;  // days after dose 2

    bool operator==(const Vaccine&) const = default;
};

using VaccineTable = std::map<VaccineCode, Vaccine>;

// The first day on which dose 2 is allowed, and the one that is recommended.
Date earliest_second_dose(const Vaccine& vaccine, Date first_dose);
Date usual_second_dose(const Vaccine& vaccine, Date first_dose);

}  // namespace mado

#pragma once

// Tables that come as text: the list of municipalities and the list of vaccines. Both stand in
// files beside the programs, so that a town can change them without a new program; where the files
// are is the shell's to know.
//
// A table is taken whole or not at all: one bad line refuses it, and is named.

#include "shared/base/result.h"
#include "shared/domain/municipality.h"
#include "shared/domain/vaccine.h"

#include <string>
#include <string_view>

namespace mado {

struct TableError {
    int line = 0;        // from 1; 0 where the whole text is wrong
    std::string reason;  // for a log, in English

    bool operator==(const TableError&) const = default;
};

// UTF-8, a line each: code, one tab, name. At least one, no code twice.
Result<MunicipalityTable, TableError> parse_municipality_table(std::string_view text);

// UTF-8, comma-separated, no quotes (so no field holds a comma), under exactly this heading:
// code,name_ja,name_en,ledger_name,interval_usual,interval_earliest,age_min,pass_effective_after
// Numbers are 0 to 999, and the earliest interval is not above the usual one. At least one vaccine,
// no code twice.
Result<VaccineTable, TableError> parse_vaccine_table(std::string_view text);

}  // namespace mado

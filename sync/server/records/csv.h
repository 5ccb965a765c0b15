#pragma once

// Strict CSV (RFC 4180): what other offices send us, and what we send them.
//
// A table has a header and rows of as many fields; lines end with LF or CRLF, the last one may lack
// its end. A quote inside a bare field, text after a closing quote, a stray CR, a control character
// or a row of another length is an error with line and column, never a guess.

#include "sync/server/records/faults.h"

#include <string>
#include <string_view>
#include <vector>

namespace mado::server {

struct CsvLimits {
    std::size_t bytes_max = 64u << 20;
    std::size_t rows_max = 1'000'000;
    std::size_t columns_max = 100;
    std::size_t field_bytes_max = 4096;
};

struct CsvRow {
    int line = 0;  // where it begins
    std::vector<std::string> fields;

    bool operator==(const CsvRow&) const = default;
};

struct CsvTable {
    std::vector<std::string> header;
    std::vector<CsvRow> rows;  // each as long as the header; empty lines at the end are skipped
};

// `text` is UTF-8 without a mark. Rows that break a rule are left out and named in `faults`;
// reading goes on with the line after the one that is named. Of a file whose header is bad the
// table is empty, since nobody can say what its fields mean.
CsvTable parse_csv(std::string_view text, const CsvLimits& limits, Faults& faults);

// One line with its CRLF. A field that begins with = + - @, a tab or a CR gets an apostrophe in
// front, so that no spreadsheet runs it.
std::string write_csv_line(const std::vector<std::string>& fields);

}  // namespace mado::server

// Files of other offices: whatever the bytes, rows or named faults come out, within bounds.

#include "shared/base/check.h"
#include "shared/base/text.h"
#include "sync/server/records/csv.h"
#include "sync/server/records/encoding.h"
#include "sync/server/records/import.h"
#include "tests/support/builders.h"

#include <cstddef>
#include <cstdint>

namespace {

using namespace mado;
using namespace mado::server;

const ImportRules& rules() {
    static const ImportRules kRules{tests::a_town(),
                                    {},
                                    tests::vaccines(),
                                    {{VenueId(1), {tests::a_venue(1), tests::a_vaccine_code()}}},
                                    tests::today()};
    return kRules;
}

template <class Row>
void check(const Read<Row>& read) {
    const auto named = read.faults.named();
    MADO_CHECK(named.size() <= kFaultsNamedMax);
    MADO_CHECK(read.faults.count() == named.size() + read.faults.more());
    int line_before = 0;
    for (const BadRow& row : named) {
        MADO_CHECK(row.line >= line_before);
        line_before = row.line;
        MADO_CHECK(std::string_view(row.reason.key.name).starts_with("import."));
        MADO_CHECK(is_utf8(row.column));
        for (const Argument& argument : row.reason.arguments)
            MADO_CHECK(is_utf8(argument.value));
    }
}

// What we write of a table reads back as it was, but for the guard of spreadsheets.
void check_round_trip(const CsvTable& table) {
    std::string text = write_csv_line(table.header);
    for (const CsvRow& row : table.rows)
        text += write_csv_line(row.fields);
    Faults faults;
    const CsvTable again = parse_csv(text, CsvLimits{}, faults);
    if (table.header.size() <= 1) return;  // an empty field alone on a line is an empty line
    MADO_CHECK(faults.none() && again.rows.size() == table.rows.size());
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        for (std::size_t j = 0; j < table.header.size(); ++j) {
            const std::string& before = table.rows[i].fields[j];
            const std::string& after = again.rows[i].fields[j];
            MADO_CHECK(after == before || after == "'" + before);
        }
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const Decoded decoded = decode_text(bytes);
    MADO_CHECK(is_utf8(decoded.text));
    Faults faults;
    check_round_trip(parse_csv(decoded.text, CsvLimits{}, faults));
    check(read_vaccines(bytes));
    check(read_venues(bytes, rules()));
    check(read_schedule(bytes, rules(), tests::in_days(0), tests::in_days(6)));
    check(read_residents(bytes, rules()));
    check(read_results(bytes, rules()));
    return 0;
}

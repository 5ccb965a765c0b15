// Files of other offices: whatever the bytes, rows or named faults come out, within bounds.

#include "shared/base/check.h"
#include "shared/base/text.h"
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
    if (read) return;
    MADO_CHECK(!read.error().empty() && read.error().size() <= 100);
    for (const BadRow& row : read.error()) {
        MADO_CHECK(row.line >= 0 && !row.reason.empty());
        MADO_CHECK(is_utf8(row.column) && is_utf8(row.reason));
    }
}

// What we write of a table reads back as it was, but for the guard of spreadsheets.
void check_round_trip(const CsvTable& table) {
    std::string text = write_csv_line(table.header);
    for (const CsvRow& row : table.rows)
        text += write_csv_line(row.fields);
    const auto again = parse_csv(text, CsvLimits{});
    if (table.header.size() == 1) return;  // an empty field alone on a line is an empty line
    MADO_CHECK(again.ok() && again->rows.size() == table.rows.size());
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        for (std::size_t j = 0; j < table.header.size(); ++j) {
            const std::string& before = table.rows[i].fields[j];
            const std::string& after = again->rows[i].fields[j];
            MADO_CHECK(after == before || after == "'" + before);
        }
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    if (const auto decoded = decode_text(bytes)) {
        MADO_CHECK(is_utf8(decoded->text));
        const auto table = parse_csv(decoded->text, CsvLimits{});
        if (table) check_round_trip(*table);
    }
    check(read_vaccines(bytes));
    check(read_venues(bytes, rules()));
    check(read_schedule(bytes, rules(), tests::in_days(0), tests::in_days(6)));
    check(read_residents(bytes, rules()));
    check(read_results(bytes, rules()));
    return 0;
}

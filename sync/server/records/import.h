#pragma once

// Files of other offices become commands, or a list of bad rows.
//
// All of a file is checked before anything of it is imported: read_…() is pure and gives either
// every row or every fault that it found (at most 100), by line, column and reason. Then the rows
// go in by commands of 1,000 rows. Importing the same file again changes nothing, so an import that
// was cut off is simply run again.

#include "sync/server/booking/commands.h"
#include "sync/server/records/csv.h"
#include "sync/server/records/encoding.h"
#include "sync/server/store/reads.h"
#include "sync/server/store/store.h"

#include <functional>
#include <string_view>
#include <vector>

namespace mado::server {

// What rows are checked against.
struct ImportRules {
    Town town;
    MunicipalityTable municipalities;  // may be empty: then only form and service area are checked
    VaccineTable vaccines;
    std::map<VenueId, VenueEntry> venues;
    Date today;
};

// A row and the line of the file that said it.
template <class Row>
struct Lined {
    int line = 0;
    Row row;
};

template <class Row>
using Read = Result<std::vector<Lined<Row>>, std::vector<BadRow>>;

// Columns are found by name, in any order; further ones are read past. Bytes as the file holds
// them.
//
// vaccines:  code,name_ja,name_en,ledger_name,interval_usual,interval_earliest,age_min,
//            pass_effective_after
Read<Vaccine> read_vaccines(std::string_view bytes);
// venues:    id,name,name_en,address,telephone,vaccine
Read<VenueEntry> read_venues(std::string_view bytes, const ImportRules& rules);
// schedule:  venue,weekday,date,from,to,minutes,seats[,vaccine]; weekday (月 or mon) or date, the
//            other empty. Days from `from` to `to`, both included; a date's rows replace that
//            weekday's of the same venue. seats 0 closes; what is not named stays as it is.
Read<PlannedSlot> read_schedule(std::string_view bytes, const ImportRules& rules, Date from,
                                Date to);
// residents:
// 接種券番号,姓,名,生年月日,無効フラグ,2回目接種日[,自治体コード][,1回目接種日][,ワクチン種]
//            Name columns are read past and never stored. A line that stands twice is taken once.
Read<ResidentRow> read_residents(std::string_view bytes, const ImportRules& rules);
// results:   接種券ID,接種自治体名,接種日,ワクチン種,接種回数[,ロット番号][,自治体コード]
Read<ResultRow> read_results(std::string_view bytes, const ImportRules& rules);

enum class FileKind { Vaccines, Venues, Schedule, Residents, Results };
enum class DryRun { No, Yes };

struct ImportRequest {
    FileKind kind = FileKind::Residents;
    std::string_view bytes;
    Date from;  // of a schedule
    Date to;
    DryRun dry_run = DryRun::No;
    // Told after each command how many rows are in; empty: nobody asks.
    std::function<void(std::size_t rows)> progress = {};
};

struct ImportReport {
    std::size_t rows = 0;
    Encoding encoding = Encoding::Utf8;
    std::vector<BadRow> bad;  // where it is not empty, nothing was imported
    int added = 0;            // nothing of these three in a dry run
    int changed = 0;
    int unchanged = 0;
};

// The whole way: reads the rules from the store, checks the file, also against what the store holds
// (a result for a ticket on no list, a dose 2 before its dose 1), and imports it.
Result<ImportReport, IoError> import_file(Store& store, Reads& reads,
                                          const MunicipalityTable& municipalities,
                                          const ImportRequest& request, Instant now);

}  // namespace mado::server

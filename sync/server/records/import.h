#pragma once

// Files of other offices become commands, or a list of bad rows.
//
// All of a file is checked before anything of it is imported: read_…() is pure and gives the rows
// that are good and names what is wrong with the others, by line, column and reason. Only where
// there is nothing to name, or where the bad rows are to be left out, do the rows go in, by
// commands of 1,000 rows. Importing the same file
// again changes nothing, so an import that was cut off is simply run again.
//
// What the files look like stands in file_forms.h.

#include "shared/texts/readings.h"
#include "sync/server/booking/commands.h"
#include "sync/server/records/encoding.h"
#include "sync/server/records/faults.h"
#include "sync/server/records/file_forms.h"
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

// What a file says: its good rows, and what is wrong with the others.
template <class Row>
struct Read {
    std::vector<Lined<Row>> rows;
    Faults faults;                   // also where the file holds no row at all
    std::vector<int> lines_not_cut;  // bad ones of which not even the fields are known
    Encoding encoding = Encoding::Utf8;
};

// Bytes as the file holds them.
Read<Vaccine> read_vaccines(std::string_view bytes);
Read<VenueEntry> read_venues(std::string_view bytes, const ImportRules& rules);
// The slots of the days from `from` to `to`, both included; a date's rows replace that weekday's of
// the same venue. A date that lies before them and before today is a bad row, and a file of which
// nothing falls on these days is bad as a whole.
Read<PlannedSlot> read_schedule(std::string_view bytes, const ImportRules& rules, Date from,
                                Date to);
// Name columns are read past and never stored. A line that stands twice is taken once.
Read<ResidentRow> read_residents(std::string_view bytes, const ImportRules& rules);
Read<ResultRow> read_results(std::string_view bytes, const ImportRules& rules);

// The catalogues by language, which texts of a town are held to.
struct Wordings {
    std::map<std::string, Texts> shown;
    std::map<std::string, Readings> spoken;
};
Read<TownText> read_texts(std::string_view bytes, const Wordings& wordings);

enum class DryRun { No, Yes };

// Refuse: a file with anything wrong in it is refused whole. LeaveOut: what is bad and what it puts
// in doubt is left out, and the rest goes in, unless no row is good (as in a file that is wrong as
// such: its encoding, its header) or the file is larger than may be.
// In doubt are the earlier ones of rows that contradict each other, since nobody can say which one
// is meant, and days on which a weekday's rows of a schedule would stand in for a date's bad one.
enum class BadRows { Refuse, LeaveOut };

struct ImportRequest {
    FileKind kind = FileKind::Residents;
    std::string_view bytes;
    Date from;  // of a schedule
    Date to;
    DryRun dry_run = DryRun::No;
    BadRows bad_rows = BadRows::Refuse;
    // Told after each command how many rows are in; empty: nobody asks.
    std::function<void(std::size_t rows)> progress = {};
    Wordings wordings = {};  // of a file of texts; without it no language is known
};

struct ImportReport {
    std::size_t rows = 0;  // the good ones; of a schedule, the slots that they make
    Encoding encoding = Encoding::Utf8;
    Faults faults;  // where there is one and no line is left out, nothing was imported
    std::size_t lines_left_out = 0;
    int added = 0;  // nothing of these three in a dry run
    int changed = 0;
    int unchanged = 0;
};

// The whole way: reads the rules from the store, checks the file, also against what the store holds
// (a result for a ticket on no list, a dose 2 before its dose 1, a
// birth date after a dose), and imports it.
Result<ImportReport, IoError> import_file(Store& store, Reads& reads,
                                          const MunicipalityTable& municipalities,
                                          const ImportRequest& request, Instant now);

}  // namespace mado::server

#include "shared/platform/files.h"

#include "shared/platform/clock.h"
#include "sync/server/records/csv.h"
#include "sync/server/records/file_forms.h"
#include "sync/server/records/import.h"
#include "sync/server/shell/commands.h"
#include "sync/server/shell/console.h"
#include "sync/server/shell/share.h"
#include "sync/server/shell/town_folder.h"
#include "sync/server/store/sqlite_store.h"

#include <array>
#include <map>
#include <utility>

#include <boost/json.hpp>
#include <fmt/core.h>

namespace mado::server {

namespace {

namespace json = boost::json;

constexpr int kScheduleDays = 28;

// No value where a day is written but is none.
std::optional<std::pair<Date, Date>> schedule_days(const ImportOptions& options, Date today) {
    const auto from = options.from.empty() ? today : parse_date(options.from);
    if (!from) return {};
    const auto to =
        options.to.empty() ? *from + std::chrono::days(kScheduleDays - 1) : parse_date(options.to);
    if (!to || *to < *from) return {};
    return std::pair(*from, *to);
}

// Tells people that a long file goes on; a file of a second says nothing.
class Progress {
  public:
    explicit Progress(std::string kind) : kind_(std::move(kind)) {}

    void operator()(std::size_t rows) {
        const auto now = std::chrono::steady_clock::now();
        if (now - told_ < kEvery) return;
        told_ = now;
        fmt::print(stderr, "{}: {} rows are in …\n", kind_, rows);
    }

  private:
    static constexpr auto kEvery = std::chrono::seconds(2);

    std::string kind_;
    std::chrono::steady_clock::time_point told_ = std::chrono::steady_clock::now();
};

json::object json_of(const ImportReport& report, std::string_view kind) {
    json::array bad;
    for (const BadRow& row : report.faults.named()) {
        bad.push_back(
            json::object{{"line", row.line}, {"column", row.column}, {"reason", row.reason}});
    }
    return {{"kind", kind},
            {"rows", report.rows},
            {"added", report.added},
            {"changed", report.changed},
            {"bad", std::move(bad)},
            {"bad_more", report.faults.more()},
            {"unchanged", report.unchanged}};
}

// "19,900"
std::string with_commas(std::size_t number) {
    std::string digits = std::to_string(number);
    for (auto at = static_cast<int>(digits.size()) - 3; at > 0; at -= 3)
        digits.insert(static_cast<std::size_t>(at), 1, ',');
    return digits;
}

int tell_faults(const Faults& faults, const std::string& file) {
    for (const BadRow& row : faults.named()) {
        fmt::print(stderr, "{}:{}: {}{}{}\n", file, row.line, row.column,
                   row.column.empty() ? "" : ": ", row.reason);
    }
    if (faults.more() > 0) fmt::print(stderr, "… and {} more\n", with_commas(faults.more()));
    const std::string places = faults.count() == 1
                                   ? "1 place in it is wrong"
                                   : with_commas(faults.count()) + " places in it are wrong";
    return complain(fmt::format("nothing of {} was imported: {}", file, places));
}

int tell(const ImportReport& report, const ImportOptions& options, Output output) {
    const std::string_view kind = form_of(options.kind).name;
    const std::string file = options.file.string();
    if (output == Output::Json) say(json::serialize(json_of(report, kind)));
    if (!report.faults.none()) return tell_faults(report.faults, file);
    if (report.lines == 0) {
        complain(fmt::format("{} holds no rows, only a header", file));
    } else if (report.rows == 0) {
        complain(fmt::format("no row of {} falls on the days that are planned", file));
    }
    if (output == Output::Json) return kDone;
    if (options.dry_run) {
        say(fmt::format("{}: {} rows are good; nothing was imported", kind, report.rows));
    } else {
        say(fmt::format("{}: {} rows: {} added, {} changed, {} unchanged", kind, report.rows,
                        report.added, report.changed, report.unchanged));
    }
    return kDone;
}

// One row of an export: names and values in order, the same for CSV and JSON.
using ExportRow = std::vector<std::pair<const char*, std::string>>;

std::string_view name_of(BookingState state) {
    switch (state) {
        case BookingState::Live:
            return "live";
        case BookingState::Doubled:
            return "doubled";
        case BookingState::ToMove:
            return "to-move";
        case BookingState::Cancelled:
            return "cancelled";
    }
    return "live";
}

std::string_view name_of(SlipState state) {
    switch (state) {
        case SlipState::Unknown:
            return "unknown";
        case SlipState::Failed:
            return "failed";
        case SlipState::Printed:
            return "printed";
    }
    return "unknown";
}

// A person by the opaque id: neither ticket nor birth date is in it.
ExportRow row_of(const BookingEntry& entry, const SlotTable& slots,
                 const std::map<VenueId, std::string>& venues) {
    const Booking& booking = entry.booking;
    const auto slot = slots.find(booking.slot);
    const bool known = slot != slots.end();
    const auto venue = known ? venues.find(slot->second.venue) : venues.end();
    return {{"number", booking.id.short_number()},
            {"venue", venue == venues.end() ? "" : venue->second},
            {"date", known ? to_text(slot->second.date) : ""},
            {"time", known ? to_text(slot->second.starts) : ""},
            {"vaccine", known ? slot->second.vaccine.text() : ""},
            {"dose", std::to_string(booking.dose)},
            {"state", std::string(name_of(booking.state))},
            {"slip", std::string(name_of(entry.slip))},
            {"person", booking.person.text()}};
}

ExportRow row_of(const WorklistEntry& entry) {
    return {{"since", to_text(entry.since)},
            {"reason", entry.reason},
            {"booking", entry.booking ? entry.booking->short_number() : ""},
            {"person", entry.person ? entry.person->text() : ""},
            {"device", entry.device ? entry.device->text() : ""},
            {"slot", entry.slot ? entry.slot->text() : ""}};
}

const ExportRow kBookingHeader = {{"number", ""}, {"venue", ""},   {"date", ""},
                                  {"time", ""},   {"vaccine", ""}, {"dose", ""},
                                  {"state", ""},  {"slip", ""},    {"person", ""}};
const ExportRow kWorklistHeader = {{"since", ""},  {"reason", ""}, {"booking", ""},
                                   {"person", ""}, {"device", ""}, {"slot", ""}};

Result<std::vector<ExportRow>, IoError> booking_rows(Reads& reads) {
    // Wide enough for every slot that a booking can name.
    const Date first = *date_of(1970, 1, 1);
    const Date last = *date_of(9999, 12, 31);
    SlotTable slots;
    for (Slot& slot : MADO_TRY(reads.slots(first, last))) {
        const SlotId id = slot.id;
        slots.emplace(id, std::move(slot));
    }
    std::map<VenueId, std::string> venues;
    for (const VenueEntry& entry : MADO_TRY(reads.venues())) {
        venues.emplace(entry.venue.id, entry.venue.name);
    }
    std::vector<ExportRow> rows;
    for (const BookingEntry& entry : MADO_TRY(reads.bookings())) {
        rows.push_back(row_of(entry, slots, venues));
    }
    return rows;
}

Result<std::vector<ExportRow>, IoError> worklist_rows(Reads& reads) {
    std::vector<ExportRow> rows;
    for (const WorklistEntry& entry : MADO_TRY(reads.worklist(true))) {
        rows.push_back(row_of(entry));
    }
    return rows;
}

void print_csv(const ExportRow& header, const std::vector<ExportRow>& rows) {
    std::vector<std::string> fields;
    for (const auto& [name, value] : header)
        fields.emplace_back(name);
    fmt::print("{}", write_csv_line(fields));
    for (const ExportRow& row : rows) {
        fields.clear();
        for (const auto& [name, value] : row)
            fields.push_back(value);
        fmt::print("{}", write_csv_line(fields));
    }
}

void print_json(const std::vector<ExportRow>& rows) {
    for (const ExportRow& row : rows) {
        json::object object;
        for (const auto& [name, value] : row)
            object[name] = value;
        say(json::serialize(object));
    }
}

}  // namespace

int import(const ImportOptions& options, Output output) {
    const Instant now = SystemClock().now();
    const auto days = schedule_days(options, date_in_japan(now));
    if (!days) return complain("--from and --to take days as 2021-07-05, in order", kMisused);

    const auto bytes = read_file(options.file, CsvLimits{}.bytes_max);
    if (!bytes.ok()) return complain(bytes.error());
    const auto municipalities = read_municipalities(options.share);
    if (!municipalities.ok()) return complain(municipalities.error());
    const TownFolder folder{options.folder};
    const auto store = open_sqlite_store(folder.database());
    if (!store.ok()) return complain(store.error());
    const auto reads = open_sqlite_reads(folder.database());
    if (!reads.ok()) return complain(reads.error());

    const ImportRequest request{options.kind,
                                *bytes,
                                days->first,
                                days->second,
                                options.dry_run ? DryRun::Yes : DryRun::No,
                                Progress(std::string(form_of(options.kind).name))};
    const auto report = import_file(**store, **reads, *municipalities, request, now);
    if (!report.ok()) return complain(report.error());
    return tell(*report, options, output);
}

int export_rows(const ExportOptions& options, Output output) {
    const bool bookings = options.kind == "bookings";
    if (!bookings && options.kind != "worklist") {
        return complain("no such list: " + options.kind, kMisused);
    }
    const auto reads = open_sqlite_reads(TownFolder{options.folder}.database());
    if (!reads.ok()) return complain(reads.error());
    const auto rows = bookings ? booking_rows(**reads) : worklist_rows(**reads);
    if (!rows.ok()) return complain(rows.error());
    if (output == Output::Json) {
        print_json(*rows);
    } else {
        print_csv(bookings ? kBookingHeader : kWorklistHeader, *rows);
    }
    return kDone;
}

}  // namespace mado::server

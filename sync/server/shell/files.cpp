#include "shared/platform/files.h"

#include "shared/platform/clock.h"
#include "shared/texts/texts.h"
#include "sync/server/records/csv.h"
#include "sync/server/records/export.h"
#include "sync/server/records/file_forms.h"
#include "sync/server/records/import.h"
#include "sync/server/shell/commands.h"
#include "sync/server/shell/console.h"
#include "sync/server/shell/share.h"
#include "sync/server/shell/town_folder.h"
#include "sync/server/store/sqlite_store.h"

#include <algorithm>
#include <array>
#include <cstdlib>
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

// "19,900"
std::string with_commas(std::size_t number) {
    std::string digits = std::to_string(number);
    for (auto at = static_cast<int>(digits.size()) - 3; at > 0; at -= 3)
        digits.insert(static_cast<std::size_t>(at), 1, ',');
    return digits;
}

Result<Texts, IoError> texts_of(const ImportOptions& options) {
    // NOLINTBEGIN(concurrency-mt-unsafe): nobody sets a variable
    const auto language =
        options.language.empty()
            ? language_of_locale(
                  {std::getenv("LC_ALL"), std::getenv("LC_MESSAGES"), std::getenv("LANG")})
            : std::string_view(options.language);
    // NOLINTEND(concurrency-mt-unsafe)
    return Texts::open(options.share / "locale", language);
}

TextKey name_of(FileKind kind) {
    switch (kind) {
        case FileKind::Vaccines:
            return "import.kind_vaccines"_t;
        case FileKind::Venues:
            return "import.kind_venues"_t;
        case FileKind::Schedule:
            return "import.kind_schedule"_t;
        case FileKind::Residents:
            return "import.kind_residents"_t;
        case FileKind::Results:
            return "import.kind_results"_t;
        case FileKind::Texts:
            return "import.kind_texts"_t;
    }
    return "import.kind_residents"_t;
}

// Tells people that a long file goes on; a file of a second says nothing.
class Progress {
  public:
    Progress(const Texts& texts, FileKind kind) : texts_(texts), kind_(kind) {}

    void operator()(std::size_t rows) {
        const auto now = std::chrono::steady_clock::now();
        if (now - told_ < kEvery) return;
        told_ = now;
        const std::string line =
            texts_.say("import.progress"_t,
                       {{"kind", texts_.say(name_of(kind_))}, {"rows", with_commas(rows)}});
        fmt::print(stderr, "{}\n", line);
    }

  private:
    static constexpr auto kEvery = std::chrono::seconds(2);

    const Texts& texts_;
    FileKind kind_;
    std::chrono::steady_clock::time_point told_ = std::chrono::steady_clock::now();
};

// Of a file of texts alone; nothing of any other.
Result<Wordings, IoError> wordings_for(const ImportOptions& options) {
    Wordings wordings;
    if (options.kind != FileKind::Texts) return wordings;
    const auto folder = options.share / "locale";
    for (const char* language : kLanguageCodes) {
        wordings.shown.emplace(language, MADO_TRY(Texts::open(folder, language)));
        wordings.spoken.emplace(language, MADO_TRY(Readings::open(folder, language)));
    }
    return wordings;
}

// What tells one import of a person who reads `texts`.
class Clerk {
  public:
    Clerk(const Texts& texts, const ImportOptions& options) : texts_(texts), options_(options) {}

    int tell(const ImportReport& report, Output output) const {
        if (output == Output::Json) say(json::serialize(json_of(report)));
        name(report.faults);
        const bool some = report.lines_left_out > 0;
        if (!report.faults.none() && !some) return refuse(report.faults);
        if (output == Output::Text) say(outcome(report));
        return some ? complain(texts_.say(
                          "import.left_out"_t,
                          {{"file", file()}, {"lines", with_commas(report.lines_left_out)}}))
                    : kDone;
    }

  private:
    std::string file() const { return options_.file.string(); }

    std::string words_of(const Reason& reason) const {
        return texts_.say(reason.key, reason.arguments);
    }

    // A program goes by "reason", which stays as it is when wordings change.
    json::object json_of(const ImportReport& report) const {
        json::array bad;
        for (const BadRow& row : report.faults.named()) {
            bad.push_back(json::object{{"line", row.line},
                                       {"column", row.column},
                                       {"reason", word_of(row.reason)},
                                       {"text", words_of(row.reason)}});
        }
        return {{"kind", form_of(options_.kind).name},
                {"rows", report.rows},
                {"lines_left_out", report.lines_left_out},
                {"added", report.added},
                {"changed", report.changed},
                {"bad", std::move(bad)},
                {"bad_more", report.faults.more()},
                {"unchanged", report.unchanged}};
    }

    void name(const Faults& faults) const {
        for (const BadRow& row : faults.named()) {
            const std::string line = row.line == 0 ? "" : ":" + std::to_string(row.line);
            fmt::print(stderr, "{}{}: {}{}{}\n", file(), line, row.column,
                       row.column.empty() ? "" : ": ", words_of(row.reason));
        }
        if (faults.more() > 0) {
            const auto more = with_commas(faults.more());
            fmt::print(stderr, "{}\n", texts_.say("import.more"_t, {{"count", more}}));
        }
    }

    int refuse(const Faults& faults) const {
        return complain(texts_.say("import.refused"_t,
                                   {{"file", file()}, {"places", with_commas(faults.count())}}));
    }

    std::string outcome(const ImportReport& report) const {
        const TextKey dry = report.lines_left_out > 0 ? "import.good_some"_t : "import.good"_t;
        return texts_.say(options_.dry_run ? dry : "import.done"_t,
                          {{"kind", texts_.say(name_of(options_.kind))},
                           {"rows", with_commas(report.rows)},
                           {"added", with_commas(static_cast<std::size_t>(report.added))},
                           {"changed", with_commas(static_cast<std::size_t>(report.changed))},
                           {"unchanged", with_commas(static_cast<std::size_t>(report.unchanged))}});
    }

    const Texts& texts_;
    const ImportOptions& options_;
};

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
            {"person", booking.person.text()},
            {"help", help_text(booking.declared)}};
}

ExportRow row_of(const WorklistEntry& entry) {
    return {{"since", to_text(entry.since)},
            {"reason", entry.reason},
            {"booking", entry.booking ? entry.booking->short_number() : ""},
            {"person", entry.person ? entry.person->text() : ""},
            {"device", entry.device ? entry.device->text() : ""},
            {"slot", entry.slot ? entry.slot->text() : ""}};
}

// Choices are slots by number; what a condition is, or that there is one, is left out.
ExportRow row_of(const ApplicationEntry& entry) {
    const Application& application = entry.application;
    const auto choice = [&](std::size_t index) {
        return index < application.choices.size() ? application.choices[index].text() : "";
    };
    return {{"number", application.id.short_number()},
            {"received", to_text(entry.received)},
            {"state", std::string(name_of(application.state))},
            {"dose", std::to_string(application.dose)},
            {"choice_1", choice(0)},
            {"choice_2", choice(1)},
            {"choice_3", choice(2)},
            {"person", application.person.text()},
            {"help", help_text(application.declared)},
            {"booking", entry.placed ? entry.placed->short_number() : ""},
            {"by", entry.by},
            {"note", entry.note}};
}

const ExportRow kApplicationHeader = {{"number", ""},   {"received", ""}, {"state", ""},
                                      {"dose", ""},     {"choice_1", ""}, {"choice_2", ""},
                                      {"choice_3", ""}, {"person", ""},   {"help", ""},
                                      {"booking", ""},  {"by", ""},       {"note", ""}};
const ExportRow kBookingHeader = {{"number", ""},  {"venue", ""}, {"date", ""},  {"time", ""},
                                  {"vaccine", ""}, {"dose", ""},  {"state", ""}, {"slip", ""},
                                  {"person", ""},  {"help", ""}};
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

Result<std::vector<ExportRow>, IoError> application_rows(Reads& reads) {
    std::vector<ExportRow> rows;
    for (const ApplicationEntry& entry : MADO_TRY(reads.applications(false)))
        rows.push_back(row_of(entry));
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
    const auto texts = texts_of(options);
    if (!texts.ok()) return complain(texts.error());
    const Instant now = SystemClock().now();
    const auto days = schedule_days(options, date_in_japan(now));
    if (!days) return complain(texts->say("import.bad_days"_t), kMisused);

    const auto bytes = read_file(options.file, CsvLimits{}.bytes_max);
    if (!bytes.ok()) {
        return complain(texts->say("import.unreadable"_t, {{"why", bytes.error().what}}));
    }
    const auto municipalities = read_municipalities(options.share);
    if (!municipalities.ok()) return complain(municipalities.error());
    const TownFolder folder{options.folder};
    const auto store = open_sqlite_store(folder.database());
    if (!store.ok()) return complain(store.error());
    const auto reads = open_sqlite_reads(folder.database());
    if (!reads.ok()) return complain(reads.error());

    const auto wordings = wordings_for(options);
    if (!wordings.ok()) return complain(wordings.error());
    const ImportRequest request{options.kind,
                                *bytes,
                                days->first,
                                days->second,
                                options.dry_run ? DryRun::Yes : DryRun::No,
                                options.skip_bad_rows ? BadRows::LeaveOut : BadRows::Refuse,
                                Progress(*texts, options.kind),
                                *wordings};
    const auto report = import_file(**store, **reads, *municipalities, request, now);
    if (!report.ok()) return complain(report.error());
    return Clerk(*texts, options).tell(*report, output);
}

int export_rows(const ExportOptions& options, Output output) {
    struct List {
        const char* kind;
        const ExportRow& header;
        Result<std::vector<ExportRow>, IoError> (*rows)(Reads&);
    };
    static const std::array lists = {List{"bookings", kBookingHeader, booking_rows},
                                     List{"applications", kApplicationHeader, application_rows},
                                     List{"worklist", kWorklistHeader, worklist_rows}};
    const auto list = std::ranges::find(lists, options.kind, &List::kind);
    if (list == lists.end()) return complain("no such list: " + options.kind, kMisused);
    const auto reads = open_sqlite_reads(TownFolder{options.folder}.database());
    if (!reads.ok()) return complain(reads.error());
    const auto rows = list->rows(**reads);
    if (!rows.ok()) return complain(rows.error());
    if (output == Output::Json) {
        print_json(*rows);
    } else {
        print_csv(list->header, *rows);
    }
    return kDone;
}

}  // namespace mado::server

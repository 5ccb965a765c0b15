#include "sync/server/records/import.h"

#include "sync/server/booking/execute.h"

#include <algorithm>
#include <set>

namespace mado::server {

namespace {

// A transaction of this size takes some ten milliseconds: a running server goes on beside it.
constexpr std::size_t kRowsInCommand = 1000;

Result<ImportRules, IoError> rules_of(Reads& reads, const MunicipalityTable& municipalities,
                                      Instant now) {
    auto town = MADO_TRY(reads.town());
    if (!town) return fail(IoError{IoError::Kind::Refused, "import: there is no town yet"});
    ImportRules rules{std::move(*town), municipalities, {}, {}, date_in_japan(now)};
    for (Vaccine& vaccine : MADO_TRY(reads.vaccines())) {
        const VaccineCode code = vaccine.code;
        rules.vaccines.emplace(code, std::move(vaccine));
    }
    for (VenueEntry& entry : MADO_TRY(reads.venues())) {
        const VenueId id = entry.venue.id;
        rules.venues.emplace(id, std::move(entry));
    }
    return rules;
}

// What a file's row alone cannot show: results against the list, the birth date there and
// each other's dates.
class ResultCheck {
  public:
    ResultCheck(Reads& reads, Faults& faults) : reads_(reads), faults_(faults) {}

    Result<void, IoError> run(const std::vector<Lined<ResultRow>>& rows) {
        for (const auto& lined : rows)
            MADO_TRY(gather(lined));
        for (const auto& lined : rows)
            check_order(lined);
        return {};
    }

  private:
    // A person's birth date, and doses of the store and of the file.
    struct Known {
        Personal<BirthDate> birth_date;
        std::map<int, Date> doses;
    };

    Result<void, IoError> gather(const Lined<ResultRow>& lined) {
        const Ticket& ticket = lined.row.ticket.reveal();
        auto known = known_.find(ticket);
        if (known == known_.end()) {
            const auto person = MADO_TRY(reads_.person(ticket));
            if (!person) {
                faults_.add(lined.line, "接種券ID", {"import.not_on_list"_t});
                return {};
            }
            known = known_.emplace(ticket, Known{person->birth_date, {}}).first;
            for (const auto& [number, dose] : person->doses)
                known->second.doses[number] = dose.date;
        }
        const Dose& dose = lined.row.dose;
        known->second.doses[dose.number] = dose.date;
        if (known->second.birth_date.reveal().surely_after(dose.date)) {
            faults_.add(lined.line, "接種日", {"import.before_birth"_t});
        }
        return {};
    }

    void check_order(const Lined<ResultRow>& lined) {
        const auto known = known_.find(lined.row.ticket.reveal());
        if (known == known_.end()) return;
        for (const auto& [number, date] : known->second.doses) {
            const bool wrong = (number < lined.row.dose.number && date >= lined.row.dose.date) ||
                               (number > lined.row.dose.number && date <= lined.row.dose.date);
            if (!wrong) continue;
            faults_.add(lined.line, "接種日",
                        {"import.dose_order"_t, {{"dose", std::to_string(number)}}});
            return;
        }
    }

    Reads& reads_;
    Faults& faults_;
    std::map<Ticket, Known> known_;
};

// A birth date that a list corrects must leave the doses that are known possible. Those that the
// row itself names are checked with the row.
Result<void, IoError> check_born_by_doses(Reads& reads, const Lined<ResidentRow>& lined,
                                          Faults& faults) {
    const ResidentRow& row = lined.row;
    const auto person = MADO_TRY(reads.person(row.ticket.reveal()));
    if (!person || person->birth_date == row.birth_date) return {};
    for (const auto& [number, dose] : person->doses) {
        const bool named = std::ranges::find(row.doses, number, &Dose::number) != row.doses.end();
        if (named || !row.birth_date.reveal().surely_after(dose.date)) continue;
        faults.add(lined.line, "生年月日",
                   {"import.born_after_dose"_t, {{"dose", std::to_string(number)}}});
        return {};
    }
    return {};
}

Result<void, IoError> check_against(Reads& reads, const std::vector<Lined<PlannedSlot>>& rows,
                                    const ImportRequest& request, Faults& faults) {
    std::map<std::tuple<VenueId, Date, TimeOfDay>, Slot> known;
    for (const Slot& slot : MADO_TRY(reads.slots(request.from, request.to))) {
        known.emplace(std::tuple(slot.venue, slot.date, slot.starts), slot);
    }
    std::set<int> named;
    for (const auto& lined : rows) {
        const auto slot = known.find({lined.row.venue, lined.row.date, lined.row.starts});
        if (slot == known.end() || slot->second.vaccine == lined.row.vaccine) continue;
        if (slot->second.seats.booked + slot->second.seats.held == 0) continue;
        if (!named.insert(lined.line).second) continue;
        faults.add(lined.line, "vaccine",
                   {"import.vaccine_in_use"_t, {{"date", to_text(lined.row.date)}}});
    }
    return {};
}

template <class Row>
Result<void, IoError> check_against(Reads&, const std::vector<Lined<Row>>&, const ImportRequest&,
                                    Faults&) {
    return {};
}

Result<void, IoError> check_against(Reads& reads, const std::vector<Lined<ResultRow>>& rows,
                                    const ImportRequest&, Faults& faults) {
    return ResultCheck(reads, faults).run(rows);
}

Result<void, IoError> check_against(Reads& reads, const std::vector<Lined<ResidentRow>>& rows,
                                    const ImportRequest&, Faults& faults) {
    for (const auto& lined : rows)
        MADO_TRY(check_born_by_doses(reads, lined, faults));
    return {};
}

PutVaccines command_of(std::vector<Vaccine> rows) {
    return {std::move(rows)};
}
PutVenues command_of(std::vector<VenueEntry> rows) {
    return {std::move(rows)};
}
PutSlots command_of(std::vector<PlannedSlot> rows) {
    return {std::move(rows)};
}
PutResidents command_of(std::vector<ResidentRow> rows) {
    return {std::move(rows)};
}
PutResults command_of(std::vector<ResultRow> rows) {
    return {std::move(rows)};
}
PutTexts command_of(std::vector<TownText> rows) {
    return {std::move(rows)};
}

Result<void, IoError> add_outcome(const Outcome& outcome, ImportReport& report) {
    if (const auto* error = std::get_if<IoError>(&outcome)) return fail(*error);
    if (const auto* refused = std::get_if<Refused>(&outcome)) {
        // Checked above; so somebody changed the town between the check and here.
        return fail(
            IoError{IoError::Kind::Refused, "import: " + std::string(name_of(refused->reason))});
    }
    const auto& imported = std::get<Imported>(outcome);
    report.added += imported.added;
    report.changed += imported.changed;
    report.unchanged += imported.unchanged;
    return {};
}

template <class Row>
Result<void, IoError> put_all(Store& store, std::vector<Lined<Row>> rows,
                              const ImportRequest& request, Instant now, ImportReport& report) {
    for (std::size_t begin = 0; begin < rows.size(); begin += kRowsInCommand) {
        const std::size_t end = std::min(rows.size(), begin + kRowsInCommand);
        std::vector<Row> part;
        for (std::size_t i = begin; i < end; ++i)
            part.push_back(std::move(rows[i].row));
        const Outcome outcome = execute(store, Command(command_of(std::move(part))), now);
        MADO_TRY(add_outcome(outcome, report));
        if (request.progress) request.progress(end);
    }
    return {};
}

struct Doors {
    Store& store;
    Reads& reads;
};

// Rows that are good and in no doubt stay. A check of theirs against other rows is good still: it
// was made against more than stays.
template <class Row>
void leave_bad_rows_out(Read<Row>& read, ImportReport& report) {
    read.faults.name_doubts();
    const std::vector<int> bad = read.faults.lines();
    std::erase_if(read.rows, [&bad](const Lined<Row>& lined) {
        return std::ranges::binary_search(bad, lined.line);
    });
    report.rows = read.rows.size();
    if (!read.rows.empty()) report.lines_left_out = bad.size();
}

template <class Row>
Result<void, IoError> import_rows(const Doors& doors, Read<Row> read, const ImportRequest& request,
                                  Instant now, ImportReport& report) {
    report.rows = read.rows.size();
    report.encoding = read.encoding;
    MADO_TRY(check_against(doors.reads, read.rows, request, read.faults));
    const bool some = !read.faults.none() && !read.faults.beyond_bounds();
    if (some && request.bad_rows == BadRows::LeaveOut) leave_bad_rows_out(read, report);
    report.faults = std::move(read.faults);
    const bool refused = !report.faults.none() && report.lines_left_out == 0;
    if (refused || request.dry_run == DryRun::Yes) return {};
    return put_all(doors.store, std::move(read.rows), request, now, report);
}

Result<void, IoError> import_kind(const Doors& doors, const ImportRules& rules,
                                  const ImportRequest& request, Instant now, ImportReport& report) {
    const std::string_view bytes = request.bytes;
    switch (request.kind) {
        case FileKind::Vaccines:
            return import_rows(doors, read_vaccines(bytes), request, now, report);
        case FileKind::Venues:
            return import_rows(doors, read_venues(bytes, rules), request, now, report);
        case FileKind::Schedule: {
            auto slots = read_schedule(bytes, rules, request.from, request.to);
            return import_rows(doors, std::move(slots), request, now, report);
        }
        case FileKind::Residents:
            return import_rows(doors, read_residents(bytes, rules), request, now, report);
        case FileKind::Results:
            return import_rows(doors, read_results(bytes, rules), request, now, report);
        case FileKind::Texts:
            return import_rows(doors, read_texts(bytes, request.wordings), request, now, report);
    }
    return {};
}

}  // namespace

Result<ImportReport, IoError> import_file(Store& store, Reads& reads,
                                          const MunicipalityTable& municipalities,
                                          const ImportRequest& request, Instant now) {
    const ImportRules rules = MADO_TRY(rules_of(reads, municipalities, now));
    ImportReport report;
    MADO_TRY(import_kind(Doors{store, reads}, rules, request, now, report));
    return report;
}

}  // namespace mado::server

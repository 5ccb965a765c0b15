#include "shared/base/text.h"
#include "sync/server/records/import.h"
#include "sync/server/records/reader.h"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

namespace mado::server {

namespace {

constexpr const char* kTicketColumn = "接種券番号";
constexpr const char* kResultTicketColumn = "接種券ID";
constexpr const char* kMunicipalityColumn = "自治体コード";
constexpr const char* kBirthDateColumn = "生年月日";
constexpr const char* kInvalidColumn = "無効フラグ";
constexpr const char* kFirstDoseColumn = "1回目接種日";
constexpr const char* kSecondDoseColumn = "2回目接種日";
constexpr const char* kVaccineColumn = "ワクチン種";
constexpr const char* kPlaceColumn = "接種自治体名";
constexpr const char* kDoseDateColumn = "接種日";
constexpr const char* kDoseNumberColumn = "接種回数";
constexpr const char* kLotColumn = "ロット番号";

constexpr int kDosesMax = 9;
constexpr std::int64_t kIdMax = 2'147'483'647;
constexpr std::int64_t kSeatsMax = 1000;
constexpr int kScheduleDaysMax = 400;
constexpr std::size_t kSlotsMax = 200'000;

std::optional<MunicipalityCode> read_municipality(RowReader& row, const ImportRules& rules) {
    const std::string_view digits = row.field(kMunicipalityColumn);
    if (digits.empty()) return rules.town.municipality;
    const auto code = MunicipalityCode::parse(digits);
    if (!code) {
        row.fault_of_digits(kMunicipalityColumn, {"import.not_municipality_code"_t});
        return {};
    }
    if (!rules.municipalities.empty() && !rules.municipalities.contains(*code)) {
        row.fault(kMunicipalityColumn, {"import.no_such_municipality"_t});
        return {};
    }
    if (!rules.town.service_area.contains(*code)) {
        row.fault(kMunicipalityColumn, {"import.outside_service_area"_t});
        return {};
    }
    return *code;
}

// "1.23E+09"
bool is_in_short_form(std::string_view text) {
    const std::size_t exponent = text.find_first_of("Ee");
    return exponent != std::string_view::npos && exponent > 0 &&
           text.find_first_not_of("0123456789.") == exponent &&
           text.find_first_not_of("0123456789+", exponent + 1) == std::string_view::npos;
}

// Spreadsheets take a ticket's number for a number, and spoil it in two ways.
Reason not_a_ticket_number(std::string_view written) {
    if (written.empty()) return {"import.empty"_t};
    if (is_in_short_form(written)) return {"import.short_form"_t};
    if (is_digits(written) && written.size() < 10) {
        return {"import.lost_zeros"_t, {{"digits", std::to_string(written.size())}}};
    }
    return {"import.not_ten_digits"_t};
}

std::optional<Ticket> read_ticket(RowReader& row, const char* column, const ImportRules& rules) {
    const auto municipality = read_municipality(row, rules);
    const std::string_view digits = row.field(column);
    const auto number = TicketNumber::parse(digits);
    // The parser forgives what people type; a file is written by programs.
    if (!number || number->digits() != digits) {
        const bool zero = !number && number.error() == TicketError::ZeroNumber;
        row.fault_of_digits(column,
                            zero ? Reason{"import.never_issued"_t} : not_a_ticket_number(digits));
        return {};
    }
    if (!municipality) return {};
    return Ticket{*municipality, *number};
}

std::optional<BirthDate> read_birth_date(RowReader& row, const ImportRules& rules) {
    const auto date = BirthDate::from_ledger(row.field(kBirthDateColumn));
    if (!date) {
        row.fault_of_digits(kBirthDateColumn, {"import.not_birth_date"_t});
        return {};
    }
    if (date->surely_after(rules.today)) {
        row.fault(kBirthDateColumn, {"import.future"_t});
        return {};
    }
    return *date;
}

// A day that has been: "2021-07-05", "2021/7/5" or "20210705".
std::optional<Date> read_past_day(RowReader& row, const char* column, const ImportRules& rules) {
    const auto written = BirthDate::from_ledger(row.field(column));
    const auto date = written && written->complete()
                          ? date_of(written->year(), written->month(), written->day())
                          : std::nullopt;
    if (!date) {
        row.fault_of_digits(column, {"import.not_date"_t});
        return {};
    }
    if (*date > rules.today) {
        row.fault(column, {"import.future"_t});
        return {};
    }
    return date;
}

// By code, by the ledger's name, or by the name on screens.
std::optional<VaccineCode> read_vaccine(RowReader& row, const std::string& column,
                                        const VaccineTable& vaccines) {
    const std::string_view name = row.field(column);
    for (const auto& [code, vaccine] : vaccines) {
        if (name == code.text() || name == vaccine.ledger_name || name == vaccine.name_ja) {
            return code;
        }
    }
    row.fault(column, {name.empty() ? "import.empty"_t : "import.unknown_vaccine"_t});
    return {};
}

std::optional<bool> read_flag(RowReader& row, const char* column) {
    std::string word(row.field(column));
    std::transform(word.begin(), word.end(), word.begin(), [](char letter) {
        return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
    });
    if (word == "TRUE") return true;
    if (word == "FALSE") return false;
    row.fault(column, {"import.not_flag"_t});
    return {};
}

// Goes through all rows of a file; `read` gives a row or names what is wrong with it.
template <class Row, class ReadRow>
Read<Row> read_all(std::string_view bytes, FileKind kind, const ReadRow& read) {
    Read<Row> result;
    const FileReader file(bytes, required_columns(kind), result.faults);
    result.encoding = file.encoding();
    result.lines_not_cut = result.faults.lines();
    if (result.faults.none() && file.rows().empty()) {
        result.faults.add(0, "", {"import.no_rows"_t});
    }
    for (const CsvRow& fields : file.rows()) {
        RowReader row(file.columns(), fields, result.faults);
        std::optional<Row> found = read(row);
        if (found && row.good()) result.rows.push_back({fields.line, std::move(*found)});
    }
    return result;
}

std::optional<Vaccine> vaccine_row(RowReader& row) {
    const auto code = VaccineCode::parse(row.field("code"));
    if (!code) row.fault("code", {"import.not_code"_t});
    if (code == unknown_vaccine()) row.fault("code", {"import.reserved_code"_t});
    const auto name_ja = row.text("name_ja", 40);
    const auto name_en = row.english("name_en", 60);
    const auto ledger_name = row.text("ledger_name", 20);
    const auto usual = row.number("interval_usual", 1, 1000);
    const auto earliest = row.number("interval_earliest", 1, 1000);
    const auto age_min = row.number("age_min", 0, 120);
    const auto effective = row.number("pass_effective_after", 0, 1000);
    if (usual && earliest && *earliest > *usual) {
        row.fault("interval_earliest", {"import.interval_order"_t});
    }
    if (!row.good()) return {};
    return Vaccine{*code,
                   *name_ja,
                   *name_en,
                   *ledger_name,
                   static_cast<int>(*usual),
                   static_cast<int>(*earliest),
                   static_cast<int>(*age_min),
                   static_cast<int>(*effective)};
}

// A second row of the same name is a fault, since nobody can say which one is meant.
class SeenBefore {
  public:
    template <class Key>
    static bool first(RowReader& row, const std::string& column, std::map<Key, int>& seen,
                      const Key& key) {
        const auto [at, is_new] = seen.emplace(key, row.line());
        if (is_new) return true;
        row.contradicts(at->second, column,
                        {"import.twice"_t, {{"line", std::to_string(at->second)}}});
        return false;
    }
};

void check_born_by(RowReader& row, const std::optional<BirthDate>& birth_date, const char* column,
                   const std::optional<Date>& dose) {
    if (birth_date && dose && birth_date->surely_after(*dose)) {
        row.fault(column, {"import.before_birth"_t});
    }
}

std::optional<ResidentRow> resident_row(RowReader& row, const ImportRules& rules) {
    const auto ticket = read_ticket(row, kTicketColumn, rules);
    const auto birth_date = read_birth_date(row, rules);
    const auto invalid = read_flag(row, kInvalidColumn);
    const bool has_first = !row.field(kFirstDoseColumn).empty();
    const bool has_second = !row.field(kSecondDoseColumn).empty();

    // Real lists name no vaccine beside dose 2; beside dose 1 it decides what may come next.
    std::optional<VaccineCode> vaccine = unknown_vaccine();
    if (has_first || !row.field(kVaccineColumn).empty()) {
        vaccine = read_vaccine(row, kVaccineColumn, rules.vaccines);
    }
    std::optional<Date> first;
    std::optional<Date> second;
    if (has_first) first = read_past_day(row, kFirstDoseColumn, rules);
    if (has_second) second = read_past_day(row, kSecondDoseColumn, rules);
    if (first && second && *second <= *first) {
        row.fault(kSecondDoseColumn, {"import.not_after_first"_t});
    }
    check_born_by(row, birth_date, kFirstDoseColumn, first);
    check_born_by(row, birth_date, kSecondDoseColumn, second);
    if (!row.good()) return {};

    ResidentRow found{Personal<Ticket>(*ticket), Personal<BirthDate>(*birth_date), !*invalid, {}};
    if (first) found.doses.push_back({1, *first, *vaccine, "", ""});
    if (second) found.doses.push_back({2, *second, *vaccine, "", ""});
    return found;
}

bool same_content(const ResidentRow& a, const ResidentRow& b) {
    return a.birth_date == b.birth_date && a.valid == b.valid && a.doses == b.doses;
}

std::optional<ResultRow> result_row(RowReader& row, const ImportRules& rules) {
    const auto ticket = read_ticket(row, kResultTicketColumn, rules);
    const auto place = row.text(kPlaceColumn, 40);
    const auto date = read_past_day(row, kDoseDateColumn, rules);
    const auto vaccine = read_vaccine(row, kVaccineColumn, rules.vaccines);
    const auto number = row.number(kDoseNumberColumn, 1, kDosesMax);
    const auto lot = row.text_or_empty(kLotColumn, 20);
    if (!row.good()) return {};
    return ResultRow{Personal<Ticket>(*ticket),
                     Dose{static_cast<int>(*number), *date, *vaccine, *lot, *place}};
}

// One line of a schedule, before it becomes slots.
struct Band {
    int line = 0;
    VenueId venue;
    std::optional<unsigned> weekday;  // 0 is Sunday
    std::optional<Date> date;
    TimeOfDay from{};
    TimeOfDay to{};
    std::chrono::minutes length{};
    int seats = 0;
    std::optional<VaccineCode> vaccine;
};

std::optional<unsigned> weekday_from(std::string_view word) {
    constexpr std::array<std::array<std::string_view, 2>, 7> kDays = {{{"sun", "日"},
                                                                       {"mon", "月"},
                                                                       {"tue", "火"},
                                                                       {"wed", "水"},
                                                                       {"thu", "木"},
                                                                       {"fri", "金"},
                                                                       {"sat", "土"}}};
    for (unsigned i = 0; i < kDays.size(); ++i) {
        if (word == kDays[i][0] || word == kDays[i][1]) return i;
    }
    return {};
}

void read_days(RowReader& row, Band& band, Date earliest) {
    const std::string_view weekday = row.field("weekday");
    const std::string_view date = row.field("date");
    if (weekday.empty() == date.empty()) {
        row.fault("weekday", {"import.weekday_or_date"_t});
        return;
    }
    if (!weekday.empty()) {
        band.weekday = weekday_from(weekday);
        if (!band.weekday) row.fault("weekday", {"import.not_weekday"_t});
        return;
    }
    const auto written = BirthDate::from_ledger(date);
    if (written && written->complete()) {
        band.date = date_of(written->year(), written->month(), written->day());
    }
    if (!band.date) {
        row.fault_of_digits("date", {"import.not_date"_t});
    } else if (*band.date < earliest) {
        row.fault("date", {"import.past_day"_t});
    }
}

// "09:30" or "9:30".
std::optional<TimeOfDay> read_time(RowReader& row, const std::string& column) {
    std::string written(row.field(column));
    if (written.size() == 4) written.insert(written.begin(), '0');
    const auto time = parse_time_of_day(written);
    if (!time) row.fault_of_digits(column, {"import.not_time"_t});
    return time;
}

void read_times(RowReader& row, Band& band) {
    const auto from = read_time(row, "from");
    const auto to = read_time(row, "to");
    const auto minutes = row.number("minutes", 5, 240);
    if (!from || !to || !minutes) return;
    band.from = *from;
    band.to = *to;
    band.length = std::chrono::minutes(*minutes);
    if (*to <= *from) {
        row.fault("to", {"import.not_after_from"_t});
    } else if ((*to - *from) % band.length != std::chrono::minutes(0)) {
        row.fault("minutes", {"import.not_whole_slots"_t});
    }
}

std::optional<Band> band_row(RowReader& row, const ImportRules& rules, Date first_planned) {
    Band band;
    band.line = row.line();
    const auto venue = row.number("venue", 1, kIdMax);
    if (venue) {
        band.venue = VenueId(*venue);
        const auto known = rules.venues.find(band.venue);
        if (known == rules.venues.end()) {
            row.fault("venue", {"import.unknown_venue"_t});
        } else {
            band.vaccine = known->second.vaccine;
        }
    }
    read_days(row, band, std::min(first_planned, rules.today));
    read_times(row, band);
    const auto seats = row.number("seats", 0, kSeatsMax);
    if (!row.field("vaccine").empty()) band.vaccine = read_vaccine(row, "vaccine", rules.vaccines);
    if (!row.good()) return {};
    band.seats = static_cast<int>(*seats);
    return band;
}

// A bad row that may speak of a date, and so stand in for the weekday's rows: nobody may be offered
// on a holiday what that row has closed. No value: it may be any.
struct LostDate {
    int line = 0;
    std::optional<VenueId> venue;
    std::optional<Date> date;

    bool may_be(VenueId of_venue, Date on_date) const {
        return (!venue || *venue == of_venue) && (!date || *date == on_date);
    }
};

LostDate lost_date_of(const RowReader& row) {
    LostDate lost{row.line(), {}, {}};
    if (const auto venue = parse_digits(row.field("venue"))) lost.venue = VenueId(*venue);
    const auto written = BirthDate::from_ledger(row.field("date"));
    if (written && written->complete()) {
        lost.date = date_of(written->year(), written->month(), written->day());
    }
    return lost;
}

Reason reason_of(const LostDate& lost) {
    if (lost.date) return {"import.date_not_planned"_t, {{"date", to_text(*lost.date)}}};
    return {"import.weekdays_not_planned"_t};
}

// What a venue does on one day: the rows of that date, or else those of its weekday.
std::vector<const Band*> bands_of(const std::vector<Lined<Band>>& bands, VenueId venue, Date date) {
    std::vector<const Band*> by_date;
    std::vector<const Band*> by_weekday;
    const unsigned weekday = weekday_of(date).c_encoding();
    for (const auto& lined : bands) {
        const Band& band = lined.row;
        if (band.venue != venue) continue;
        if (band.date == date) by_date.push_back(&band);
        if (band.weekday == weekday) by_weekday.push_back(&band);
    }
    auto& chosen = by_date.empty() ? by_weekday : by_date;
    std::sort(chosen.begin(), chosen.end(), [](const Band* a, const Band* b) {
        return std::tuple(a->from, a->line) < std::tuple(b->from, b->line);
    });
    return chosen;
}

class Expansion {
  public:
    Expansion(const std::vector<Lined<Band>>& bands, const std::vector<LostDate>& lost,
              Faults& faults)
        : bands_(bands), lost_(lost), faults_(faults) {}

    std::vector<Lined<PlannedSlot>> run(Date from, Date to) {
        std::set<VenueId> venues;
        for (const auto& lined : bands_)
            venues.insert(lined.row.venue);
        for (Date date = from; date <= to && !too_many_; date += std::chrono::days(1)) {
            for (const VenueId venue : venues)
                add_day(venue, date);
        }
        return std::move(slots_);
    }

  private:
    void add_day(VenueId venue, Date date) {
        const Band* before = nullptr;
        for (const Band* band : bands_of(bands_, venue, date)) {
            if (!band->date && is_lost(venue, date)) return;
            if (before != nullptr && band->from < before->to) {
                if (overlaps_.insert(band->line).second) name_overlap(*before, *band);
                continue;
            }
            add_band(*band, date);
            before = band;
        }
    }

    bool is_lost(VenueId venue, Date date) const {
        return std::ranges::any_of(lost_,
                                   [&](const LostDate& lost) { return lost.may_be(venue, date); });
    }

    void name_overlap(const Band& before, const Band& band) {
        faults_.add(band.line, "from",
                    {"import.overlap"_t, {{"line", std::to_string(before.line)}}});
        faults_.doubt(before.line, "from",
                      {"import.contradicted"_t, {{"line", std::to_string(band.line)}}});
    }

    void add_band(const Band& band, Date date) {
        for (TimeOfDay time = band.from; time < band.to; time += band.length) {
            if (slots_.size() >= kSlotsMax) {
                if (!too_many_) faults_.add_bound(band.line, "", {"import.too_many_slots"_t});
                too_many_ = true;
                return;
            }
            slots_.push_back({band.line, PlannedSlot{band.venue, date, time, band.length,
                                                     *band.vaccine, band.seats}});
        }
    }

    const std::vector<Lined<Band>>& bands_;
    const std::vector<LostDate>& lost_;
    Faults& faults_;
    std::set<int> overlaps_;
    bool too_many_ = false;
    std::vector<Lined<PlannedSlot>> slots_;
};

}  // namespace

Read<Vaccine> read_vaccines(std::string_view bytes) {
    std::map<VaccineCode, int> seen;
    const auto read = [&](RowReader& row) -> std::optional<Vaccine> {
        const auto vaccine = vaccine_row(row);
        if (!vaccine || !SeenBefore::first(row, "code", seen, vaccine->code)) return {};
        return vaccine;
    };
    return read_all<Vaccine>(bytes, FileKind::Vaccines, read);
}

Read<VenueEntry> read_venues(std::string_view bytes, const ImportRules& rules) {
    std::map<VenueId, int> seen;
    const auto read = [&](RowReader& row) -> std::optional<VenueEntry> {
        const auto id = row.number("id", 1, kIdMax);
        const auto name = row.text("name", 30);
        const auto name_en = row.english("name_en", 48);
        const auto address = row.text("address", 45);
        const auto telephone = row.telephone("telephone", 20);
        const auto vaccine = read_vaccine(row, "vaccine", rules.vaccines);
        const auto kana = row.kana_or_empty("name_kana", 60);
        if (!row.good() || !SeenBefore::first(row, "id", seen, VenueId(*id))) return {};
        return VenueEntry{{VenueId(*id), *name, *name_en, *address, *telephone, *kana}, *vaccine};
    };
    return read_all<VenueEntry>(bytes, FileKind::Venues, read);
}

Read<PlannedSlot> read_schedule(std::string_view bytes, const ImportRules& rules, Date from,
                                Date to) {
    Read<PlannedSlot> planned;
    if (to < from || to - from > std::chrono::days(kScheduleDaysMax)) {
        planned.faults.add(
            0, "", {"import.too_many_days"_t, {{"days", std::to_string(kScheduleDaysMax)}}});
        return planned;
    }
    std::vector<LostDate> lost;
    const auto read = [&](RowReader& row) {
        auto band = band_row(row, rules, from);
        if (!row.good() && !row.field("date").empty()) lost.push_back(lost_date_of(row));
        return band;
    };
    auto bands = read_all<Band>(bytes, FileKind::Schedule, read);
    planned.encoding = bands.encoding;
    planned.faults = std::move(bands.faults);
    for (const int line : bands.lines_not_cut)
        lost.push_back({line, {}, {}});
    for (const LostDate& date : lost)
        planned.faults.doubt(date.line, "date", reason_of(date));
    planned.rows = Expansion(bands.rows, lost, planned.faults).run(from, to);
    if (planned.faults.none() && planned.rows.empty()) {
        planned.faults.add(
            0, "", {"import.no_planned_day"_t, {{"from", to_text(from)}, {"to", to_text(to)}}});
    }
    return planned;
}

Read<ResidentRow> read_residents(std::string_view bytes, const ImportRules& rules) {
    std::map<Ticket, std::pair<int, ResidentRow>> seen;
    const auto read = [&](RowReader& row) -> std::optional<ResidentRow> {
        const auto found = resident_row(row, rules);
        if (!found) return {};
        const auto [at, is_new] =
            seen.emplace(found->ticket.reveal(), std::pair(row.line(), *found));
        if (is_new) return found;
        const auto& [line, before] = at->second;
        if (same_content(*found, before)) return {};
        const bool same_birth_date = found->birth_date == before.birth_date;
        row.contradicts(line, kTicketColumn,
                        {same_birth_date ? "import.other_content"_t : "import.other_birth_date"_t,
                         {{"line", std::to_string(line)}}});
        return {};
    };
    return read_all<ResidentRow>(bytes, FileKind::Residents, read);
}

Read<ResultRow> read_results(std::string_view bytes, const ImportRules& rules) {
    std::map<std::pair<Ticket, int>, std::pair<int, Dose>> seen;
    const auto read = [&](RowReader& row) -> std::optional<ResultRow> {
        const auto found = result_row(row, rules);
        if (!found) return {};
        const auto key = std::pair(found->ticket.reveal(), found->dose.number);
        const auto [at, is_new] = seen.emplace(key, std::pair(row.line(), found->dose));
        if (is_new) return found;
        if (at->second.second == found->dose) return {};
        const int first = at->second.first;
        row.contradicts(first, kDoseNumberColumn,
                        {"import.other_dose"_t, {{"line", std::to_string(first)}}});
        return {};
    };
    return read_all<ResultRow>(bytes, FileKind::Results, read);
}

}  // namespace mado::server

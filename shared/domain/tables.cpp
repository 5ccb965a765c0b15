#include "shared/domain/tables.h"

#include "shared/base/text.h"

#include <optional>
#include <vector>

namespace mado {

namespace {

constexpr std::size_t kTextBytesMax = 4u << 20;
constexpr std::size_t kFieldBytesMax = 200;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kVaccineHeading =
    "code,name_ja,name_en,ledger_name,interval_usual,interval_earliest,age_min,"
    "pass_effective_after";

struct Line {
    int number;
    std::string_view text;
};

Failure<TableError> fault(int line, std::string reason) {
    return fail(TableError{line, std::move(reason)});
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    while (true) {
        const auto end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

// The lines that hold something, with their places in the file.
Result<std::vector<Line>, TableError> lines_of(std::string_view text) {
    if (text.size() > kTextBytesMax) return fault(0, "the table is too large");
    if (!is_utf8(text)) return fault(0, "the table is not UTF-8");
    if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());

    std::vector<Line> lines;
    int number = 0;
    for (std::string_view line : split(text, '\n')) {
        ++number;
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (!line.empty()) lines.push_back({number, line});
    }
    return lines;
}

bool is_name(std::string_view field) {
    return !field.empty() && field.size() <= kFieldBytesMax &&
           field.find('"') == std::string_view::npos;
}

std::optional<int> small_number(std::string_view field) {
    const auto number = parse_digits(field);
    if (!number || *number > 999) return {};
    return static_cast<int>(*number);
}

Result<Vaccine, TableError> parse_vaccine(const Line& line) {
    const auto fields = split(line.text, ',');
    if (fields.size() != 8) return fault(line.number, "a vaccine has eight fields");
    const auto code = VaccineCode::parse(fields[0]);
    if (!code) return fault(line.number, "code: 1 to 20 of a-z, 0-9 and -");
    if (!is_name(fields[1]) || !is_name(fields[2]) || !is_name(fields[3])) {
        return fault(line.number, "a name is missing, too long or quoted");
    }
    const auto usual = small_number(fields[4]);
    const auto earliest = small_number(fields[5]);
    const auto age = small_number(fields[6]);
    const auto effective = small_number(fields[7]);
    if (!usual || !earliest || !age || !effective) {
        return fault(line.number, "intervals, age and days are numbers from 0 to 999");
    }
    if (*earliest > *usual) return fault(line.number, "the earliest interval is above the usual");
    return Vaccine{*code,
                   std::string(fields[1]),
                   std::string(fields[2]),
                   std::string(fields[3]),
                   *usual,
                   *earliest,
                   *age,
                   *effective};
}

}  // namespace

Result<MunicipalityTable, TableError> parse_municipality_table(std::string_view text) {
    MunicipalityTable table;
    for (const Line& line : MADO_TRY(lines_of(text))) {
        const auto fields = split(line.text, '\t');
        if (fields.size() != 2 || !is_name(fields[1])) {
            return fault(line.number, "a line is a code, one tab and a name");
        }
        const auto code = MunicipalityCode::parse(fields[0]);
        if (!code) return fault(line.number, "the code is not six digits that check");
        if (!table.emplace(*code, fields[1]).second) {
            return fault(line.number, "the code stands here a second time");
        }
    }
    if (table.empty()) return fault(0, "the table is empty");
    return table;
}

Result<VaccineTable, TableError> parse_vaccine_table(std::string_view text) {
    const auto lines = MADO_TRY(lines_of(text));
    if (lines.empty()) return fault(0, "the table is empty");
    if (lines.front().text != kVaccineHeading) {
        return fault(lines.front().number, "the heading is not the one of vaccines.csv");
    }

    VaccineTable table;
    for (std::size_t i = 1; i < lines.size(); ++i) {
        const Vaccine vaccine = MADO_TRY(parse_vaccine(lines[i]));
        if (!table.emplace(vaccine.code, vaccine).second) {
            return fault(lines[i].number, "the code stands here a second time");
        }
    }
    if (table.empty()) return fault(0, "the table holds no vaccine");
    return table;
}

}  // namespace mado

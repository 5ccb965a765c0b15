#include "sync/server/records/reader.h"

#include "shared/base/text.h"
#include "shared/texts/readings.h"
#include "sync/server/records/letters.h"

#include <algorithm>
#include <set>

namespace mado::server {

namespace {

Reason reason_of(const OddLine& odd, Encoding encoding) {
    if (!odd.other) return {"import.not_text"_t};
    return {encoding == Encoding::Cp932 ? "import.utf8_in_cp932"_t : "import.cp932_in_utf8"_t};
}

// An eighth of NULs is no text of one byte a letter.
bool is_utf16(std::string_view bytes) {
    using namespace std::string_view_literals;
    if (bytes.starts_with("\xFF\xFE"sv) || bytes.starts_with("\xFE\xFF"sv)) return true;
    const auto nuls = std::ranges::count(bytes, '\0');
    return nuls > 0 && static_cast<std::size_t>(nuls) >= bytes.size() / 8;
}

// What programs save beside CSV, and people take for it.
std::optional<Reason> other_format(std::string_view bytes) {
    const bool zip = bytes.starts_with("PK\x03\x04");
    const bool compound = bytes.starts_with("\xD0\xCF\x11\xE0");
    if (zip || compound) return Reason{"import.spreadsheet"_t};
    if (is_utf16(bytes)) return Reason{"import.utf16"_t};
    return {};
}

// What a text is whose lines or columns end in another way; it would be one line or one column.
std::optional<Reason> other_layout(std::string_view text) {
    if (text.find('\r') != std::string_view::npos && text.find('\n') == std::string_view::npos) {
        return Reason{"import.cr_lines"_t};
    }
    const std::string_view header = text.substr(0, text.find('\n'));
    const auto holds = [&](char letter) { return header.find(letter) != std::string_view::npos; };
    if (holds(',')) return {};
    if (holds('\t')) return Reason{"import.tabs"_t};
    if (holds(';')) return Reason{"import.semicolons"_t};
    return {};
}

// A quoted field may go on over several lines.
int last_line_of(const CsvRow& row) {
    int line = row.line;
    for (const std::string& field : row.fields)
        line += static_cast<int>(std::ranges::count(field, '\n'));
    return line;
}

bool is_blank(std::string_view text) {
    return characters_of(text).find_first_not_of(U" \u00A0\u3000") == std::u32string::npos;
}

}  // namespace

std::string_view RowReader::field(const std::string& column) const {
    const auto found = columns_.find(column);
    return found == columns_.end() ? std::string_view() : row_.fields[found->second];
}

void RowReader::fault(std::string_view column, Reason reason) {
    faults_.add(row_.line, column, std::move(reason));
    good_ = false;
}

void RowReader::contradicts(int line, std::string_view column, Reason reason) {
    faults_.doubt(line, column, {"import.contradicted"_t, {{"line", std::to_string(row_.line)}}});
    fault(column, std::move(reason));
}

void RowReader::fault_of_digits(const std::string& column, Reason reason) {
    fault(column,
          has_full_width_digit(field(column)) ? Reason{"import.full_width"_t} : std::move(reason));
}

std::optional<std::int64_t> RowReader::number(const std::string& column, std::int64_t min,
                                              std::int64_t max) {
    const auto found = parse_digits(field(column));
    if (found && *found >= min && *found <= max) return found;
    fault_of_digits(column, {"import.not_number"_t,
                             {{"min", std::to_string(min)}, {"max", std::to_string(max)}}});
    return {};
}

std::optional<std::string> RowReader::text(const std::string& column, std::size_t letters_max) {
    if (is_blank(field(column))) {
        fault(column, {"import.empty"_t});
        return {};
    }
    return text_or_empty(column, letters_max);
}

std::optional<std::string> RowReader::english(const std::string& column, std::size_t letters_max) {
    auto found = text(column, letters_max);
    if (!found || is_latin(*found)) return found;
    fault(column, {"import.not_english"_t});
    return {};
}

std::optional<std::string> RowReader::kana_or_empty(const std::string& column,
                                                    std::size_t letters_max) {
    auto found = text_or_empty(column, letters_max);
    if (!found || is_kana(*found)) return found;
    fault(column, {"import.not_kana"_t});
    return {};
}

std::optional<std::string> RowReader::telephone(const std::string& column,
                                                std::size_t letters_max) {
    auto found = text(column, letters_max);
    if (!found || is_telephone(*found)) return found;
    fault(column, {"import.not_telephone"_t});
    return {};
}

std::optional<std::string> RowReader::text_or_empty(const std::string& column,
                                                    std::size_t letters_max) {
    const std::string_view found = field(column);
    const auto wrong = wrong_letter(found);
    if (wrong) {
        fault(column, *wrong);
    } else if (characters_of(found).size() > letters_max) {
        fault(column, {"import.too_long"_t, {{"letters", std::to_string(letters_max)}}});
    } else {
        return std::string(found);
    }
    return {};
}

FileReader::FileReader(std::string_view bytes, const std::vector<std::string>& required,
                       Faults& faults) {
    if (bytes.size() > CsvLimits{}.bytes_max) {
        faults.add(0, "", {"import.too_large"_t});
        return;
    }
    if (auto format = other_format(bytes)) {
        faults.add(0, "", std::move(*format));
        return;
    }
    const Decoded decoded = decode_text(bytes);
    encoding_ = decoded.encoding;
    if (auto layout = other_layout(decoded.text)) {
        faults.add(0, "", std::move(*layout));
        return;
    }
    read_table(decoded, required, faults);
}

void FileReader::read_table(const Decoded& decoded, const std::vector<std::string>& required,
                            Faults& faults) {
    std::set<int> odd_lines;
    for (const OddLine& odd : decoded.odd) {
        faults.add(odd.line, "", reason_of(odd, decoded.encoding));
        odd_lines.insert(odd.line);
    }
    CsvTable table = parse_csv(decoded.text, CsvLimits{}, faults);
    if (table.header.empty() || odd_lines.contains(1)) return;

    for (std::size_t i = 0; i < table.header.size(); ++i)
        columns_.emplace(table.header[i], i);
    bool complete = true;
    for (const std::string& column : required) {
        if (columns_.contains(column)) continue;
        faults.add(1, column, {"import.missing_column"_t});
        complete = false;
    }
    if (!complete) return;
    table_ = std::move(table);
    std::erase_if(table_.rows, [&](const CsvRow& row) {
        const auto odd = odd_lines.lower_bound(row.line);
        return odd != odd_lines.end() && *odd <= last_line_of(row);
    });
}

}  // namespace mado::server

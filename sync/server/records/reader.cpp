#include "sync/server/records/reader.h"

#include "shared/base/text.h"
#include "sync/server/records/letters.h"

#include <algorithm>
#include <set>

namespace mado::server {

namespace {

Reason reason_of(const OddLine& odd, Encoding encoding) {
    if (!odd.other) return {"import.not_text"_t};
    return {encoding == Encoding::Cp932 ? "import.utf8_in_cp932"_t : "import.cp932_in_utf8"_t};
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

std::optional<std::int64_t> RowReader::number(const std::string& column, std::int64_t min,
                                              std::int64_t max) {
    const auto found = parse_digits(field(column));
    if (found && *found >= min && *found <= max) return found;
    fault(column,
          {"import.not_number"_t, {{"min", std::to_string(min)}, {"max", std::to_string(max)}}});
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
    const CsvLimits limits;
    if (bytes.size() > limits.bytes_max) {
        faults.add(0, "", {"import.too_large"_t});
        return;
    }
    const Decoded decoded = decode_text(bytes);
    encoding_ = decoded.encoding;
    std::set<int> odd_lines;
    for (const OddLine& odd : decoded.odd) {
        faults.add(odd.line, "", reason_of(odd, decoded.encoding));
        odd_lines.insert(odd.line);
    }
    CsvTable table = parse_csv(decoded.text, limits, faults);
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
    std::erase_if(table_.rows, [&](const CsvRow& row) { return odd_lines.contains(row.line); });
}

}  // namespace mado::server

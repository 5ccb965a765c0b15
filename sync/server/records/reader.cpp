#include "sync/server/records/reader.h"

#include "shared/base/text.h"

#include <algorithm>

namespace mado::server {

void Faults::add(int line, std::string_view column, std::string_view reason) {
    if (!full()) rows_.push_back({line, std::string(column), std::string(reason)});
}

std::string_view RowReader::field(const std::string& column) const {
    const auto found = columns_.find(column);
    return found == columns_.end() ? std::string_view() : row_.fields[found->second];
}

void RowReader::fault(std::string_view column, std::string_view reason) {
    faults_.add(row_.line, column, reason);
    good_ = false;
}

std::optional<std::int64_t> RowReader::number(const std::string& column, std::int64_t min,
                                              std::int64_t max) {
    const auto found = parse_digits(field(column));
    if (found && *found >= min && *found <= max) return found;
    fault(column, "not a number from " + std::to_string(min) + " to " + std::to_string(max));
    return {};
}

std::optional<std::string> RowReader::text(const std::string& column, std::size_t letters_max) {
    if (field(column).empty()) {
        fault(column, "empty");
        return {};
    }
    return text_or_empty(column, letters_max);
}

std::optional<std::string> RowReader::text_or_empty(const std::string& column,
                                                    std::size_t letters_max) {
    const std::string_view found = field(column);
    const auto letters = std::count_if(found.begin(), found.end(), [](char byte) {
        return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
    });
    if (static_cast<std::size_t>(letters) <= letters_max) return std::string(found);
    fault(column, "longer than " + std::to_string(letters_max) + " letters");
    return {};
}

Result<FileReader, std::vector<BadRow>> FileReader::open(std::string_view bytes,
                                                         const std::vector<std::string>& required) {
    const CsvLimits limits;
    if (bytes.size() > limits.bytes_max) {
        return fail(std::vector<BadRow>{{1, "", "the file is too large"}});
    }
    const auto decoded = decode_text(bytes);
    if (!decoded) {
        return fail(std::vector<BadRow>{{decoded.error().line, "", "neither UTF-8 nor CP932"}});
    }
    FileReader reader;
    reader.table_ = MADO_TRY(parse_csv(decoded->text, limits));
    const auto& header = reader.table_.header;
    for (std::size_t i = 0; i < header.size(); ++i)
        reader.columns_.emplace(header[i], i);

    std::vector<BadRow> missing;
    for (const std::string& column : required) {
        if (!reader.columns_.contains(column)) {
            missing.push_back({1, column, "this column is missing"});
        }
    }
    if (!missing.empty()) return fail(std::move(missing));
    return reader;
}

}  // namespace mado::server

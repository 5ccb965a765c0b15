#include "sync/server/records/csv.h"

#include <algorithm>
#include <set>

namespace mado::server {

namespace {

constexpr std::size_t kBadMax = 100;

// One pass over the text, a row at a time. A row that breaks a rule is named and left out; reading
// goes on with the next line, so that one file gives all its faults at once.
class Parser {
  public:
    Parser(std::string_view text, const CsvLimits& limits) : text_(text), limits_(limits) {}

    Result<CsvTable, std::vector<BadRow>> run() {
        if (text_.size() > limits_.bytes_max) {
            bad_.push_back({1, "", "the file is too large"});
            return fail(std::move(bad_));
        }
        read_header();
        while (!at_end() && bad_.size() < kBadMax)
            read_body_row();
        if (!bad_.empty()) return fail(std::move(bad_));
        return std::move(table_);
    }

  private:
    bool at_end() const { return at_ == text_.size(); }
    char here() const { return text_[at_]; }

    // What stands in the way of a line: its length, if it is an end of line here.
    std::size_t line_end_here() const {
        if (at_end()) return 0;
        if (here() == '\n') return 1;
        const bool crlf = here() == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n';
        return crlf ? 2 : 0;
    }

    void end_line() {
        at_ += line_end_here();
        ++line_;
    }

    void skip_line() {
        const auto end = text_.find('\n', at_);
        at_ = end == std::string_view::npos ? text_.size() : end + 1;
        ++line_;
    }

    std::string column_name(std::size_t index) const {
        if (index < table_.header.size()) return table_.header[index];
        return "#" + std::to_string(index + 1);
    }

    bool refuse(std::size_t column, const std::string& reason) {
        bad_.push_back({line_, column_name(column), reason});
        return false;
    }

    // False where a letter may not stand in a field.
    bool take_letter(std::string& field, std::size_t column, bool quoted) {
        const auto letter = static_cast<unsigned char>(here());
        const bool line_feed = letter == '\n' || line_end_here() == 2;
        if (letter == 0x7f || (letter < 0x20 && letter != '\t' && !(quoted && line_feed))) {
            return refuse(column, "a control character");
        }
        if (field.size() >= limits_.field_bytes_max) return refuse(column, "the field is too long");
        if (quoted && line_feed) {
            field.append(text_.substr(at_, line_end_here()));
            end_line();
            return true;
        }
        field.push_back(here());
        ++at_;
        return true;
    }

    bool read_quoted(std::string& field, std::size_t column) {
        const int opened = line_;
        ++at_;
        while (!at_end()) {
            if (here() != '"') {
                if (!take_letter(field, column, true)) return false;
                continue;
            }
            ++at_;
            if (at_end() || here() != '"') return ends_field(column);
            field.push_back('"');
            ++at_;
        }
        bad_.push_back({opened, column_name(column), "a quote is opened and never closed"});
        return false;
    }

    bool ends_field(std::size_t column) {
        if (at_end() || here() == ',' || line_end_here() > 0) return true;
        return refuse(column, "text after a closing quote");
    }

    bool read_bare(std::string& field, std::size_t column) {
        while (!at_end() && here() != ',' && line_end_here() == 0) {
            if (here() == '"') return refuse(column, "a quote inside a field without quotes");
            if (!take_letter(field, column, false)) return false;
        }
        return true;
    }

    // Ends behind the row's line end; false where the row is bad, with the rest of its line
    // skipped.
    bool read_row(CsvRow& row) {
        row.line = line_;
        while (true) {
            const std::size_t column = row.fields.size();
            if (column >= limits_.columns_max) {
                refuse(column, "too many columns");
                break;
            }
            std::string field;
            const bool quoted = !at_end() && here() == '"';
            if (!(quoted ? read_quoted(field, column) : read_bare(field, column))) break;
            row.fields.push_back(std::move(field));
            if (at_end()) return true;
            if (here() != ',') {
                end_line();
                return true;
            }
            ++at_;
        }
        skip_line();
        return false;
    }

    void read_header() {
        if (at_end()) {
            bad_.push_back({1, "", "the file is empty"});
            return;
        }
        CsvRow row;
        if (!read_row(row)) {
            at_ = text_.size();
            return;
        }
        std::set<std::string> seen;
        for (std::size_t i = 0; i < row.fields.size(); ++i) {
            if (row.fields[i].empty()) {
                bad_.push_back({1, "#" + std::to_string(i + 1), "a column without a name"});
            } else if (!seen.insert(row.fields[i]).second) {
                bad_.push_back({1, row.fields[i], "the name of two columns"});
            }
        }
        table_.header = std::move(row.fields);
    }

    // Whether only ends of lines are left.
    bool only_blank_left() const {
        return text_.find_first_not_of("\r\n", at_) == std::string_view::npos;
    }

    void read_body_row() {
        if (line_end_here() > 0 && only_blank_left()) {
            at_ = text_.size();
            return;
        }
        if (table_.rows.size() >= limits_.rows_max) {
            bad_.push_back({line_, "", "too many rows"});
            at_ = text_.size();
            return;
        }
        CsvRow row;
        if (!read_row(row)) return;
        if (row.fields.size() != table_.header.size()) {
            bad_.push_back({row.line, "",
                            std::to_string(row.fields.size()) + " fields where the header has " +
                                std::to_string(table_.header.size())});
            return;
        }
        table_.rows.push_back(std::move(row));
    }

    std::string_view text_;
    const CsvLimits& limits_;
    std::size_t at_ = 0;
    int line_ = 1;
    CsvTable table_;
    std::vector<BadRow> bad_;
};

bool runs_in_a_spreadsheet(const std::string& field) {
    return !field.empty() && std::string_view("=+-@\t\r").find(field.front()) != std::string::npos;
}

}  // namespace

Result<CsvTable, std::vector<BadRow>> parse_csv(std::string_view text, const CsvLimits& limits) {
    return Parser(text, limits).run();
}

std::string write_csv_line(const std::vector<std::string>& fields) {
    std::string line;
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (i > 0) line.push_back(',');
        const std::string field = runs_in_a_spreadsheet(fields[i]) ? "'" + fields[i] : fields[i];
        if (field.find_first_of(",\"\r\n") == std::string::npos) {
            line += field;
            continue;
        }
        line.push_back('"');
        for (const char letter : field) {
            if (letter == '"') line.push_back('"');
            line.push_back(letter);
        }
        line.push_back('"');
    }
    return line + "\r\n";
}

}  // namespace mado::server

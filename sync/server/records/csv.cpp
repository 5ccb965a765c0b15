#include "sync/server/records/csv.h"

#include <algorithm>
#include <set>

namespace mado::server {

namespace {

// One pass over the text, a row at a time. A row that breaks a rule is named and left out; reading
// goes on with the next line, so that one file gives all its faults at once.
class Parser {
  public:
    Parser(std::string_view text, const CsvLimits& limits, Faults& faults)
        : text_(text), limits_(limits), faults_(faults) {}

    CsvTable run() {
        if (text_.size() > limits_.bytes_max) {
            faults_.add(0, "", {"import.too_large"_t});
            return {};
        }
        const bool header_good = read_header();
        while (!at_end())
            read_body_row();
        if (!header_good) return {};
        return std::move(table_);
    }

  private:
    // A field while it is read. What does not hide where the field ends is told when it has ended.
    struct Field {
        std::string content;
        int control_line = 0;  // of its first control character; 0: there is none
        bool too_long = false;
    };

    // A place to go back to.
    struct Place {
        std::size_t at = 0;
        int line = 0;
    };

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

    bool refuse(int line, std::size_t column, Reason reason) {
        faults_.add(line, column_name(column), std::move(reason));
        return false;
    }

    void take_letter(Field& field, bool quoted) {
        const auto letter = static_cast<unsigned char>(here());
        const bool line_feed = quoted && line_end_here() > 0;
        const bool control = letter == 0x7f || (letter < 0x20 && letter != '\t' && !line_feed);
        if (control && field.control_line == 0) field.control_line = line_;
        const std::size_t length = line_feed ? line_end_here() : 1;
        if (field.content.size() >= limits_.field_bytes_max) {
            field.too_long = true;
        } else {
            field.content.append(text_.substr(at_, length));
        }
        if (line_feed) {
            end_line();
        } else {
            at_ += length;
        }
    }

    // A quote that a slip of the hand opened swallows lines that are good by themselves. So the
    // line of the opening is named, and reading goes on behind that one.
    bool back_to(const Place& opened, std::size_t column, Reason reason) {
        at_ = opened.at;
        line_ = opened.line;
        return refuse(line_, column, std::move(reason));
    }

    bool read_quoted(Field& field, std::size_t column) {
        const Place opened{at_, line_};
        ++at_;
        while (!at_end() && !field.too_long) {
            if (here() != '"') {
                take_letter(field, true);
                continue;
            }
            ++at_;
            if (at_end() || here() != '"') return ends_field(opened, column);
            take_letter(field, true);
        }
        return back_to(opened, column,
                       {field.too_long ? "import.quote_too_far"_t : "import.quote_open"_t});
    }

    bool ends_field(const Place& opened, std::size_t column) {
        if (at_end() || here() == ',' || line_end_here() > 0) return true;
        if (line_ == opened.line) return refuse(line_, column, {"import.after_quote"_t});
        return back_to(opened, column,
                       {"import.after_far_quote"_t, {{"line", std::to_string(line_)}}});
    }

    bool read_bare(Field& field, std::size_t column) {
        while (!at_end() && here() != ',' && line_end_here() == 0) {
            if (here() == '"') {
                return refuse(line_, column, {"import.quote_inside"_t});
            }
            take_letter(field, false);
        }
        if (field.too_long) refuse(line_, column, {"import.field_too_long"_t});
        return true;
    }

    // False where nobody can say where the field ends.
    bool read_field(Field& field, std::size_t column) {
        const bool quoted = !at_end() && here() == '"';
        if (!(quoted ? read_quoted(field, column) : read_bare(field, column))) return false;
        if (field.control_line > 0) refuse(field.control_line, column, {"import.control"_t});
        return true;
    }

    // Ends behind the row's line end; false where the row cannot be followed to it, with the rest
    // of its line skipped.
    bool read_row(CsvRow& row) {
        row.line = line_;
        while (true) {
            const std::size_t column = row.fields.size();
            if (column >= limits_.columns_max) {
                refuse(line_, column, {"import.too_many_columns"_t});
                break;
            }
            Field field;
            if (!read_field(field, column)) break;
            row.fields.push_back(std::move(field.content));
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

    // False where the header names its columns badly. Where it cannot even be followed to its end,
    // nobody knows how long a row is, and nothing more is read.
    bool read_header() {
        const std::size_t faults_before = faults_.count();
        if (at_end()) {
            faults_.add(0, "", {"import.empty_file"_t});
            return false;
        }
        CsvRow row;
        if (!read_row(row)) {
            at_ = text_.size();
            return false;
        }
        std::set<std::string> seen;
        for (std::size_t i = 0; i < row.fields.size(); ++i) {
            if (row.fields[i].empty()) {
                refuse(1, i, {"import.unnamed_column"_t});
            } else if (!seen.insert(row.fields[i]).second) {
                faults_.add(1, row.fields[i], {"import.same_column"_t});
            }
        }
        table_.header = std::move(row.fields);
        return faults_.count() == faults_before;
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
            faults_.add_bound(line_, "", {"import.too_many_rows"_t});
            at_ = text_.size();
            return;
        }
        const std::size_t faults_before = faults_.count();
        CsvRow row;
        if (!read_row(row)) return;
        if (row.fields.size() != table_.header.size()) {
            faults_.add(row.line, "",
                        {"import.field_count"_t,
                         {{"fields", std::to_string(row.fields.size())},
                          {"header", std::to_string(table_.header.size())}}});
        }
        if (faults_.count() == faults_before) table_.rows.push_back(std::move(row));
    }

    std::string_view text_;
    const CsvLimits& limits_;
    Faults& faults_;
    std::size_t at_ = 0;
    int line_ = 1;
    CsvTable table_;
};

bool runs_in_a_spreadsheet(const std::string& field) {
    return !field.empty() && std::string_view("=+-@\t\r").find(field.front()) != std::string::npos;
}

}  // namespace

CsvTable parse_csv(std::string_view text, const CsvLimits& limits, Faults& faults) {
    return Parser(text, limits, faults).run();
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

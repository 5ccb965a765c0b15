#pragma once

// A table's fields by column name, and the naming of what is wrong with them: what the readers of
// all kinds of file share.

#include "sync/server/records/csv.h"
#include "sync/server/records/encoding.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mado::server {

// One row while it is read. Each accessor that finds a fault names it and gives no value.
class RowReader {
  public:
    RowReader(const std::map<std::string, std::size_t>& columns, const CsvRow& row, Faults& faults)
        : columns_(columns), row_(row), faults_(faults) {}

    int line() const { return row_.line; }
    // Empty where the column is not there.
    std::string_view field(const std::string& column) const;
    void fault(std::string_view column, Reason reason);
    // Nobody can say which of this row and that of an earlier line is meant.
    void contradicts(int line, std::string_view column, Reason reason);
    // Of a field that holds digits: full-width ones are named as such, since everything else about
    // it may be right.
    void fault_of_digits(const std::string& column, Reason reason);
    bool good() const { return good_; }

    std::optional<std::int64_t> number(const std::string& column, std::int64_t min,
                                       std::int64_t max);
    // 1 to `letters_max` letters of UTF-8 that can be shown, and not only spaces.
    std::optional<std::string> text(const std::string& column, std::size_t letters_max);
    std::optional<std::string> english(const std::string& column, std::size_t letters_max);
    // The reading of a name in kana, or nothing.
    std::optional<std::string> kana_or_empty(const std::string& column, std::size_t letters_max);
    std::optional<std::string> telephone(const std::string& column, std::size_t letters_max);
    std::optional<std::string> text_or_empty(const std::string& column, std::size_t letters_max);

  private:
    const std::map<std::string, std::size_t>& columns_;
    const CsvRow& row_;
    Faults& faults_;
    bool good_ = true;
};

// A whole file, decoded and cut into rows: those that can be read. What is wrong with the others is
// added to `faults`; a file that lacks a column that it must have, or that is no CSV, gives no
// rows.
class FileReader {
  public:
    FileReader(std::string_view bytes, const std::vector<std::string>& required, Faults& faults);

    const std::vector<CsvRow>& rows() const { return table_.rows; }
    const std::map<std::string, std::size_t>& columns() const { return columns_; }
    Encoding encoding() const { return encoding_; }

  private:
    void read_table(const Decoded& decoded, const std::vector<std::string>& required,
                    Faults& faults);

    CsvTable table_;
    std::map<std::string, std::size_t> columns_;
    Encoding encoding_ = Encoding::Utf8;
};

}  // namespace mado::server

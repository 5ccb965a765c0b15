#pragma once

// What the files of other offices look like: the columns of each kind, in words for those who make
// them. The readers require what is required here, `import KIND --help` prints it, and a test holds
// the README to it.

#include <string>
#include <string_view>
#include <vector>

namespace mado::server {

enum class FileKind { Vaccines, Venues, Schedule, Residents, Results, Texts };

enum class Need { Required, Optional };

struct FileColumn {
    std::string_view name;
    Need need = Need::Required;
    std::string_view meaning;
};

struct FileForm {
    std::string_view name;  // as the command line says it
    std::string_view what;
    std::vector<FileColumn> columns;  // in any order; others are read past
    std::string_view note;            // empty: there is none
    std::string_view example;         // a row with all columns, in the order above
};

const FileForm& form_of(FileKind kind);
std::vector<FileKind> all_file_kinds();
std::vector<std::string> required_columns(FileKind kind);

// The header with all columns, without its line end.
std::string header_of(const FileForm& form);
// For a terminal: each column on a line of its own, the note, and header and row as an example.
std::string describe(const FileForm& form);

}  // namespace mado::server

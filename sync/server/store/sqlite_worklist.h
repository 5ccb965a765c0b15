#pragma once

// Rows of the worklist in the embedded store: loaded for a batch with all that they name, appended,
// and resolved. Nothing is ever deleted, and what was resolved once is not resolved again.

#include "sync/server/store/sqlite_rows.h"

#include <map>

namespace mado::server {

Result<std::map<std::int64_t, WorklistEntry>, IoError> load_worklist(sqlite::Database& database,
                                                                     const Needs& needs);
Needs with_what_rows_name(const Needs& needs, const std::map<std::int64_t, WorklistEntry>& rows);

// Inside the transaction of a commit.
Result<void, IoError> write_worklist(sqlite::Database& database, const Writes& writes);

}  // namespace mado::server

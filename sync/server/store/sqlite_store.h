#pragma once

// The embedded store: one SQLite file beside the server's keys.

#include "sync/server/store/ledger.h"
#include "sync/server/store/reads.h"
#include "sync/server/store/store.h"

#include <filesystem>
#include <memory>

namespace mado::server {

// Makes the file with an empty feed of this epoch; Refused where it exists already. The town itself
// comes by its command.
Result<void, IoError> create_sqlite_store(const std::filesystem::path& file, std::int64_t epoch);

// Refused where there is no such file, Corrupt where its schema is of another version.
Result<std::unique_ptr<Store>, IoError> open_sqlite_store(const std::filesystem::path& file);
Result<std::unique_ptr<Reads>, IoError> open_sqlite_reads(const std::filesystem::path& file);

// Reads rows as they stand, for an audit.
Result<std::unique_ptr<Ledger>, IoError> open_sqlite_ledger(const std::filesystem::path& file);

}  // namespace mado::server

#pragma once

// The roster as it lies on this device: an immutable base file, the rows that came later, and the
// next base file while it is still arriving.
//
// Files are named by a serial number of our own ("roster-7/3"), never reused, so that a file that
// is mapped is never written again. Which one is in use stands in the database, beside the cursor;
// a file that the database does not name is thrown away when the shelf is opened.

#include "shared/platform/sqlite.h"
#include "sync/protocol/messages.h"
#include "sync/protocol/roster.h"

#include <filesystem>
#include <optional>
#include <string_view>

namespace mado::device {

constexpr std::size_t kRosterRangeMax = 1u << 20;  // bytes asked for at once
constexpr std::int64_t kRosterBytesMax = std::int64_t{1} << 30;

class RosterShelf {
  public:
    // Works inside `database`, which outlives it. A base file that cannot be read leaves the shelf
    // empty and `damaged`.
    static Result<RosterShelf, IoError> open(sqlite::Database& database,
                                             const std::filesystem::path& folder);

    bool filled() const { return base_.has_value(); }
    bool damaged() const { return damaged_; }
    // What rows name by their place, those of the base file and those that came later. Places
    // beyond it are read as an unknown vaccine, which sends a person to staff.
    sync::VaccineList vaccines() const { return base_ ? base_->vaccines() : sync::VaccineList(); }

    // The latest row at this place, from the rows that came later or from the base file. Looks at
    // both whatever it finds, so that it takes the same time.
    Result<std::optional<sync::SealedRow>, IoError> find(const sync::Locator& locator) const;

    // Inside the caller's transaction.
    Result<void, IoError> put(const sync::Locator& locator, const sync::SealedRow& sealed);

    // The file that is arriving. `bytes_here` counts what a cut or a restart has left us.
    struct Arrival {
        std::int64_t serial = 0;
        std::filesystem::path file;
        std::int64_t bytes_here = 0;
    };
    Result<Arrival, IoError> arrival(std::int64_t serial) const;
    Result<void, IoError> add_bytes(Arrival& arrival, std::string_view bytes) const;
    // Corrupt when the file is not what was announced. Syncs it to disk.
    Result<sync::RosterFileView, IoError> check(const Arrival& arrival,
                                                const sync::RosterFile& announced) const;
    // Inside the caller's transaction: after its commit and a reload() this is the base file.
    Result<void, IoError> adopt(std::int64_t serial);
    // Inside the caller's transaction: after its commit and a reload() the shelf is empty.
    Result<void, IoError> clear();

    // Reads anew what the database says; files that it does not name go, but for `arriving`.
    Result<void, IoError> reload(std::optional<std::int64_t> arriving);

  private:
    RosterShelf(sqlite::Database& database, std::filesystem::path folder)
        : database_(&database), folder_(std::move(folder)) {}
    std::filesystem::path file_of(std::int64_t serial) const;

    sqlite::Database* database_;
    std::filesystem::path folder_;
    std::optional<sync::RosterFileView> base_;
    std::int64_t serial_ = 0;
    bool damaged_ = false;
};

}  // namespace mado::device

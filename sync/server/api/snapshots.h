#pragma once

// Snapshots for devices that start anew, and the roster files that belong to them.
//
// Both are of one committed state. A roster file is sealed for one device, written once for each
// (device, position) and served in pieces, so that a download that was cut off goes on; the file
// before stays, for a device that is in the middle of it, and older ones are removed.

#include "sync/protocol/messages.h"
#include "sync/server/api/backend.h"
#include "sync/server/api/device_table.h"

#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace mado::server {

class Snapshots {
  public:
    // Empties the folder (or makes it): what stands there is of an earlier run.
    static Result<void, IoError> prepare(const std::filesystem::path& folder);

    Snapshots(ReadsPool& reads, std::filesystem::path folder)
        : reads_(reads), folder_(std::move(folder)) {}

    // Takes long for a large town: about 3 µs for each resident.
    Result<sync::Snapshot, IoError> make(const KnownDevice& device, Instant now);

    // At most `bytes_max` bytes from `offset` on. No value where this device has no such file (any
    // more), or where it ends before `offset`.
    Result<std::optional<std::string>, IoError> piece(DeviceId device, std::string_view id,
                                                      std::int64_t offset, std::size_t bytes_max);

  private:
    struct Kept {
        FeedPosition position;
        sync::RosterFile file;
    };

    std::optional<sync::RosterFile> kept(DeviceId device, FeedPosition position) const;
    Result<sync::RosterFile, IoError> keep(DeviceId device, FeedPosition position,
                                           const std::string& content);

    ReadsPool& reads_;
    std::filesystem::path folder_;
    mutable std::mutex mutex_;
    std::map<DeviceId, std::vector<Kept>> kept_;  // oldest first
};

}  // namespace mado::server

#include "sync/server/api/snapshots.h"

#include "shared/platform/files.h"

#include <algorithm>
#include <fstream>

namespace mado::server {

namespace {

// By the slot of dose 1 the time of dose 2 is suggested, which may be this much later.
constexpr std::chrono::days kSlotsRemembered{92};

constexpr std::size_t kFilesForEachDevice = 2;

// An id of digits and hyphens, so that no request can name a path.
std::string id_of(DeviceId device, FeedPosition position) {
    return device.text() + "-" + std::to_string(position.epoch) + "-" +
           std::to_string(position.number);
}

sync::Snapshot snapshot_of(SnapshotState state, const KnownDevice& device, Instant now) {
    sync::Snapshot snapshot{state.position,
                            std::move(state.town),
                            std::move(state.vaccines),
                            std::move(state.venues),
                            std::move(state.slots),
                            std::move(state.bookings),
                            {},
                            state.events_known,
                            {},
                            now};
    snapshot.applications = std::move(state.applications);
    for (const LeaseEntry& lease : state.leases) {
        snapshot.leases.push_back(
            {lease.slot, Lease{lease.granted, lease.used, lease.kept, lease.kept_used}});
    }
    for (const Call& call : state.calls) {
        if (call.is_live(now) && concerns(call, device)) snapshot.calls.push_back(call);
    }
    constexpr DeviceId kAllKiosks(0);
    for (const auto& [whose, settings] : state.settings) {
        if (whose == kAllKiosks) snapshot.settings.push_back({std::nullopt, settings});
        if (whose == device.id) snapshot.settings.push_back({whose, settings});
    }
    for (auto& [name, text] : state.texts)
        snapshot.texts.push_back(std::move(text));
    return snapshot;
}

}  // namespace

Result<void, IoError> Snapshots::prepare(const std::filesystem::path& folder) {
    std::error_code error;
    std::filesystem::remove_all(folder, error);
    if (!error) std::filesystem::create_directories(folder, error);
    if (!error) {
        std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
    }
    if (error) {
        return fail(IoError{IoError::Kind::Unavailable,
                            "the folder for roster files cannot be made: " + error.message()});
    }
    return {};
}

Result<sync::Snapshot, IoError> Snapshots::make(const KnownDevice& device, Instant now) {
    std::optional<SnapshotState> state;
    std::optional<sync::RosterFile> file;
    std::vector<sync::RosterRow> rows;
    const auto read = reads_.with([&](Reads& reads) {
        return reads.snapshot(
            device.id, date_in_japan(now) - kSlotsRemembered,
            [&](SnapshotState taken) -> Result<void, IoError> {
                state = std::move(taken);
                file = kept(device.id, state->position);
                // The roster of this state is on disk already: no need to go through everybody.
                if (file) return fail(IoError{IoError::Kind::Refused, "enough"});
                return {};
            },
            [&](const Ticket& ticket, const Resident& resident) -> Result<void, IoError> {
                rows.push_back(
                    sync::seal(device.roster_key, state->vaccine_list, ticket, resident));
                return {};
            });
    });
    if (!file) {
        if (!read.ok()) return fail(read.error());
        MADO_CHECK(state);
        const std::string content =
            sync::write_roster_file(state->position, state->vaccine_list, std::move(rows));
        file = MADO_TRY(keep(device.id, state->position, content));
    }
    sync::Snapshot snapshot = snapshot_of(std::move(*state), device, now);
    snapshot.roster = *file;
    return snapshot;
}

std::optional<sync::RosterFile> Snapshots::kept(DeviceId device, FeedPosition position) const {
    const std::lock_guard lock(mutex_);
    const auto files = kept_.find(device);
    if (files == kept_.end()) return {};
    const auto found = std::ranges::find(files->second, position, &Kept::position);
    if (found == files->second.end()) return {};
    return found->file;
}

Result<sync::RosterFile, IoError> Snapshots::keep(DeviceId device, FeedPosition position,
                                                  const std::string& content) {
    const sync::RosterFile file{id_of(device, position), static_cast<std::int64_t>(content.size()),
                                sha256(bytes_of(content))};
    MADO_TRY(write_file(folder_ / file.id, content, Visibility::OwnerOnly));
    const std::lock_guard lock(mutex_);
    auto& files = kept_[device];
    std::erase_if(files, [&](const Kept& other) { return other.position == position; });
    files.push_back({position, file});
    while (files.size() > kFilesForEachDevice) {
        std::error_code ignored;
        std::filesystem::remove(folder_ / files.front().file.id, ignored);
        files.erase(files.begin());
    }
    return file;
}

Result<std::optional<std::string>, IoError> Snapshots::piece(DeviceId device, std::string_view id,
                                                             std::int64_t offset,
                                                             std::size_t bytes_max) {
    using None = std::optional<std::string>;
    std::optional<sync::RosterFile> file;
    {
        const std::lock_guard lock(mutex_);
        const auto files = kept_.find(device);
        if (files == kept_.end()) return None();
        const auto found =
            std::ranges::find(files->second, id, [](const Kept& kept) { return kept.file.id; });
        if (found == files->second.end()) return None();
        file = found->file;
    }
    if (offset < 0 || offset > file->bytes) return None();
    std::ifstream stream(folder_ / file->id, std::ios::binary);
    stream.seekg(offset);
    const auto rest = static_cast<std::size_t>(file->bytes - offset);
    std::string bytes(std::min(bytes_max, rest), '\0');
    stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (!stream) {
        return fail(IoError{IoError::Kind::Unavailable, "a roster file cannot be read"});
    }
    return std::optional(std::move(bytes));
}

}  // namespace mado::server

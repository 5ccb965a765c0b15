#include "shared/platform/clock.h"
#include "shared/platform/folder_lock.h"
#include "sync/server/booking/execute.h"
#include "sync/server/booking/restore.h"
#include "sync/server/shell/commands.h"
#include "sync/server/shell/console.h"
#include "sync/server/shell/town_folder.h"
#include "sync/server/store/sqlite_store.h"

#include <boost/json.hpp>
#include <fmt/core.h>

namespace mado::server {

namespace {

struct Restored {
    FeedPosition position;
    std::size_t devices = 0;  // that hold seats back until they report
    std::size_t slots = 0;    // in which any device does
};

Result<Restored, IoError> begin(const TownFolder& folder, const std::string& by) {
    const FolderLock lock = MADO_TRY(FolderLock::take(folder.root, "server"));
    const auto store = MADO_TRY(open_sqlite_store(folder.database()));
    const auto reads = MADO_TRY(open_sqlite_reads(folder.database()));
    const Instant now = SystemClock().now();
    Restored done;
    for (const Command& command : MADO_TRY(commands_after_restore(*reads, now, by))) {
        const Outcome outcome = execute(*store, command, now);
        if (const auto* error = std::get_if<IoError>(&outcome)) return fail(*error);
        if (const auto* refused = std::get_if<Refused>(&outcome)) {
            return fail(IoError{IoError::Kind::Refused,
                                "refused: " + std::string(name_of(refused->reason))});
        }
        if (const auto* held = std::get_if<LeasesRaised>(&outcome)) {
            ++done.devices;
            done.slots += held->levels.size();
        }
        if (const auto* begun = std::get_if<EpochBegun>(&outcome)) done.position = begun->position;
    }
    return done;
}

}  // namespace

int restored(const std::filesystem::path& folder, const std::string& by, Output output) {
    const auto done = begin(TownFolder{folder}, by);
    if (!done.ok()) return complain(done.error());
    if (output == Output::Json) {
        say(boost::json::serialize(boost::json::object{
            {"epoch", done->position.epoch}, {"devices", done->devices}, {"leases", done->slots}}));
        return kDone;
    }
    say(
        fmt::format("epoch {} begins: each of {} devices takes a new snapshot and sends again what "
                    "it has",
                    done->position.epoch, done->devices));
    say(fmt::format("until then seats stay held for them ({} leases were raised)", done->slots));
    fmt::print(stderr,
               "madoguchi-server: what was done since the backup by staff and at the server itself "
               "is not in it: imports, decisions of the worklist, bookings of other channels, and "
               "which devices were enrolled, revoked or declared lost. Do it again before the "
               "server runs.\n");
    return kDone;
}

}  // namespace mado::server

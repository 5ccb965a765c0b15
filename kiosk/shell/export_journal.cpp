#include "kiosk/shell/export_journal.h"

#include "shared/platform/folder_lock.h"

namespace mado::kiosk {

Result<std::optional<device::JournalExport>, IoError> export_journal(
    const std::filesystem::path& folder, const std::filesystem::path& file,
    std::optional<EventNumber> from) {
    const auto lock = FolderLock::take(folder, "kiosk");
    if (!lock.ok()) {
        IoError error = lock.error();
        if (error.kind == IoError::Kind::Unavailable) {
            error.what += ": it is still writing its journal; stop it first, then export";
        }
        return fail(error);
    }
    return device::export_journal(folder, file, from);
}

}  // namespace mado::kiosk

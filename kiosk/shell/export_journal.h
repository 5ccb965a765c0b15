#pragma once

// Takes the journal of a kiosk that is not running to a file.

#include "sync/device/journal_export.h"

namespace mado::kiosk {

// Unavailable, and it says so, while the kiosk runs on this folder.
Result<std::optional<device::JournalExport>, IoError> export_journal(
    const std::filesystem::path& folder, const std::filesystem::path& file,
    std::optional<EventNumber> from);

}  // namespace mado::kiosk

#pragma once

// The journal as a file for a USB stick, for a device that no network reaches: what the server has
// not answered, signed by the device. The device keeps all of it and sends it again when it can,
// and gets the recorded answers then.

#include "shared/base/io_error.h"
#include "shared/base/result.h"
#include "shared/domain/ids.h"

#include <filesystem>
#include <optional>

namespace mado::device {

struct JournalExport {
    DeviceId device;
    EventNumber first;
    EventNumber last;

    bool operator==(const JournalExport&) const = default;
};

// Writes the events from `from` on, or from the first that the server has not answered; no value,
// and no file, where there are none. Nothing else may have the device's folder open. Full where
// there are more than one file takes; Refused where those from `from` on were forgotten or never
// were, and where `file` is something else than a file.
Result<std::optional<JournalExport>, IoError> export_journal(const std::filesystem::path& folder,
                                                             const std::filesystem::path& file,
                                                             std::optional<EventNumber> from);

}  // namespace mado::device

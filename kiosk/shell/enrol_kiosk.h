#pragma once

// Joins a server with a one-time code, on a terminal: shows the fingerprint that staff compare, and
// waits until they have confirmed it.

#include "shared/base/io_error.h"
#include "shared/base/result.h"
#include "shared/domain/ids.h"

#include <filesystem>
#include <string>

namespace mado::kiosk {

struct EnrolOptions {
    std::filesystem::path folder;
    std::string code;
    std::string name;
    bool leave_unsent = false;
};

// Refused where a device that is enrolled in this folder has decided what the server has not
// answered, or cannot be read: under a new identity nobody would send it. `leave_unsent` enrols all
// the same; the old journal stays where it is.
Result<DeviceId, IoError> enrol_kiosk(const EnrolOptions& options);

}  // namespace mado::kiosk

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
};

Result<DeviceId, IoError> enrol_kiosk(const EnrolOptions& options);

}  // namespace mado::kiosk

#pragma once

// Puts the kiosk together: window, device, camera, printer, and the loop between them.

#include "kiosk/shell/settings.h"
#include "shared/base/io_error.h"
#include "shared/base/result.h"

#include <filesystem>
#include <optional>

namespace mado::kiosk {

struct RunOptions {
    std::filesystem::path folder;  // the device's own
    std::filesystem::path share;   // texts and tables
    ShellSettings settings;
    std::optional<WindowSize> window;  // none: the whole monitor
    std::filesystem::path probe;       // for tests; empty: none
};

// Until the window is closed or the program is asked to stop.
Result<void, IoError> run_kiosk(const RunOptions& options);

}  // namespace mado::kiosk

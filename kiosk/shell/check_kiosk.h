#pragma once

// The kiosk's self-test: disk, network, clock, camera, sound and printer, one after the other, each
// for a bounded time, and each told as soon as it is known. It never opens the journal for writing,
// so it may be run beside a kiosk that is at work; what such a kiosk uses alone is left out then.

#include "kiosk/shell/settings.h"
#include "shared/base/io_error.h"
#include "shared/base/result.h"

#include <filesystem>
#include <string>

namespace mado::kiosk {

struct CheckOptions {
    std::filesystem::path folder;  // the device's; empty: what needs one is left out
    std::filesystem::path share;   // texts
    ShellSettings settings;
    std::string language;  // of what is told: a catalogue's name
    bool print = true;
    bool json = false;
};

struct CheckOutcome {
    bool well = true;    // nothing failed
    bool stuck = false;  // a device holds a thread still: end by std::_Exit, see patience.h
};

// Writes a line for each part to stdout.
Result<CheckOutcome, IoError> check_kiosk(const CheckOptions& options);

}  // namespace mado::kiosk

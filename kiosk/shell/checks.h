#pragma once

// The self-test's looks at the world, one a part, each through the port by which the kiosk itself
// uses it. Every function looks once and says what it found; none of them touches the journal, and
// none bounds its own time: within() (patience.h) does.

#include "kiosk/shell/check_report.h"
#include "shared/base/instant.h"
#include "shared/platform/files.h"
#include "shared/ports/camera.h"
#include "shared/ports/clock.h"
#include "shared/ports/network.h"
#include "shared/ports/printer.h"
#include "shared/ports/speaker.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace mado::kiosk {

// How the device's disk does.
struct DiskReading {
    std::uintmax_t free_bytes = 0;
    std::chrono::milliseconds durable_write{};  // of what a booking writes, until it is safe
};

// Writes a small file into `folder` as the kiosk writes its own, and removes it.
Result<DiskReading, IoError> read_disk(const std::filesystem::path& folder, Clock& clock);
Finding disk_finding(const Result<DiskReading, IoError>& reading);

// What the server said, and by how much its clock is ahead of ours.
struct ServerContact {
    Finding finding;
    std::optional<Milliseconds> clock_offset;
};

// Asks the server at `address` for nothing, as this device.
ServerContact ask_server(Network& network, const std::string& address, Clock& clock);
// `offset`: none where no server answered.
Finding clock_finding(const std::optional<Milliseconds>& offset);

// Looks at some pictures, a second or two.
Finding check_camera(Camera& camera);

Finding check_sound(Speaker& speaker, const Utterance& utterance);

Finding check_printer(Printer& printer, const Document& page);

}  // namespace mado::kiosk

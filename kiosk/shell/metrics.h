#pragma once

// The device's figures for Prometheus: a file that node_exporter's textfile collector reads, so
// that a kiosk opens no door for them.

#include "sync/device/engine.h"

#include <optional>
#include <string>

namespace mado::kiosk {

// The text format of Prometheus. A figure that is not known is left out; times are seconds since
// 1970, as Prometheus has them, and an age is the difference to now. `spoken`: whether what was to
// be said last came out; none before anything was.
std::string metrics_of(const device::Status& status, std::optional<bool> spoken);

}  // namespace mado::kiosk

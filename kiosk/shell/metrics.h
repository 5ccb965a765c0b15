#pragma once

// The device's figures for Prometheus: a file that node_exporter's textfile collector reads, so
// that a kiosk opens no door for them.

#include "sync/device/engine.h"

#include <string>

namespace mado::kiosk {

// The text format of Prometheus. A figure that is not known is left out; times are seconds since
// 1970, as Prometheus has them, and an age is the difference to now.
std::string metrics_of(const device::Status& status);

}  // namespace mado::kiosk

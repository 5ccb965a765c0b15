#pragma once

// Messages for whoever looks after the kiosk: one line each, to stderr, never anything personal.

#include <string_view>

namespace mado::kiosk {

void log_line(std::string_view message);

}  // namespace mado::kiosk

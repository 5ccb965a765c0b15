#include "kiosk/shell/log.h"

#include <fmt/format.h>

namespace mado::kiosk {

void log_line(std::string_view message) {
    fmt::print(stderr, "madoguchi-kiosk: {}\n", message);
}

}  // namespace mado::kiosk

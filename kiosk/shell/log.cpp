#include "kiosk/shell/log.h"

#include <cstdio>
#include <string>

#include <fmt/format.h>

namespace mado::kiosk {

// A log on a full disk must not end the kiosk, as fmt::print would by throwing.
void log_line(std::string_view message) {
    const std::string line = fmt::format("madoguchi-kiosk: {}\n", message);
    static_cast<void>(std::fwrite(line.data(), 1, line.size(), stderr));
}

}  // namespace mado::kiosk

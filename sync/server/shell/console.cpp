#include "sync/server/shell/console.h"

#include <cstdio>
#include <string>

#include <fmt/core.h>

namespace mado::server {

// A log on a full disk must not end the server, as fmt::print would by throwing.
int complain(std::string_view message, int code) {
    const std::string line = fmt::format("madoguchi-server: {}\n", message);
    static_cast<void>(std::fwrite(line.data(), 1, line.size(), stderr));
    return code;
}

int complain(const IoError& error) {
    return complain(fmt::format("{} ({})", error.what, name_of(error.kind)));
}

int complain(const Outcome& outcome) {
    if (const auto* error = std::get_if<IoError>(&outcome)) return complain(*error);
    if (const auto* refused = std::get_if<Refused>(&outcome)) {
        return complain(fmt::format("refused: {}", name_of(refused->reason)));
    }
    return complain("the store answered something else than was asked");
}

void say(std::string_view line) {
    fmt::print("{}\n", line);
}

}  // namespace mado::server

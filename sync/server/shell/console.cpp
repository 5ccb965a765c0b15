#include "sync/server/shell/console.h"

#include <string>

#include <fmt/core.h>

namespace mado::server {

int complain(std::string_view message, int code) {
    fmt::print(stderr, "madoguchi-server: {}\n", message);
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

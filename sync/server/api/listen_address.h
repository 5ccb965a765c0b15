#pragma once

// Where a server listens, as people write it: "0.0.0.0:8443", "[::1]:0", "localhost:8443".

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mado::server {

struct ListenAddress {
    std::string host;  // without brackets; whether it exists is the resolver's to say
    std::uint16_t port = 0;

    bool operator==(const ListenAddress&) const = default;
};

std::optional<ListenAddress> parse_listen_address(std::string_view written);

}  // namespace mado::server

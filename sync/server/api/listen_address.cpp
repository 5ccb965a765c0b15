#include "sync/server/api/listen_address.h"

#include "shared/base/text.h"

#include <limits>

namespace mado::server {

std::optional<ListenAddress> parse_listen_address(std::string_view written) {
    const auto colon = written.rfind(':');
    if (colon == std::string_view::npos) return {};
    const auto port = parse_digits(written.substr(colon + 1));
    if (!port || *port > std::numeric_limits<std::uint16_t>::max()) return {};
    std::string_view host = written.substr(0, colon);
    if (host.size() >= 2 && host.front() == '[' && host.back() == ']') {
        host = host.substr(1, host.size() - 2);
    } else if (host.find(':') != std::string_view::npos) {
        return {};
    }
    if (host.empty()) return {};
    return ListenAddress{std::string(host), static_cast<std::uint16_t>(*port)};
}

}  // namespace mado::server

#include "shared/domain/call.h"

#include "shared/base/text.h"

namespace mado {

std::string CallId::text() const {
    return device.text() + "-" + number.text();
}

std::optional<CallId> CallId::parse(std::string_view text) {
    const auto dash = text.find('-');
    if (dash == std::string_view::npos) return {};
    const auto device = parse_digits(text.substr(0, dash));
    const auto number = parse_digits(text.substr(dash + 1));
    if (!device || !number || *device < 1 || *number < 1) return {};
    return CallId{DeviceId(*device), EventNumber(*number)};
}

}  // namespace mado

#include "shared/domain/event.h"

namespace mado {

namespace {

std::array<std::uint8_t, 8> eight_bytes(std::int64_t number) {
    std::array<std::uint8_t, 8> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        bytes[i] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(number) >> (56 - 8 * i));
    }
    return bytes;
}

}  // namespace

Digest Envelope::hash() const {
    return Sha256()
        .add_prefixed(previous)
        .add_prefixed(eight_bytes(device.number()))
        .add_prefixed(eight_bytes(number.number()))
        .add_prefixed(bytes_of(body))
        .finish();
}

}  // namespace mado

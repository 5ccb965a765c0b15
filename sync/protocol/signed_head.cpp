#include "sync/protocol/signed_head.h"

#include <string_view>

namespace mado::sync {

namespace {

constexpr std::string_view kPrefix = "madoguchi head";

void append(Bytes& out, std::int64_t number, int bytes) {
    for (int i = bytes - 1; i >= 0; --i)
        out.push_back(static_cast<std::uint8_t>(static_cast<std::uint64_t>(number) >> (8 * i)));
}

}  // namespace

Bytes signed_bytes(DeviceId device, const SignedHead& head) {
    Bytes bytes(kPrefix.begin(), kPrefix.end());
    append(bytes, device.number(), 4);
    append(bytes, head.epoch, 8);
    append(bytes, head.number.number(), 8);
    bytes.insert(bytes.end(), head.hash.begin(), head.hash.end());
    return bytes;
}

SignedHead sign_head(DeviceId device, SignedHead head, const Sign& sign) {
    head.signature = sign(signed_bytes(device, head));
    return head;
}

bool is_signed_by(const PublicKey& town, DeviceId device, const SignedHead& head) {
    return verify(town, signed_bytes(device, head), head.signature);
}

}  // namespace mado::sync

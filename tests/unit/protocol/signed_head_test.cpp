#include "sync/protocol/signed_head.h"

#include "shared/platform/keys.h"
#include "tests/unit/protocol/samples.h"

#include <gmock/gmock.h>

namespace mado::tests {
namespace {

using sync::is_signed_by;

TEST(SignedHead, IsTheTownsWordOnOneDeviceAndOneHead) {
    const PrivateKey town = PrivateKey::generate();
    SignedHead head = a_signed_head();
    head.signature = town.sign(sync::signed_bytes(DeviceId(3), head));
    EXPECT_TRUE(is_signed_by(town.public_key(), DeviceId(3), head));

    EXPECT_FALSE(is_signed_by(PrivateKey::generate().public_key(), DeviceId(3), head));
    EXPECT_FALSE(is_signed_by(town.public_key(), DeviceId(4), head));
    SignedHead other = head;
    ++other.epoch;
    EXPECT_FALSE(is_signed_by(town.public_key(), DeviceId(3), other));
    other = head;
    other.number = EventNumber(head.number.number() + 1);
    EXPECT_FALSE(is_signed_by(town.public_key(), DeviceId(3), other));
    other = head;
    other.hash[31] ^= 1;
    EXPECT_FALSE(is_signed_by(town.public_key(), DeviceId(3), other));
    other = head;
    other.signature[0] ^= 1;
    EXPECT_FALSE(is_signed_by(town.public_key(), DeviceId(3), other));
}

TEST(SignedHead, IsSignedOverAFixedLayout) {
    const Bytes bytes = sync::signed_bytes(DeviceId(3), a_signed_head());
    ASSERT_EQ(bytes.size(), 14u + 4 + 8 + 8 + 32);
    EXPECT_EQ(to_hex(std::span(bytes).subspan(14, 20)), "0000000300000000000000020000000000000029");
}

}  // namespace
}  // namespace mado::tests

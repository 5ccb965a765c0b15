#include "sync/protocol/slip_code.h"

#include "shared/platform/keys.h"
#include "tests/support/builders.h"

#include <gmock/gmock.h>

namespace mado::tests {
namespace {

using namespace mado::sync;

// A town, a device that it has enrolled, and a booking that the device signs.
struct Signing {
    PrivateKey town = PrivateKey::generate();
    PrivateKey device = PrivateKey::generate();
    SignedBooking booking{a_municipality(),     {DeviceId(3), EventNumber(127)},
                          PersonId(4294967295), 2,
                          SlotId(2147483647),   in_days(9),
                          a_time("23:59"),      DeviceId(4)};

    SlipSigner signer() const {
        const auto endorsed =
            endorsed_bytes(booking.municipality, booking.signer, device.public_key());
        return {device.public_key(), town.sign(endorsed),
                [this](std::span<const std::uint8_t> bytes) { return device.sign(bytes); }};
    }
    std::string code() const { return write_slip_code(booking, signer()); }
};

TEST(SlipCode, ComesBackAsItWasSigned) {
    Signing signing;
    EXPECT_EQ(read_slip_code(signing.code(), signing.town.public_key()).value(), signing.booking);

    signing.booking.municipality = a_municipality("011002");
    signing.booking.booking.device = DeviceId(0);
    EXPECT_EQ(read_slip_code(signing.code(), signing.town.public_key()).value(), signing.booking);
}

TEST(SlipCode, FitsTheAlphanumericModeOfAQrCode) {
    const std::string code = Signing().code();
    EXPECT_EQ(code.size(), 296U);
    EXPECT_EQ(code.find_first_not_of("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"),
              std::string::npos);
}

TEST(SlipCode, IsRefusedWhenAnyByteIsAltered) {
    const Signing signing;
    const auto town = signing.town.public_key();
    const auto bytes = from_base45(signing.code().substr(6)).value();
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        for (const int flip : {1, 0x80}) {
            Bytes altered = bytes;
            altered[i] ^= static_cast<std::uint8_t>(flip);
            ASSERT_FALSE(read_slip_code("MADO1:" + to_base45(altered), town).ok()) << i;
        }
    }
}

TEST(SlipCode, IsRefusedWhenAnyLetterIsAltered) {
    const Signing signing;
    const std::string code = signing.code();
    for (std::size_t i = 0; i < code.size(); ++i) {
        std::string altered = code;
        altered[i] = altered[i] == '7' ? '8' : '7';
        ASSERT_FALSE(read_slip_code(altered, signing.town.public_key()).ok()) << i;
    }
}

TEST(SlipCode, OfAForeignTownHasTheWrongEndorsement) {
    const Signing signing;
    const auto foreign = PrivateKey::generate().public_key();
    EXPECT_EQ(read_slip_code(signing.code(), foreign).error(), SlipCodeError::WrongEndorsement);
}

TEST(SlipCode, OfADeviceThatTheTownDidNotEnrolHasTheWrongEndorsement) {
    Signing signing;
    auto signer = signing.signer();
    const auto stranger = PrivateKey::generate();
    signer.key = stranger.public_key();
    signer.sign = [&](std::span<const std::uint8_t> bytes) { return stranger.sign(bytes); };
    EXPECT_EQ(
        read_slip_code(write_slip_code(signing.booking, signer), signing.town.public_key()).error(),
        SlipCodeError::WrongEndorsement);
    // An endorsement is for one device id.
    signer = signing.signer();
    signing.booking.signer = DeviceId(5);
    EXPECT_EQ(
        read_slip_code(write_slip_code(signing.booking, signer), signing.town.public_key()).error(),
        SlipCodeError::WrongEndorsement);
}

TEST(SlipCode, SignedByAnotherKeyHasTheWrongSignature) {
    const Signing signing;
    const auto stranger = PrivateKey::generate();
    auto signer = signing.signer();
    signer.sign = [&](std::span<const std::uint8_t> bytes) { return stranger.sign(bytes); };
    EXPECT_EQ(
        read_slip_code(write_slip_code(signing.booking, signer), signing.town.public_key()).error(),
        SlipCodeError::WrongSignature);
}

TEST(SlipCode, IsNotASlipWhenItIsAnythingElse) {
    const Signing signing;
    const auto town = signing.town.public_key();
    const std::string code = signing.code();
    for (const std::string& text :
         {std::string(), std::string("MADO1:"), std::string("https://example.jp/"),
          std::string("272205000012345612"), code.substr(1), code.substr(0, code.size() - 3),
          code + "000", "mado1:" + code.substr(6), std::string(100000, '0')}) {
        EXPECT_EQ(read_slip_code(text, town).error(), SlipCodeError::NotASlip);
    }
}

TEST(SlipCode, AKeyThatIsNoPointVerifiesNothing) {
    const Signing signing;
    const Bytes bytes = {1, 2, 3};
    EXPECT_TRUE(verify(signing.device.public_key(), bytes, signing.device.sign(bytes)));
    EXPECT_FALSE(verify(signing.town.public_key(), bytes, signing.device.sign(bytes)));
    EXPECT_FALSE(verify(PublicKey{}, bytes, signing.device.sign(bytes)));
    PublicKey uncompressed = signing.device.public_key();
    uncompressed[0] = 4;
    EXPECT_FALSE(verify(uncompressed, bytes, signing.device.sign(bytes)));
    EXPECT_FALSE(verify(signing.device.public_key(), bytes, Signature{}));
}

}  // namespace
}  // namespace mado::tests

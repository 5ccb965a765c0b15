#pragma once

// The QR code of a slip: the booking itself, signed by the device that made it.
//
// A desk that has never heard of the booking admits it: it checks the town's signature over the
// device's key (the endorsement, given at enrolment) and the device's signature over the booking.
// Text is "MADO1:" and the Base45 of a fixed layout, integers highest byte first:
//   municipality (3, as a number) · device (4) · event number (8) · person (4) · dose (1) ·
//   slot (4) · date as days since 2000-01-01 (2) · start minute (2) · signing device (4; another
//   than the booking's where a second kiosk prints the slip again) · its key, compressed P-256
//   point (33) · endorsement (64) · signature (64)
// Signatures are ECDSA P-256 over SHA-256, r and s of 32 bytes each. The endorsement signs
// "madoguchi device" ‖ municipality (3) ‖ device (4) ‖ key (33); the signature signs all before it.

#include "shared/base/text.h"
#include "shared/domain/booking.h"
#include "shared/domain/municipality.h"
#include "shared/domain/slot.h"

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace mado::sync {

using PublicKey = std::array<std::uint8_t, 33>;
using Signature = std::array<std::uint8_t, 64>;

struct SignedBooking {
    MunicipalityCode municipality;
    BookingId booking;
    PersonId person;
    int dose = 1;
    SlotId slot;
    Date date;
    TimeOfDay starts{};
    DeviceId signer;

    bool operator==(const SignedBooking&) const = default;
};

// What a device signs slips with.
struct SlipSigner {
    PublicKey key{};
    Signature endorsement{};
    std::function<Signature(std::span<const std::uint8_t>)> sign;
};

// Says whether `signature` is `key`'s over `bytes`.
bool verify(const PublicKey& key, std::span<const std::uint8_t> bytes, const Signature& signature);

// What the town's CA signs when it enrols a device.
Bytes endorsed_bytes(const MunicipalityCode& municipality, DeviceId device, const PublicKey& key);

// A date outside 2000-01-01 … 2179-06-06 is written as the nearest that fits.
std::string write_slip_code(const SignedBooking& booking, const SlipSigner& signer);

enum class SlipCodeError { NotASlip, WrongEndorsement, WrongSignature };
Result<SignedBooking, SlipCodeError> read_slip_code(std::string_view text, const PublicKey& town);

}  // namespace mado::sync

#include "sync/protocol/slip_code.h"

#include "shared/base/check.h"
#include "sync/protocol/code_bytes.h"

#include <algorithm>
#include <memory>

#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/params.h>

namespace mado::sync {

using namespace code_bytes;

namespace {

constexpr std::string_view kPrefix = "MADO1:";
constexpr std::string_view kEndorsedPrefix = "madoguchi device";
constexpr std::size_t kBookingBytes = 3 + 4 + 8 + 4 + 1 + 4 + 2 + 2 + 4;
constexpr std::size_t kSignedBytes = kBookingBytes + PublicKey{}.size() + Signature{}.size();
constexpr std::size_t kCodeBytes = kSignedBytes + Signature{}.size();

std::optional<SignedBooking> read_booking(Cutter& in) {
    const auto municipality = municipality_of(in.number(3));
    const auto device = in.number(4);
    const auto event = in.number(8);
    const auto person = in.number(4);
    const auto dose = static_cast<int>(in.number(1));
    const auto slot = in.number(4);
    const auto day = in.number(2);
    const auto minute = in.number(2);
    const auto signer = in.number(4);
    const bool right = municipality && is_id(device, 0) && event >= 1 && person >= 1 && dose >= 1 &&
                       is_id(slot, 1) && minute < 24 * 60 && is_id(signer, 1);
    if (!right) return {};
    return SignedBooking{*municipality,     BookingId{DeviceId(device), EventNumber(event)},
                         PersonId(person),  dose,
                         SlotId(slot),      date_of_days(day),
                         TimeOfDay(minute), DeviceId(signer)};
}

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

// No key where the 33 bytes are no point of the curve.
Key key_of(const PublicKey& point) {
    const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr),
                             &EVP_PKEY_CTX_free);
    PublicKey copy = point;
    char group[] = "P-256";
    const std::array<OSSL_PARAM, 3> params = {
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group, 0),
        OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, copy.data(), copy.size()),
        OSSL_PARAM_construct_end()};
    EVP_PKEY* made = nullptr;
    const bool ok = context != nullptr && EVP_PKEY_fromdata_init(context.get()) == 1 &&
                    EVP_PKEY_fromdata(context.get(), &made, EVP_PKEY_PUBLIC_KEY,
                                      const_cast<OSSL_PARAM*>(params.data())) == 1;
    return {ok ? made : nullptr, &EVP_PKEY_free};
}

// OpenSSL takes signatures as DER.
Bytes der_of(const Signature& signature) {
    const std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)> pair(ECDSA_SIG_new(),
                                                                     &ECDSA_SIG_free);
    BIGNUM* r = BN_bin2bn(signature.data(), 32, nullptr);
    BIGNUM* s = BN_bin2bn(signature.data() + 32, 32, nullptr);
    MADO_CHECK(pair != nullptr && ECDSA_SIG_set0(pair.get(), r, s) == 1);
    unsigned char* der = nullptr;
    const int length = i2d_ECDSA_SIG(pair.get(), &der);
    MADO_CHECK(length > 0);
    Bytes bytes(der, der + length);
    OPENSSL_free(der);
    return bytes;
}

}  // namespace

bool verify(const PublicKey& key, std::span<const std::uint8_t> bytes, const Signature& signature) {
    const Key point = key_of(key);
    const DigestContext context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    if (point == nullptr || context == nullptr) return false;
    const Bytes der = der_of(signature);
    return EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, point.get()) == 1 &&
           EVP_DigestVerify(context.get(), der.data(), der.size(), bytes.data(), bytes.size()) == 1;
}

Bytes endorsed_bytes(const MunicipalityCode& municipality, DeviceId device, const PublicKey& key) {
    Bytes bytes;
    bytes.reserve(kCodeBytes);
    append(bytes, kEndorsedPrefix);
    append(bytes, municipality);
    append(bytes, device.number(), 4);
    append(bytes, key);
    return bytes;
}

std::string write_slip_code(const SignedBooking& booking, const SlipSigner& signer) {
    Bytes bytes;
    bytes.reserve(kCodeBytes);
    append(bytes, booking.municipality);
    append(bytes, booking.booking.device.number(), 4);
    append(bytes, booking.booking.number.number(), 8);
    append(bytes, booking.person.number(), 4);
    append(bytes, booking.dose, 1);
    append(bytes, booking.slot.number(), 4);
    append(bytes, days_of(booking.date), 2);
    append(bytes, booking.starts.count(), 2);
    append(bytes, booking.signer.number(), 4);
    append(bytes, signer.key);
    append(bytes, signer.endorsement);
    append(bytes, signer.sign(bytes));
    return std::string(kPrefix) + to_base45(bytes);
}

Result<SignedBooking, SlipCodeError> read_slip_code(std::string_view text, const PublicKey& town) {
    if (!text.starts_with(kPrefix) || text.size() > 2 * kCodeBytes) {
        return fail(SlipCodeError::NotASlip);
    }
    const auto bytes = from_base45(text.substr(kPrefix.size()));
    if (!bytes || bytes->size() != kCodeBytes) return fail(SlipCodeError::NotASlip);

    Cutter in(*bytes);
    const auto booking = read_booking(in);
    if (!booking) return fail(SlipCodeError::NotASlip);
    const auto key = in.array<PublicKey{}.size()>();
    const auto endorsement = in.array<Signature{}.size()>();
    const auto signature = in.array<Signature{}.size()>();
    if (!verify(town, endorsed_bytes(booking->municipality, booking->signer, key), endorsement)) {
        return fail(SlipCodeError::WrongEndorsement);
    }
    const std::span<const std::uint8_t> all(*bytes);
    if (!verify(key, all.first(kSignedBytes), signature)) {
        return fail(SlipCodeError::WrongSignature);
    }
    return *booking;
}

}  // namespace mado::sync

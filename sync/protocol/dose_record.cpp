#include "sync/protocol/dose_record.h"

#include "sync/protocol/code_bytes.h"

namespace mado::sync {

using namespace code_bytes;

namespace {

constexpr std::string_view kSignedPrefix = "madoguchi dose";
constexpr std::int64_t kUnknownMinute = 0xFFFF;
constexpr std::int64_t kMinutesMax = 24 * 60;
constexpr std::size_t kSealBytes = 4 + PublicKey{}.size() + 2 * Signature{}.size();
constexpr std::size_t kHeadBytes = 3 + 4 + 1 + 2 + 2 + 4 + 1;
constexpr std::size_t kVaccineBytesMax = 20;
constexpr std::size_t kTextMax = 2 * (kHeadBytes + kVaccineBytesMax + kSealBytes);

Bytes signed_bytes(std::span<const std::uint8_t> said) {
    Bytes bytes;
    bytes.reserve(kSignedPrefix.size() + said.size());
    append(bytes, kSignedPrefix);
    append(bytes, said);
    return bytes;
}

// No value where the bytes are too few, or a number is out of its bounds.
std::optional<SignedDose> read_said(Cutter& in) {
    if (in.left() < kHeadBytes + kSealBytes) return {};
    const auto municipality = municipality_of(in.number(3));
    const auto person = in.number(4);
    const auto dose = static_cast<int>(in.number(1));
    const auto day = in.number(2);
    const auto minute = in.number(2);
    const auto venue = in.number(4);
    const auto length = static_cast<std::size_t>(in.number(1));
    if (length > kVaccineBytesMax || in.left() != length + kSealBytes) return {};
    std::string code;
    for (std::size_t i = 0; i < length; ++i)
        code.push_back(static_cast<char>(in.number(1)));
    const auto signer = in.number(4);
    const auto vaccine = VaccineCode::parse(code);
    const bool right = municipality && person >= 1 && dose >= 1 && vaccine &&
                       (minute < kMinutesMax || minute == kUnknownMinute) && is_id(venue, 0) &&
                       is_id(signer, 0);
    if (!right) return {};
    SignedDose found{
        *municipality,   PersonId(person), DoseRecord{dose, date_of_days(day), *vaccine}, {}, {},
        DeviceId(signer)};
    if (minute != kUnknownMinute) found.time = TimeOfDay(minute);
    if (venue != 0) found.venue = VenueId(venue);
    return found;
}

}  // namespace

SlipSigner signer_of_town(const MunicipalityCode& municipality, const PublicKey& key,
                          const std::function<Signature(std::span<const std::uint8_t>)>& sign) {
    return {key, sign(endorsed_bytes(municipality, DeviceId(0), key)), sign};
}

std::string write_statement(const SignedDose& dose, const SlipSigner& signer) {
    const std::string& vaccine = dose.dose.vaccine.text();
    Bytes bytes;
    append(bytes, dose.municipality);
    append(bytes, dose.person.number(), 4);
    append(bytes, dose.dose.number, 1);
    append(bytes, days_of(dose.dose.date), 2);
    append(bytes, dose.time ? dose.time->count() : kUnknownMinute, 2);
    append(bytes, dose.venue ? dose.venue->number() : 0, 4);
    append(bytes, static_cast<std::int64_t>(vaccine.size()), 1);
    append(bytes, vaccine);
    append(bytes, dose.signer.number(), 4);
    append(bytes, signer.key);
    append(bytes, signer.endorsement);
    append(bytes, signer.sign(signed_bytes(bytes)));
    return to_base45(bytes);
}

Result<SignedDose, StatementError> read_statement(std::string_view text, const PublicKey& town) {
    if (text.size() > kTextMax) return fail(StatementError::NotAStatement);
    const auto bytes = from_base45(text);
    if (!bytes) return fail(StatementError::NotAStatement);
    Cutter in(*bytes);
    const auto dose = read_said(in);
    if (!dose) return fail(StatementError::NotAStatement);
    const auto key = in.array<PublicKey{}.size()>();
    const auto endorsement = in.array<Signature{}.size()>();
    const auto signature = in.array<Signature{}.size()>();
    if (!verify(town, endorsed_bytes(dose->municipality, dose->signer, key), endorsement)) {
        return fail(StatementError::WrongEndorsement);
    }
    const auto said = std::span(*bytes).first(bytes->size() - signature.size());
    if (!verify(key, signed_bytes(said), signature)) return fail(StatementError::WrongSignature);
    return *dose;
}

}  // namespace mado::sync

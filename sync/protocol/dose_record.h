#pragma once

// What a dose record says, signed: that a person, named by the opaque id, was given a dose.
//
// Its signature is chained to the town as a slip's is (slip_code.h), so that a kiosk that has not
// heard of the dose believes it without a network. The statement is a fixed layout with the
// vaccine's code in it, integers highest byte first:
//   municipality of the town (3, as a number) · person (4) · dose (1) · date as days since
//   2000-01-01 (2) · start minute, 65535: not known (2) · venue, 0: not known (4) · length of the
//   vaccine's code (1) · the code · who signed: a device, or 0 for the town itself (4) · its key,
//   compressed P-256 point (33) · endorsement (64) · signature (64)
// The signature signs "madoguchi dose" and all before it. The town itself signs with its own key,
// which it endorses as device 0. As a text it is Base45 (shared/domain/dose_paper.h).

#include "shared/domain/municipality.h"
#include "shared/domain/resident.h"
#include "sync/protocol/slip_code.h"

#include <optional>
#include <string>
#include <string_view>

namespace mado::sync {

struct SignedDose {
    MunicipalityCode municipality;
    PersonId person;
    DoseRecord dose;
    std::optional<TimeOfDay> time;
    std::optional<VenueId> venue;
    DeviceId signer;

    bool operator==(const SignedDose&) const = default;
};

// The town itself as the one who signs: its own key, endorsed as device 0.
SlipSigner signer_of_town(const MunicipalityCode& municipality, const PublicKey& key,
                          const std::function<Signature(std::span<const std::uint8_t>)>& sign);

// A date as write_slip_code() takes it; a dose from 1 to 255.
std::string write_statement(const SignedDose& dose, const SlipSigner& signer);

enum class StatementError { NotAStatement, WrongEndorsement, WrongSignature };
// Whose `municipality` is the town's that the key belongs to is the caller's to look at.
Result<SignedDose, StatementError> read_statement(std::string_view text, const PublicKey& town);

}  // namespace mado::sync

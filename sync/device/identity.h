#pragma once

// Who this device is: given once at enrolment, read at every start (enrolment.h), never changed.

#include "shared/domain/ids.h"
#include "shared/platform/seal.h"
#include "sync/protocol/roster.h"
#include "sync/protocol/slip_code.h"

#include <optional>

namespace mado::device {

struct Identity {
    DeviceId device;
    std::optional<VenueId> venue;  // where it stands
    sync::RosterKey roster_key{};  // finds and opens roster rows
    SealKey journal_key{};         // seals what this device has decided
    sync::SlipSigner signer;       // signs slips; its key is endorsed by the town
    // The town's own key, by which other devices' codes are verified; none: nothing is believed.
    std::optional<sync::PublicKey> authority = {};
};

}  // namespace mado::device

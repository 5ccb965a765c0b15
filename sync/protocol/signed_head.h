#pragma once

// What the town signs when it counter-signs the head of a device's chain.

#include "shared/base/text.h"
#include "shared/domain/event.h"
#include "sync/protocol/journal_file.h"
#include "sync/protocol/slip_code.h"

namespace mado::sync {

// "madoguchi head" ‖ device (4) ‖ epoch (8) ‖ number (8) ‖ hash (32), integers highest byte first.
Bytes signed_bytes(DeviceId device, const SignedHead& head);

// The head with its signature; `sign` signs with the town's key.
SignedHead sign_head(DeviceId device, SignedHead head, const Sign& sign);

bool is_signed_by(const PublicKey& town, DeviceId device, const SignedHead& head);

}  // namespace mado::sync

#pragma once

// The names of things, each of its own kind.

#include "shared/base/id.h"

namespace mado {

using PersonId = Id<struct PersonKind>;    // ours, opaque, 1 to 2^32 - 1; a ticket is a name for it
using VenueId = Id<struct VenueKind>;      // 1 to 2^31 - 1
using SlotId = Id<struct SlotKind>;        // 1 to 2^31 - 1
using DeviceId = Id<struct DeviceKind>;    // given at enrolment, never used twice; 1 to 2^31 - 1
using EventNumber = Id<struct EventKind>;  // 1, 2, 3 … within its device

}  // namespace mado

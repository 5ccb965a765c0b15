#pragma once

// Which seats a device should hold, so that it can go on booking when the network goes: a pure
// rule.
//
// For each vaccine at each venue the device holds one slot for a whole group (`group_max` seats) on
// each of the three earliest days that have room, and on the first such day of every calendar week
// after, so that second doses find a place too. It never holds more than `day_percent_max` of what
// that venue and vaccine can take on that day, and asks only where others keep as many free seats
// as it takes. Everything else goes back: slots that have begun or are closed, seats outside this
// plan, and all of a day on which nobody else finds a free seat.

#include "shared/domain/seats.h"
#include "shared/domain/shares.h"
#include "shared/domain/slot.h"
#include "sync/protocol/messages.h"

#include <map>
#include <vector>

namespace mado::device {

using LeaseTable = std::map<SlotId, Lease>;

struct Holdings {
    std::vector<sync::LeaseWish>
        wishes;  // levels to ask for, earliest slots first, at most kLeaseWishesMax
    std::vector<SlotId> returns;  // slots of which all that is left goes back
};

// `shares`: of each slot only the kiosks' part counts as free.
Holdings plan_holdings(const SlotTable& slots, const LeaseTable& leases,
                       const HoldingPolicy& policy, const Shares& shares, Instant now);

}  // namespace mado::device

#pragma once

// What is to be done when the store was restored from a backup: commits that it knows nothing of
// may have granted seats and given out numbers. See design: epochs.

#include "sync/server/booking/commands.h"
#include "sync/server/store/reads.h"

#include <string>
#include <vector>

namespace mado::server {

// In this order, each as a transaction of its own, before any device is served: the epoch begins
// last, so that whoever was interrupted begins again. Its number comes from the clock, so that a
// backup that is restored twice begins two different ones. `by`: who restored it.
Result<std::vector<Command>, IoError> commands_after_restore(Reads& reads, Instant now,
                                                             const std::string& by);

}  // namespace mado::server

#pragma once

// Carries a batch of commands out: load, decide, commit.

#include "sync/server/booking/commands.h"
#include "sync/server/store/store.h"

#include <span>
#include <vector>

namespace mado::server {

// One outcome a command. When this returns, what the outcomes say is durable. A batch that fails to
// commit is run again one command at a time, and a push that fails alone one event at a time, so
// that nothing blocks what stands behind it; an event whose meaning the store refuses is kept
// aside.
std::vector<Outcome> execute(Store& store, std::span<const Command> commands,
                             const HoldingPolicy& policy, Instant now);

// One command by itself, as the command line does it.
Outcome execute(Store& store, const Command& command, Instant now);

}  // namespace mado::server

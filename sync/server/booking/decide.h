#pragma once

// The heart of the booking server: what comes of a batch of commands, as a pure function.
//
// decide() sees facts of one committed state and nothing else; it reads no clock and touches no
// store. Commands are decided in order, each on what those before it left, and whatever they
// change comes out as rows and as changes for the feed, to be committed together.

#include "sync/server/booking/commands.h"
#include "sync/server/store/store.h"

#include <span>
#include <vector>

namespace mado::server {

// What must be loaded before these commands can be decided.
Needs needs_of(std::span<const Command> commands);

struct Decision {
    std::vector<Outcome> outcomes;  // one a command
    Writes writes;
};

// Positions in the outcomes are the feed's end after this batch.
Decision decide(std::span<const Command> commands, Facts facts, const HoldingPolicy& policy,
                Instant now);

}  // namespace mado::server

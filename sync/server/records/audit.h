#pragma once

// Whether the books are right: every device's chain of events from the first to its head, every
// seat, lease, booking and dose, and the feed. An audit reads and changes nothing, and trusts no
// column that it can compute from others.
//
// Each chain must hold the head that was counter-signed last, under the town's own key: so whoever
// can write to the database and has not that key can neither edit an event nor cut off the end.
// What an audit cannot see by itself is a device's last events cut off whole, with what they did
// and with an older signature in the place of the last. The device has the last one too, and shows
// it when it is asked for those events again.

#include "sync/protocol/slip_code.h"
#include "sync/server/store/ledger.h"

#include <optional>
#include <string>
#include <vector>

namespace mado::server {

struct Finding {
    std::string kind;  // a word of ours: "missing", "edited", "cut" …
    std::string what;  // a sentence
    std::optional<std::int64_t> device = {};
    std::optional<std::int64_t> number = {};  // of the event or feed row, or the first of several
    std::optional<std::int64_t> upto = {};    // the last of several
    std::optional<std::int64_t> slot = {};
    std::optional<std::int64_t> person = {};

    bool operator==(const Finding&) const = default;
};

struct AuditReport {
    std::vector<Finding> findings;
    // What was looked at.
    std::size_t devices = 0;
    std::size_t events = 0;
    std::size_t slots = 0;
    std::size_t bookings = 0;
    std::int64_t changes = 0;
};

// `town`: the town CA's key.
Result<AuditReport, IoError> audit(Ledger& ledger, const sync::PublicKey& town);

}  // namespace mado::server

#pragma once

// Whether the books are right: every device's chain of events from the first to its head, every
// seat, lease, booking and dose, and the feed. An audit reads and changes nothing, and trusts no
// column that it can compute from others.
//
// What it cannot see by itself: the newest events of a device, cut off whole together with what
// they did and with the device's own row set back. The device's count shows that at its next push.

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

Result<AuditReport, IoError> audit(Ledger& ledger);

}  // namespace mado::server

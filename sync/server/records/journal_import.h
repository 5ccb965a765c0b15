#pragma once

// A device's journal that came as a file on a stick. It goes the way of every push: the same
// command, the same answers, and nothing twice.

#include "sync/protocol/journal_file.h"
#include "sync/server/booking/commands.h"
#include "sync/server/store/reads.h"

#include <string>
#include <string_view>
#include <variant>

namespace mado::server {

// How the events of a file fared.
struct JournalReport {
    DeviceId device;
    int events = 0;
    int accepted = 0;
    int worklist = 0;  // accepted, and a person must look
    int aside = 0;     // kept, and not interpreted
    int known = 0;     // the server had them already
    bool fenced = false;

    bool operator==(const JournalReport&) const = default;
};

// Why nothing of the file was taken.
struct JournalRefusal {
    std::size_t line = 1;
    std::string reason;

    bool operator==(const JournalRefusal&) const = default;
};

// Whole or not at all where the file is damaged, cut, or not this town's device's. An IoError in
// the middle leaves what was taken in; the same file again brings the rest. `sign` signs with the
// town's key, under the head of the chain as it is then; empty where that is not at hand.
Result<std::variant<JournalReport, JournalRefusal>, IoError> import_journal(
    Store& store, Reads& reads, std::string_view text, const sync::Sign& sign,
    const ReadRecord& read_record, Instant now);

}  // namespace mado::server

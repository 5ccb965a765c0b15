#pragma once

// A device's events as a file that a person carries to the server, where no network does.
//
// Lines of JSON, each ending in a line feed, and each exactly as write_journal_file() writes it:
//
//   {"madoguchi_journal":1,"device":3,"first":41,"count":2}
//   {"number":41,"previous":"…","body":"…"}           an event as a push carries it
//   {"number":42,"previous":"…","body":"…"}
//   {"checksum":"…","signature":"…"}
//
// Numbers rise by one, and each event carries the hash of the one before. The checksum is SHA-256
// over all that stands before its line; the signature is the device's own over
// "madoguchi journal" ‖ checksum, so that nobody else can write a file in its name.

#include "sync/protocol/messages.h"
#include "sync/protocol/slip_code.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace mado::sync {

constexpr std::size_t kJournalFileEventsMax = 500'000;
constexpr std::size_t kJournalFileBytesMax = 512u << 20;

struct JournalFile {
    DeviceId device;
    std::vector<Envelope> events;  // at least one

    bool operator==(const JournalFile&) const = default;
};

struct SignedJournal {
    JournalFile journal;
    Digest checksum{};
    Signature signature{};

    // Whether the device with this key wrote it.
    bool signed_by(const PublicKey& key) const;
};

// What is wrong with a file, and where. Lines count from 1.
struct JournalFileError {
    std::size_t line = 1;
    std::string what;  // never what the file says: its events are of people

    bool operator==(const JournalFileError&) const = default;
};

using Sign = std::function<Signature(std::span<const std::uint8_t>)>;
std::string write_journal_file(const JournalFile& journal, const Sign& sign);

// The whole file or an error; whose signature it is must still be asked.
Result<SignedJournal, JournalFileError> parse_journal_file(std::string_view text);

}  // namespace mado::sync

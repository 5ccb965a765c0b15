#pragma once

// The roster as a device holds it: rows that only a scanned ticket can find and open.
//
// For one device (by its 32-byte roster key) and one ticket:
//   locator = the first 8 bytes of BLAKE2b(key, "locator" ‖ municipality ‖ number)
//   opener  = BLAKE2b-512(key, "opener" ‖ municipality ‖ number), an AES-256-SIV key (RFC 5297)
//   sealed  = AES-256-SIV(opener, content): 16 bytes of tag, then the content
// The content is 11 bytes, so a row is 35 and four million of them are 140 MB. The base file is
// immutable: a header, then the rows sorted by locator; later rows stand in the device's database
// and win over it.
//
// Content, integers highest byte first: person id (4) · birth date packed as year·512 + month·32 +
// day (3) · bit 7 valid, bits 6–0 number of the last dose, 0 where there is none (1) · the last
// dose's date as days since 2000-01-01 (2) · its vaccine's place in the header's list (1), 255 for
// one that is not in the list. A date outside 2000-01-01 … 2179-06-06 and a number over 127 are
// written as the nearest that fits; a vaccine outside the list is read as "unknown", which no
// vaccine table holds, so that such a person is sent to staff.

#include "shared/base/io_error.h"
#include "shared/base/result.h"
#include "shared/base/sha256.h"
#include "shared/domain/change.h"
#include "shared/domain/resident.h"
#include "shared/domain/ticket.h"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace mado::sync {

using RosterKey = std::array<std::uint8_t, 32>;

constexpr std::size_t kLocatorBytes = 8;
constexpr std::size_t kSealedBytes = 27;
using Locator = std::array<std::uint8_t, kLocatorBytes>;
using SealedRow = std::array<std::uint8_t, kSealedBytes>;

// The vaccines that rows name by their place in this list, at most 255. Travels in the base file's
// header and stays the same for all deltas that follow it: new vaccines are added at the end.
using VaccineList = std::vector<VaccineCode>;

struct RosterRow {
    Locator locator{};
    SealedRow sealed{};

    bool operator==(const RosterRow&) const = default;
};

Locator locate(const RosterKey& key, const Ticket& ticket);
RosterRow seal(const RosterKey& key, const VaccineList& vaccines, const Ticket& ticket,
               const Resident& resident);
// No value when the row is not this ticket's, or was altered. Takes the same time either way.
std::optional<Resident> open(const RosterKey& key, const VaccineList& vaccines,
                             const Ticket& ticket, const SealedRow& sealed);

// The whole base file for these rows (any order; sorted here).
std::string write_roster_file(FeedPosition position, const VaccineList& vaccines,
                              std::vector<RosterRow> rows);

// A base file in memory. Taking it checks header and size, not every row: who fetched the file has
// compared its digest. In rows that are not sorted, find() misses, and never goes astray.
class RosterFileView {
  public:
    // Corrupt when it is not a whole roster file.
    static Result<RosterFileView, IoError> of(std::shared_ptr<const std::uint8_t[]> bytes,
                                              std::size_t count);

    FeedPosition position() const { return position_; }
    const VaccineList& vaccines() const { return vaccines_; }
    std::size_t size() const { return count_; }
    // By interpolation over the uniformly spread locators.
    std::optional<SealedRow> find(const Locator& locator) const;

  private:
    RosterFileView() = default;

    Result<void, IoError> read_header(std::size_t bytes);

    std::shared_ptr<const std::uint8_t[]> bytes_;
    const std::uint8_t* rows_ = nullptr;
    std::size_t count_ = 0;
    FeedPosition position_;
    VaccineList vaccines_;
};

}  // namespace mado::sync

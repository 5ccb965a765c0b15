#pragma once

// Which devices have been silent for so long that somebody must look after them, what seats they
// hold, and by when those matter. A lease does not run out by itself, since only the device knows
// what it sold: people decide, and this is what they need to know for it.

#include "sync/server/store/reads.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace mado::server {

constexpr auto kSilentAfter = std::chrono::hours(1);

// Seats that a device has left in a slot that has not begun.
struct HeldSeats {
    Slot slot;
    std::int64_t seats = 0;

    bool operator==(const HeldSeats&) const = default;
};

struct SilentDevice {
    DeviceId device;
    Instant since{};              // when it was heard last
    std::vector<HeldSeats> held;  // the earliest slot first

    std::int64_t seats() const;
    // When the earliest of those slots begins; no value where it holds none.
    std::optional<Instant> matters_at() const;

    bool operator==(const SilentDevice&) const = default;
};

// Only who is in can be silent: a fenced or revoked device stands on the worklist.
bool is_silent(const Device& device, Instant now);
std::vector<SilentDevice> silent_devices(std::span<const Device> devices,
                                         std::span<const LeaseEntry> leases, const SlotTable& slots,
                                         Instant now);
// The same from a store.
Result<std::vector<SilentDevice>, IoError> read_silent_devices(Reads& reads, Instant now);

// What is different between two looks.
struct SilenceTurns {
    std::vector<SilentDevice> begun;
    std::vector<DeviceId> ended;
};
SilenceTurns turns_between(std::span<const SilentDevice> before, std::span<const SilentDevice> now);

}  // namespace mado::server

#include "sync/server/booking/silence.h"

#include <algorithm>

namespace mado::server {

namespace {

Instant begins(const Slot& slot) {
    return instant_in_japan(slot.date, slot.starts);
}

std::vector<HeldSeats> held_by(DeviceId device, std::span<const LeaseEntry> leases,
                               const SlotTable& slots, Instant now) {
    std::vector<HeldSeats> held;
    for (const LeaseEntry& lease : leases) {
        if (lease.device != device || lease.left() <= 0) continue;
        const auto slot = slots.find(lease.slot);
        if (slot == slots.end() || begins(slot->second) < now) continue;
        held.push_back({slot->second, lease.left()});
    }
    std::ranges::sort(held, [](const HeldSeats& a, const HeldSeats& b) {
        return std::pair(begins(a.slot), a.slot.id) < std::pair(begins(b.slot), b.slot.id);
    });
    return held;
}

bool holds(std::span<const SilentDevice> devices, DeviceId device) {
    return std::ranges::find(devices, device, &SilentDevice::device) != devices.end();
}

}  // namespace

std::int64_t SilentDevice::seats() const {
    std::int64_t sum = 0;
    for (const HeldSeats& seats : held)
        sum += seats.seats;
    return sum;
}

std::optional<Instant> SilentDevice::matters_at() const {
    if (held.empty()) return {};
    return begins(held.front().slot);
}

bool is_silent(const Device& device, Instant now) {
    return device.state == DeviceState::Enrolled && now - device.last_seen >= kSilentAfter;
}

std::vector<SilentDevice> silent_devices(std::span<const Device> devices,
                                         std::span<const LeaseEntry> leases, const SlotTable& slots,
                                         Instant now) {
    std::vector<SilentDevice> found;
    for (const Device& device : devices) {
        if (!is_silent(device, now)) continue;
        found.push_back({device.id, device.last_seen, held_by(device.id, leases, slots, now)});
    }
    return found;
}

Result<std::vector<SilentDevice>, IoError> read_silent_devices(Reads& reads, Instant now) {
    const auto devices = MADO_TRY(reads.devices());
    const auto silent = [now](const Device& device) { return is_silent(device, now); };
    if (std::ranges::none_of(devices, silent)) return std::vector<SilentDevice>();
    const auto leases = MADO_TRY(reads.leases());
    constexpr auto kFarAhead = std::chrono::days(366 * 10);
    const Date today = date_in_japan(now);
    SlotTable slots;
    for (Slot& slot : MADO_TRY(reads.slots(today, today + kFarAhead))) {
        const SlotId id = slot.id;
        slots.emplace(id, std::move(slot));
    }
    return silent_devices(devices, leases, slots, now);
}

SilenceTurns turns_between(std::span<const SilentDevice> before,
                           std::span<const SilentDevice> now) {
    SilenceTurns turns;
    for (const SilentDevice& device : now) {
        if (!holds(before, device.device)) turns.begun.push_back(device);
    }
    for (const SilentDevice& device : before) {
        if (!holds(now, device.device)) turns.ended.push_back(device.device);
    }
    return turns;
}

}  // namespace mado::server

#include "sync/server/booking/restore.h"

#include "shared/base/check.h"
#include "shared/base/instant.h"
#include "sync/server/booking/handlers.h"

#include <algorithm>

namespace mado::server {

namespace {

// More than any town gives out between two backups.
constexpr Counters kLeftOut{1'000'000, 100'000, 1'000, 1'000'000};

Counters after_a_gap(const Counters& last) {
    return {last.people + kLeftOut.people, last.slots + kLeftOut.slots,
            last.devices + kLeftOut.devices, last.bookings + kLeftOut.bookings};
}

}  // namespace

Result<std::vector<Command>, IoError> commands_after_restore(Reads& reads, Instant now,
                                                             const std::string& by) {
    constexpr std::chrono::days kAhead{10 * 366};
    const Date today = date_in_japan(now);
    std::vector<SlotId> ahead;
    for (const Slot& slot : MADO_TRY(reads.slots(today, today + kAhead)))
        ahead.push_back(slot.id);
    std::vector<Command> commands;
    for (const Device& device : MADO_TRY(reads.devices())) {
        if (device.state == DeviceState::Enrolled) commands.push_back(HoldBack{device.id, ahead});
    }
    const auto seconds = std::chrono::floor<std::chrono::seconds>(now.time_since_epoch());
    commands.push_back(BeginEpoch{seconds.count(), by});
    return commands;
}

void needs(Needs& needs, const HoldBack& command) {
    needs.devices.insert(command.device);
    for (const SlotId slot : command.slots)
        needs.leases.emplace(command.device, slot);
}

Outcome on(Draft& draft, const HoldBack& command, const Rules& rules) {
    const Device* device = draft.device(command.device);
    if (device == nullptr) return Refused{CommandRefusal::UnknownDevice};
    if (device->state != DeviceState::Enrolled) return Refused{CommandRefusal::NotEnrolled};

    LeasesRaised outcome{{}, Draft::kHere};
    for (const SlotId id : command.slots) {
        const Slot* slot = draft.slot(id);
        if (slot == nullptr) continue;
        LeaseEntry lease = draft.lease(command.device, id);
        const std::int64_t wanted = rules.policy.group_max - lease.left();
        const auto more = std::min<std::int64_t>(wanted, slot->seats.free());
        if (more <= 0) continue;
        const auto seats = slot->seats.grant(static_cast<int>(more));
        MADO_CHECK(seats);
        lease.granted += more;
        draft.put_seats(id, *seats);
        draft.put(lease);
        outcome.levels.push_back({id, lease.granted, lease.kept});
    }
    return outcome;
}

void needs(Needs&, const BeginEpoch&) {}

Outcome on(Draft& draft, const BeginEpoch& command, const Rules&) {
    if (!is_name(command.by)) return Refused{CommandRefusal::NameNeeded};
    const std::int64_t next = draft.facts().position.epoch + 1;
    draft.begin_epoch(std::max(command.epoch, next), after_a_gap(draft.facts().last));
    draft.note({.reason = "restored", .by = command.by});
    return EpochBegun{Draft::kHere};
}

}  // namespace mado::server

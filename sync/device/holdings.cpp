#include "sync/device/holdings.h"

#include <algorithm>
#include <chrono>
#include <set>
#include <tuple>

namespace mado::device {

namespace {

constexpr int kNearDays = 3;

// A slot, and what kiosks may still take of it.
struct Open {
    const Slot* slot = nullptr;
    int free = 0;
};

// What one venue can take on one day with one vaccine.
struct Day {
    std::vector<Open> open;  // not begun and not closed, earliest first
    int capacity = 0;
    int free = 0;
};

using Place = std::pair<VaccineCode, VenueId>;
using Days = std::map<Date, Day>;

// Weeks from Monday to Sunday, counted from the one that holds 1970-01-01 (a Thursday).
std::int64_t week_of(Date date) {
    return (date.time_since_epoch().count() + 3) / 7;
}

bool has_begun(const Slot& slot, Instant now) {
    return instant_in_japan(slot.date, slot.starts) <= now;
}

std::map<Place, Days> days_by_place(const SlotTable& slots, const Shares& shares, Instant now) {
    // Kept seats are free as well: of those that a device gets, some are.
    constexpr int kSecondDose = 2;
    const Date today = date_in_japan(now);
    std::map<Place, Days> places;
    for (const auto& [id, slot] : slots) {
        Day& day = places[{slot.vaccine, slot.venue}][slot.date];
        day.capacity += slot.seats.capacity();
        if (has_begun(slot, now) || slot.seats.target == 0) continue;
        const int free = room_for(slot, shares, Channel::Kiosk, kSecondDose, today);
        day.free += free;
        day.open.push_back({&slot, free});
    }
    for (auto& [place, days] : places) {
        for (auto& [date, day] : days) {
            std::ranges::sort(day.open, {}, [](const Open& open) {
                return std::tuple(open.slot->starts, open.slot->id);
            });
        }
    }
    return places;
}

Lease lease_of(const LeaseTable& leases, SlotId slot) {
    const auto held = leases.find(slot);
    return held == leases.end() ? Lease{} : held->second;
}

// The slot to hold on this day: the one that is held already, so that plans do not wander, or else
// the earliest that has room for a group while others keep as much.
const Open* slot_to_hold(const Day& day, const LeaseTable& leases, const HoldingPolicy& policy) {
    const int budget = day.capacity * policy.day_percent_max / 100;
    if (budget < policy.group_max || day.free == 0) return nullptr;
    const Open* held = nullptr;
    const auto left_in = [&](const Open& open) { return lease_of(leases, open.slot->id).left(); };
    for (const Open& open : day.open) {
        if (left_in(open) > 0 && (held == nullptr || left_in(open) > left_in(*held))) held = &open;
    }
    if (held != nullptr) return held;
    if (day.free < 2 * policy.group_max) return nullptr;
    const auto found = std::ranges::find_if(
        day.open, [&](const Open& open) { return open.free >= policy.group_max; });
    return found == day.open.end() ? nullptr : &*found;
}

}  // namespace

Holdings plan_holdings(const SlotTable& slots, const LeaseTable& leases,
                       const HoldingPolicy& policy, const Shares& shares, Instant now) {
    std::set<SlotId> kept;
    std::vector<const Slot*> short_of;  // kept ones that hold less than a group
    for (const auto& [place, days] : days_by_place(slots, shares, now)) {
        int near = 0;
        std::optional<std::int64_t> week_done;
        for (const auto& [date, day] : days) {
            if (near >= kNearDays && week_done == week_of(date)) continue;
            const Open* open = slot_to_hold(day, leases, policy);
            if (open == nullptr) continue;
            const Slot* slot = open->slot;
            ++near;
            week_done = week_of(date);
            kept.insert(slot->id);
            const auto missing = policy.group_max - lease_of(leases, slot->id).left();
            // Others keep as much as we take, and nobody is asked for what is not there.
            const bool room = open->free >= missing && day.free >= missing + policy.group_max;
            if (missing > 0 && room) short_of.push_back(slot);
        }
    }

    Holdings plan;
    std::ranges::sort(short_of, {}, [](const Slot* slot) {
        return std::tuple(slot->date, slot->starts, slot->id);
    });
    for (const Slot* slot : short_of) {
        if (plan.wishes.size() == sync::kLeaseWishesMax) break;
        plan.wishes.push_back({slot->id, lease_of(leases, slot->id).used + policy.group_max, {}});
    }
    for (const auto& [slot, lease] : leases) {
        if (lease.left() > 0 && !kept.contains(slot)) plan.returns.push_back(slot);
    }
    return plan;
}

}  // namespace mado::device

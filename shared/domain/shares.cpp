#include "shared/domain/shares.h"

#include <algorithm>
#include <array>

namespace mado {

namespace {

constexpr int kWhole = 100;
constexpr int kSecondDose = 2;
constexpr std::array kChannels = {Channel::Kiosk, Channel::Web, Channel::CallCentre};

// Where between two seats this slot's parts are cut, in hundredths of a seat: 37 steps through all
// hundred, so that slots beside each other are cut in other places.
int phase_of(const Slot& slot) {
    return static_cast<int>(slot.id.number() % kWhole * 37 % kWhole);
}

// How many of `seats` lie below that percentage of them.
int below(int seats, int percent, int phase) {
    return (seats * percent + phase) / kWhole;
}

// A channel's part, as percentages from and to.
struct Span {
    int from = 0;
    int to = kWhole;
};

Span span_of(const Shares& shares, Channel channel) {
    int from = 0;
    for (const Channel each : kChannels) {
        const auto share = shares.of(each);
        if (each == channel && share) return {from, from + *share};
        from += share.value_or(0);
    }
    return {from, kWhole};
}

// Seats that are taken: for a first dose or by whoever may sell them for one, and for later doses.
struct Taken {
    int open = 0;
    int later = 0;
};

Taken taken_by(const Slot& slot, Channel channel) {
    const SeatParts& parts = slot.parts;
    const Taken web{parts.web - parts.web_later, parts.web_later};
    const Taken call{parts.call_centre - parts.call_centre_later, parts.call_centre_later};
    if (channel == Channel::Web) return web;
    if (channel == Channel::CallCentre) return call;
    const int later = parts.later - web.later - call.later;
    const int first = slot.seats.booked - parts.later - web.open - call.open;
    return {first + slot.seats.held - parts.kept, later + parts.kept};
}

// By this channel and those that it shares with.
Taken taken_of_part(const Slot& slot, const Shares& shares, Channel channel) {
    if (shares.of(channel)) return taken_by(slot, channel);
    Taken all;
    for (const Channel each : kChannels) {
        if (shares.of(each)) continue;
        const Taken taken = taken_by(slot, each);
        all.open += taken.open;
        all.later += taken.later;
    }
    return all;
}

}  // namespace

std::string_view name_of(Channel channel) {
    constexpr std::array<std::string_view, 3> kNames = {"kiosk", "web", "call-centre"};
    return kNames[static_cast<std::size_t>(channel)];
}

std::optional<Channel> parse_channel(std::string_view name) {
    for (const Channel channel : kChannels) {
        if (name_of(channel) == name) return channel;
    }
    return {};
}

std::optional<int> Shares::of(Channel channel) const {
    if (channel == Channel::Web) return web;
    return channel == Channel::CallCentre ? call_centre : kiosk;
}

std::optional<int>& Shares::of(Channel channel) {
    if (channel == Channel::Web) return web;
    return channel == Channel::CallCentre ? call_centre : kiosk;
}

bool Shares::holds() const {
    const auto is_percent = [](int share) { return share >= 0 && share <= kWhole; };
    int named = 0;
    int together = 0;
    for (const Channel channel : kChannels) {
        const auto share = of(channel);
        if (!share) continue;
        if (!is_percent(*share)) return false;
        ++named;
        together += *share;
    }
    const bool all_named = named == static_cast<int>(kChannels.size());
    const bool fits = all_named ? together == kWhole : together <= kWhole;
    return fits && is_percent(second_doses) && second_doses_open_days >= 0;
}

bool keeps_for_later(const Shares& shares, Date date, Date today) {
    return shares.second_doses > 0 &&
           today < date - std::chrono::days(shares.second_doses_open_days);
}

int part_of(const Slot& slot, const Shares& shares, Channel channel) {
    const Span span = span_of(shares, channel);
    const int capacity = slot.seats.capacity();
    const int phase = phase_of(slot);
    return below(capacity, span.to, phase) - below(capacity, span.from, phase);
}

int kept_of(const Slot& slot, const Shares& shares, Channel channel, Date today) {
    if (!keeps_for_later(shares, slot.date, today)) return 0;
    return below(part_of(slot, shares, channel), shares.second_doses, phase_of(slot));
}

int kept_room(const Slot& slot, const Shares& shares, Channel channel, Date today) {
    const int later = taken_of_part(slot, shares, channel).later;
    return std::max(0, kept_of(slot, shares, channel, today) - later);
}

int room_for(const Slot& slot, const Shares& shares, Channel channel, int dose, Date today) {
    const Taken taken = taken_of_part(slot, shares, channel);
    const int kept = dose > 1 ? 0 : kept_room(slot, shares, channel, today);
    const int room = part_of(slot, shares, channel) - taken.open - taken.later;
    // What is free is no channel's where others have taken more than their part.
    return std::clamp(std::min(room, slot.seats.free()) - kept, 0, slot.seats.free());
}

Granted grant_of(const Slot& slot, const Shares& shares, std::int64_t left, std::int64_t kept_left,
                 int most, std::optional<int> dose, Date today) {
    const int first_room = room_for(slot, shares, Channel::Kiosk, 1, today);
    const int all_room = room_for(slot, shares, Channel::Kiosk, kSecondDose, today);
    const int kept_most = std::min(kept_room(slot, shares, Channel::Kiosk, today), all_room);
    if (dose == 1) return {std::min(most, first_room), 0};
    const int all = std::min(most, all_room);
    if (dose) {
        const int kept = std::min(all, kept_most);
        return {std::min(all - kept, first_room), kept};
    }
    const auto all_then = static_cast<int>(left) + all;
    const int wanted = (all_then * shares.second_doses + kWhole / 2) / kWhole;
    const int kept = std::clamp(wanted - static_cast<int>(kept_left), 0, std::min(all, kept_most));
    return {std::min(all - kept, first_room), kept};
}

std::int64_t usable(const Lease& lease, int dose, bool keeps) {
    return dose > 1 || !keeps ? lease.left() : lease.open_left();
}

Lease after_sale(const Lease& lease, int dose) {
    Lease after = lease;
    const bool takes_kept = dose > 1 ? lease.kept_left() > 0 : lease.open_left() <= 0;
    after.used += 1;
    after.kept_used += takes_kept ? 1 : 0;
    return after;
}

}  // namespace mado

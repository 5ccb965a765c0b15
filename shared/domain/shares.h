#pragma once

// How a town shares out the seats of its slots: a part for each channel, and of each part some that
// are kept for doses after the first until a few days before.
//
// A channel that the town names has its part and never more; those that it does not name share what
// is left. Where nothing is named, all is everybody's. Parts are whole seats: what falls between
// two goes to the one in this slot and to the other in the next, so that over many slots everybody
// has what the town set. All ends compute the same from the slot itself: a device needs no network
// to know what it may sell.

#include "shared/base/instant.h"
#include "shared/domain/slot.h"

#include <optional>
#include <string_view>

namespace mado {

// "kiosk", "web", "call-centre".
std::string_view name_of(Channel channel);
std::optional<Channel> parse_channel(std::string_view name);

// In percent of every slot. What holds() holds.
struct Shares {
    std::optional<int> kiosk = {};
    std::optional<int> web = {};
    std::optional<int> call_centre = {};
    int second_doses = 0;            // of each channel's part
    int second_doses_open_days = 0;  // so many days before a slot, all of it is everybody's

    // Of a channel; none: it is not named.
    std::optional<int> of(Channel channel) const;
    std::optional<int>& of(Channel channel);
    // Each from 0 to 100, and together 100 at most, exactly that where all channels are named.
    bool holds() const;

    bool operator==(const Shares&) const = default;
};

// Whether on this day seats are still kept for doses after the first in a slot on `date`.
bool keeps_for_later(const Shares& shares, Date date, Date today);

// How many of a slot's seats are this channel's: those of whom it shares with included.
int part_of(const Slot& slot, const Shares& shares, Channel channel);
// How many of them only a dose after the first may have.
int kept_of(const Slot& slot, const Shares& shares, Channel channel, Date today);

// How many more seats of a slot this channel may take for this dose; never more than are free.
int room_for(const Slot& slot, const Shares& shares, Channel channel, int dose, Date today);
// How many more of them wait for a dose after the first.
int kept_room(const Slot& slot, const Shares& shares, Channel channel, Date today);

// Seats that a device gets: those for anybody, and those for doses after the first alone.
struct Granted {
    int open = 0;
    int kept = 0;

    int all() const { return open + kept; }
    bool operator==(const Granted&) const = default;
};
// What a device that has `left` seats, `kept_left` of them kept ones, gets where it wishes `more`
// and is to have `most` at most. For a person who waits, what that dose needs; otherwise as many
// kept ones among all that it has then as the town keeps in a whole slot.
Granted grant_of(const Slot& slot, const Shares& shares, std::int64_t left, std::int64_t kept_left,
                 int most, std::optional<int> dose, Date today);

// How many seats of a lease can be sold for this dose. `keeps`: as keeps_for_later() says.
std::int64_t usable(const Lease& lease, int dose, bool keeps);
// The lease's counters once a seat was sold for this dose, of the usable ones: kept ones go first
// to those for whom they are kept, and last to others.
Lease after_sale(const Lease& lease, int dose);

}  // namespace mado

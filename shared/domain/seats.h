#pragma once

// The arithmetic of seats: what keeps `booked + held + free = capacity` true for every slot.
//
// A device books only from seats that it holds. A lease is two counters that only rise: `granted`,
// raised by the server alone, and `used` (seats sold and seats given back), raised by the device
// alone. Requests and give-backs name levels, never increments, so that any message may be lost,
// repeated or late.

#include <compare>
#include <cstdint>
#include <optional>

namespace mado {

// Seats of one slot, as the server counts them.
struct SeatCount {
    int target = 0;  // what the town planned; 0 closes the slot
    int booked = 0;
    int held = 0;  // granted to devices and neither sold nor given back
    // Seats that nobody has. Capacity is booked + held + free; it never sinks below
    // booked + held, whatever the target.
    int capacity() const;
    int free() const;

    // Moves seats between the three; no value where that would make one negative.
    std::optional<SeatCount> book_free() const;           // free → booked
    std::optional<SeatCount> grant(int count) const;      // free → held
    std::optional<SeatCount> sell_held() const;           // held → booked
    std::optional<SeatCount> give_back(int count) const;  // held → free
    std::optional<SeatCount> cancel() const;              // booked → free

    bool operator==(const SeatCount&) const = default;
};

// Who sells: the kiosks (and whatever else holds seats by lease), and what books at the server.
enum class Channel { Kiosk, Web, CallCentre };

// Who has the seats that are taken: what shares (shares.h) are kept by. Of the booked ones, those
// that no channel here counts are the kiosks', and so are all that are held.
struct SeatParts {
    int later = 0;  // booked for a dose after the first, by any channel
    int kept = 0;   // of the held ones: for a dose after the first alone
    int web = 0;    // booked by the web, and of these for a later dose
    int web_later = 0;
    int call_centre = 0;  // the same of the call centre
    int call_centre_later = 0;

    // So many seats more (or fewer, below 0) are booked by this channel for this dose.
    void count(Channel channel, int dose, int seats);

    bool operator==(const SeatParts&) const = default;
};

// What one device may sell in one slot: `granted − used`, never negative. Of these,
// `kept − kept_used` are for a dose after the first alone; these two only rise as well, the one by
// the server and the other by the device.
struct Lease {
    std::int64_t granted = 0;
    std::int64_t used = 0;
    std::int64_t kept = 0;
    std::int64_t kept_used = 0;

    std::int64_t left() const { return granted - used; }
    std::int64_t kept_left() const { return kept - kept_used; }
    // Those that anybody may have.
    std::int64_t open_left() const { return left() - kept_left(); }
    bool holds() const {
        return 0 <= used && used <= granted && 0 <= kept_used && kept_used <= kept &&
               kept_left() <= left();
    }

    bool operator==(const Lease&) const = default;
};

// What a device should hold of a slot so that it can go on without the network: few slots deeply.
struct HoldingPolicy {
    int group_max = 4;         // a slot that is held is held for a whole group
    int day_percent_max = 20;  // of a day's capacity, per device

    bool operator==(const HoldingPolicy&) const = default;
};

}  // namespace mado

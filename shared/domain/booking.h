#pragma once

// A person's place in a slot, and the short number by which people can copy it.

#include "shared/base/instant.h"
#include "shared/domain/declaration.h"
#include "shared/domain/ids.h"

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mado {

// Who made a booking names it: the device and the number of its event. Device 0 is the server
// itself, for the channels that book there.
struct BookingId {
    DeviceId device;
    EventNumber number;

    // "3-127-6": device, event, and a check digit (Damm's) over both, since people copy it by
    // hand when the printer fails.
    std::string short_number() const;
    static std::optional<BookingId> parse(std::string_view short_number);

    auto operator<=>(const BookingId&) const = default;
};

enum class BookingState {
    Live,     // the person is expected
    Doubled,  // live, and the person has another for the same dose: a person must choose
    ToMove,   // live, but its slot was closed: a person must choose
    Cancelled,
};

struct Booking {
    BookingId id;
    PersonId person;
    int dose = 1;
    SlotId slot;
    Declaration declared;
    BookingState state = BookingState::Live;
    std::int64_t version = 1;  // rises with each change; a wish names what the person saw

    bool operator==(const Booking&) const = default;
};

// A booking as a person saw it when they wished something of it. A wish that names another version
// than there is now is stale, and never applied blindly.
struct SeenBooking {
    BookingId id;
    std::int64_t version = 1;

    bool operator==(const SeenBooking&) const = default;
};

SeenBooking as_seen(const Booking& booking);

// Until when a booking on `date` can be changed: the end of the day `days_before` days before.
Date last_day_to_change(Date date, int days_before);

}  // namespace mado

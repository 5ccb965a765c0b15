#pragma once

// All that stands on a printed slip, as values; how it looks is the printing side's to say.

#include "shared/domain/booking.h"
#include "shared/domain/slot.h"
#include "shared/domain/town.h"

#include <optional>
#include <string>

namespace mado {

struct Slip {
    Booking booking;
    Slot slot;
    Venue venue;
    Vaccine vaccine;
    Town town;
    // The last day on which the booking can be changed; none where that day has passed.
    std::optional<Date> change_until;
    std::string code;  // the signed booking, for a QR code

    bool operator==(const Slip&) const = default;
};

}  // namespace mado

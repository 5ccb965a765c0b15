#pragma once

// Where and when people are vaccinated: venues, and slots with their seats.

#include "shared/base/instant.h"
#include "shared/domain/ids.h"
#include "shared/domain/seats.h"
#include "shared/domain/vaccine.h"

#include <map>
#include <string>

namespace mado {

struct Venue {
    VenueId id;
    std::string name;  // Japanese, as people of the town call it
    std::string name_en;
    std::string address;
    std::string telephone;
    std::string name_kana = {};  // the reading of its name; empty: it is not known

    bool operator==(const Venue&) const = default;
};

struct Slot {
    SlotId id;
    VenueId venue;
    Date date;
    TimeOfDay starts{};
    std::chrono::minutes length{};
    VaccineCode vaccine;
    SeatCount seats;
    SeatParts parts = {};

    bool operator==(const Slot&) const = default;
};

using VenueTable = std::map<VenueId, Venue>;
using SlotTable = std::map<SlotId, Slot>;

}  // namespace mado

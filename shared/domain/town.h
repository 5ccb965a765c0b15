#pragma once

// What a town has set for all its devices.

#include "shared/base/instant.h"
#include "shared/domain/municipality.h"

#include <set>
#include <string>

namespace mado {

struct Town {
    MunicipalityCode municipality;
    std::string name;       // "みどり市" as the screens say it
    std::string telephone;  // the call centre's
    std::set<MunicipalityCode> service_area;
    std::string address_prefix;  // of letters whose QR opens the chat; see TicketRules
    int change_days_before = 2;  // a booking can be changed until the end of that day before
    std::chrono::minutes booking_closes{0};  // so long before a slot begins
    std::string name_en = {};  // "Midori City"; empty: the Japanese name is shown to everybody

    // A slot that begins earlier can be booked no more.
    Instant bookable_from(Instant now) const { return now + booking_closes; }

    bool operator==(const Town&) const = default;
};

}  // namespace mado

#pragma once

// What a town has set for all its devices.

#include "shared/base/instant.h"
#include "shared/domain/municipality.h"
#include "shared/domain/shares.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>

namespace mado {

// Enough for two an hour at each of sixty kiosks.
constexpr int kMissesAnHour = 120;

struct Town {
    MunicipalityCode municipality;
    std::string name;       // "みどり市" as the screens say it
    std::string telephone;  // the call centre's
    std::set<MunicipalityCode> service_area;
    std::string address_prefix;  // of letters whose QR opens the chat; see TicketRules
    int change_days_before = 2;  // a booking can be changed until the end of that day before
    std::chrono::minutes booking_closes{0};  // so long before a slot begins
    std::string name_en = {};  // "Midori City"; empty: the Japanese name is shown to everybody
    // So many log-ins may miss in an hour, at all kiosks together, before they are slowed.
    int misses_an_hour = kMissesAnHour;
    int kiosks = 0;  // that are in; the server counts them
    // When more places can be booked, where all are full.
    std::optional<Instant> next_opening = {};
    Shares shares = {};  // how the seats of every slot are shared out

    // The next opening, while it lies ahead.
    std::optional<Instant> opening_after(Instant now) const {
        return next_opening && *next_opening > now ? next_opening : std::nullopt;
    }

    // A slot that begins earlier can be booked no more.
    Instant bookable_from(Instant now) const { return now + booking_closes; }

    // One kiosk's share of that budget, so that it holds with the cable pulled. Where there are
    // fewer than four kiosks, some of it is nobody's: the whole of it at one kiosk would be faster
    // than anybody types.
    int miss_share() const {
        constexpr int kKiosksMin = 4;
        return std::max(1, misses_an_hour / std::max(kKiosksMin, kiosks));
    }

    bool operator==(const Town&) const = default;
};

}  // namespace mado

#pragma once

// Changes: what the server tells, a row each in an ordered feed that every device follows.

#include "shared/domain/application.h"
#include "shared/domain/booking.h"
#include "shared/domain/call.h"
#include "shared/domain/kiosk_settings.h"
#include "shared/domain/resident.h"
#include "shared/domain/slot.h"
#include "shared/domain/ticket.h"
#include "shared/domain/town.h"
#include "shared/domain/town_text.h"

#include <compare>
#include <cstdint>
#include <variant>

namespace mado {

// A place in the feed. Numbers are gapless within an epoch; a restored server starts a new one.
struct FeedPosition {
    std::int64_t epoch = 0;
    std::int64_t number = 0;

    auto operator<=>(const FeedPosition&) const = default;
};

// clang-format off

struct TownChanged     { Town town; bool operator==(const TownChanged&) const = default; };
struct VaccineChanged  { Vaccine vaccine; bool operator==(const VaccineChanged&) const = default; };
struct VenueChanged    { Venue venue; bool operator==(const VenueChanged&) const = default; };
struct SlotChanged     { Slot slot; bool operator==(const SlotChanged&) const = default; };
struct BookingChanged  { Booking booking; bool operator==(const BookingChanged&) const = default; };
struct ApplicationChanged { Application application; bool operator==(const ApplicationChanged&) const = default; };
// For the device that it names alone; others see the number go by and nothing in it.
struct LeaseChanged    { DeviceId device; SlotId slot; std::int64_t granted = 0; std::int64_t kept = 0; bool operator==(const LeaseChanged&) const = default; };
// For devices of the same place, and the one that it came from; others see the number go by.
struct CallChanged     { Call call; bool operator==(const CallChanged&) const = default; };
// What stands now in place of all that was set there. For the kiosk that it names alone; without one, for all.
struct SettingsChanged { std::optional<DeviceId> device; KioskSettings settings; bool operator==(const SettingsChanged&) const = default; };
struct TextChanged     { TownText text; bool operator==(const TextChanged&) const = default; };
// At the server. On its way to a device it is sealed under that device's roster key.
struct ResidentChanged { Personal<Ticket> ticket; Resident resident; bool operator==(const ResidentChanged&) const = default; };

// clang-format on

using Change = std::variant<TownChanged, VaccineChanged, VenueChanged, SlotChanged, BookingChanged,
                            ApplicationChanged, LeaseChanged, CallChanged, SettingsChanged,
                            TextChanged, ResidentChanged>;

// What the server says to one event.
struct Answer {
    enum class Verdict {
        Accepted,
        Worklist,  // accepted, and a person must look (why: `reason`)
        Aside,     // kept, not interpreted (why: `reason`)
    };

    EventNumber number;
    Verdict verdict = Verdict::Accepted;
    std::string reason;     // a word of ours in lower case, "doubled"; empty where accepted
    FeedPosition position;  // where its effect stands; the overlay keeps the event until then

    bool operator==(const Answer&) const = default;
};

// Events of a device that are not settled: those that the server has not answered, and those that
// it keeps aside for a person. `since`: when the oldest of them was written.
struct Backlog {
    std::size_t unanswered = 0;
    std::optional<Instant> unanswered_since = {};
    std::size_t aside = 0;
    std::optional<Instant> aside_since = {};

    bool operator==(const Backlog&) const = default;
};

}  // namespace mado

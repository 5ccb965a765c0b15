#pragma once

// An application: up to three choices of a slot, the dearest first, of somebody whom a kiosk could
// not book since it had neither network nor a seat that suits.
//
// It takes no seat and is no booking. The town's staff place it into the first of its choices that
// has a free seat, or decline it; the person can withdraw it; and a booking for the same dose, made
// anywhere, ends it.

#include "shared/domain/booking.h"
#include "shared/domain/slot.h"
#include "shared/domain/town.h"

#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace mado {

constexpr std::size_t kChoicesMax = 3;

// The device and the number of its event, as with a booking: no two events have the same.
using ApplicationId = BookingId;

enum class ApplicationState {
    Waiting,    // the town has not decided yet
    Placed,     // staff booked one of the choices, or another with the person's word
    Booked,     // the person has a booking for this dose from elsewhere
    Declined,   // staff could not place it
    Withdrawn,  // the person took it back
};

// In the order in which a table's row counts them.
inline constexpr std::array kApplicationStates = {
    ApplicationState::Waiting, ApplicationState::Placed, ApplicationState::Booked,
    ApplicationState::Declined, ApplicationState::Withdrawn};

// As the feed and files call it.
constexpr std::string_view name_of(ApplicationState state) {
    switch (state) {
        case ApplicationState::Waiting:
            return "waiting";
        case ApplicationState::Placed:
            return "placed";
        case ApplicationState::Booked:
            return "booked";
        case ApplicationState::Declined:
            return "declined";
        case ApplicationState::Withdrawn:
            return "withdrawn";
    }
    return "";
}

struct Application {
    ApplicationId id;
    PersonId person;
    int dose = 1;
    std::vector<SlotId> choices;
    Declaration declared;
    ApplicationState state = ApplicationState::Waiting;

    bool operator==(const Application&) const = default;
};

// One to three, none of them twice.
bool are_choices(std::span<const SlotId> choices);

// A choice as people read it.
struct ChosenPlace {
    int rank = 1;  // 1 is the dearest
    Slot slot;
    Venue venue;

    bool operator==(const ChosenPlace&) const = default;
};

// All that a screen or a paper says of an application. A choice whose slot is not known (any more)
// is left out; the others keep their rank.
struct Receipt {
    Application application;
    std::vector<ChosenPlace> places;
    Town town;

    bool operator==(const Receipt&) const = default;
};

// Whether the town has still to decide.
bool is_waiting(const Receipt& receipt);
Receipt receipt_of(const Application& application, const SlotTable& slots, const VenueTable& venues,
                   const Town& town);

}  // namespace mado

#pragma once

// What can stand on the worklist, who may act on it, and what they can do about it.
//
// One table: a reason that code writes into a row has its line here (worklist_rules.cpp), and a
// reason that a newer program wrote can at least be noted.

#include <optional>
#include <span>
#include <string_view>

namespace mado::server {

// What a person can do about a row.
enum class Choice {
    Kept,           // this booking stays; the person's others for the dose are cancelled
    Cancelled,      // this booking is cancelled and its seat is free
    Moved,          // this booking has a seat in another slot now
    Booked,         // the slip that was kept aside is a booking now
    Admitted,       // whoever held the slip was let in with it
    SeatsReturned,  // the seats that the device still held are free
    Noted,          // somebody has looked at it, and nothing is to be done
};
// "kept", "cancelled", "moved", "booked", "admitted", "seats-returned", "noted".
std::string_view name_of(Choice choice);
std::optional<Choice> parse_choice(std::string_view name);
// A sentence that says what it does.
std::string_view effect_of(Choice choice);

// Who may act.
enum class Actor {
    Desk,           // reception or call centre, with the person's word
    Administrator,  // whoever answers for the devices
};
std::string_view name_of(Actor actor);

struct WorklistRule {
    std::string_view reason;
    std::string_view happened;  // a sentence
    Actor actor = Actor::Desk;
    std::span<const Choice> choices;

    bool offers(Choice choice) const;
};

// The rule for a reason; `about_event` where the row names an event or booking (a clone is a device
// in one row, and a slip of such a device in another).
WorklistRule rule_of(std::string_view reason, bool about_event);
// Those for rows that name an event or booking.
std::span<const WorklistRule> rules_about_bookings();

}  // namespace mado::server

#include "sync/server/booking/worklist_rules.h"

#include <algorithm>
#include <array>

namespace mado::server {

namespace {

struct ChoiceWords {
    Choice choice;
    std::string_view name;
    std::string_view effect;
};

// clang-format off
constexpr std::array kChoices = {
    ChoiceWords{Choice::Kept,          "kept",           "this booking stays; the person's others for the dose are cancelled"},
    ChoiceWords{Choice::Cancelled,     "cancelled",      "this booking is cancelled and its seat is free"},
    ChoiceWords{Choice::Moved,         "moved",          "this booking gets a free seat of the slot that --slot names"},
    ChoiceWords{Choice::Booked,        "booked",         "the slip becomes a booking, in its slot or in the one that --slot names"},
    ChoiceWords{Choice::Admitted,      "admitted",       "whoever held the slip was let in with it"},
    ChoiceWords{Choice::SeatsReturned, "seats-returned", "the seats that the device still holds become free"},
    ChoiceWords{Choice::Noted,         "noted",          "somebody has looked at it; nothing else changes"},
};

constexpr std::array kChoose   = {Choice::Kept, Choice::Cancelled};
constexpr std::array kMove     = {Choice::Moved, Choice::Cancelled};
constexpr std::array kDispute  = {Choice::Moved, Choice::Cancelled, Choice::Noted};
constexpr std::array kCancel   = {Choice::Cancelled, Choice::Noted};
constexpr std::array kSlip     = {Choice::Booked, Choice::Admitted, Choice::Noted};
constexpr std::array kSeats    = {Choice::SeatsReturned, Choice::Noted};
constexpr std::array kLook     = {Choice::Noted};

// Bookings, and what devices said of them.
constexpr std::array kAboutEvents = {
    WorklistRule{"doubled",          "The person has more than one booking for this dose; each has its seat.", Actor::Desk, kChoose},
    WorklistRule{"slot-closed",      "The slot of this booking was closed; the booking still has its seat.", Actor::Desk, kMove},
    WorklistRule{"ticket-invalid",   "It was booked with a ticket that is no longer good.", Actor::Desk, kDispute},
    WorklistRule{"dose-on-record",   "It was booked for a dose that is on record already.", Actor::Desk, kDispute},
    WorklistRule{"no-earlier-dose",  "It was booked for a later dose, and the earlier one is not on record.", Actor::Desk, kDispute},
    WorklistRule{"record-not-good",  "It was booked by a dose record that is not this person's, or not signed by this town.", Actor::Desk, kDispute},
    WorklistRule{"record-differs",   "It was booked by a dose record that says another day or vaccine than the books do.", Actor::Desk, kDispute},
    WorklistRule{"other-vaccine",    "It was booked for another vaccine than the earlier dose had.", Actor::Desk, kDispute},
    WorklistRule{"too-early",        "It was booked for a day before the interval allows.", Actor::Desk, kDispute},
    WorklistRule{"stale-change",     "It was booked instead of another that had changed since, or is not known; that one was left as it is.", Actor::Desk, kDispute},
    WorklistRule{"cancel-aside",     "A wish to cancel or change it was kept aside; it stands as it was.", Actor::Desk, kCancel},
    WorklistRule{"stale-cancel",     "Somebody wished to cancel it who had not seen its last change.", Actor::Desk, kCancel},
    WorklistRule{"seat-not-held",    "A device sold a seat that it did not hold; the booking got a free one.", Actor::Administrator, kLook},
    WorklistRule{"level-jumped",     "A device's counter jumped; the seats in between became free.", Actor::Administrator, kLook},
    WorklistRule{"seats-not-held",   "A device gave back more seats than it held.", Actor::Administrator, kLook},
    WorklistRule{"no-seat",          "A slip was sold for a slot that has no seat for it; it is not booked.", Actor::Desk, kSlip},
    WorklistRule{"unknown-slot",     "A slip was sold for a slot that there is not; it is not booked.", Actor::Desk, kSlip},
    WorklistRule{"unknown-person",   "A slip was sold to somebody on no list; it is not booked.", Actor::Desk, kLook},
    WorklistRule{"wrong-dose",       "A slip was sold for a dose that there is not; it is not booked.", Actor::Administrator, kLook},
    WorklistRule{"wrong-id",         "A device sold a slip under another event's number; it is not booked.", Actor::Administrator, kLook},
    WorklistRule{"unknown-booking",  "A device printed a slip for a booking that there is not.", Actor::Administrator, kLook},
    WorklistRule{"applied-booked",   "Somebody applied for a dose that they have a booking for, or have had; the application has ended.", Actor::Desk, kLook},
    WorklistRule{"applied-twice",    "The person has applied for this dose before, and both wait; placing one ends the other.", Actor::Desk, kLook},
    WorklistRule{"choices-gone",     "None of what was applied for can be booked any more; it waits to be placed elsewhere or declined.", Actor::Desk, kLook},
    WorklistRule{"withdrawn-late",   "The person took an application back that had led to this booking by then; the booking stands.", Actor::Desk, kCancel},
    WorklistRule{"applicant-unknown", "Somebody on no list applied; the application does not wait.", Actor::Desk, kLook},
    WorklistRule{"application-aside", "An application was kept aside as it came; it does not wait.", Actor::Desk, kLook},
    WorklistRule{"applied-wrongly",  "A device sent an application that cannot be; it does not wait.", Actor::Administrator, kLook},
    WorklistRule{"unknown-application", "A device sent that an application was taken back which there is not.", Actor::Administrator, kLook},
    WorklistRule{"refused-by-store", "The database refused what this event means; the event is kept.", Actor::Administrator, kSlip},
    WorklistRule{"unreadable",       "This event cannot be read by this version; it is kept.", Actor::Administrator, kLook},
    WorklistRule{"clone",            "A copy of a device sold this slip; it is not booked.", Actor::Desk, kSlip},
    WorklistRule{"fenced",           "A fenced device sold this slip; it is not booked.", Actor::Desk, kSlip},
    WorklistRule{"revoked",          "A revoked device sold this slip; it is not booked.", Actor::Desk, kSlip},
};

// Devices and people.
constexpr std::array kAboutOthers = {
    WorklistRule{"clone",               "Two copies of this device's disk sent events; it is fenced.", Actor::Administrator, kSeats},
    WorklistRule{"journal-lost",        "The device has no more what the books lack of its events; it is fenced.", Actor::Administrator, kSeats},
    WorklistRule{"lost",                "The device was declared lost; it is fenced and its seats are held.", Actor::Administrator, kSeats},
    WorklistRule{"revoked",             "The device was shut out; its seats are held.", Actor::Administrator, kSeats},
    WorklistRule{"seats-returned",      "The seats that the device still held became free.", Actor::Administrator, kLook},
    WorklistRule{"restored",            "The books were restored from a backup; what was done since must be done again.", Actor::Administrator, kLook},
    WorklistRule{"tail-lost",           "The books had more events of this device than they have now; it sends them again.", Actor::Administrator, kLook},
    WorklistRule{"given-too-early",     "A dose was given before the interval allows.", Actor::Desk, kLook},
    WorklistRule{"given-other-vaccine", "A dose was given of another vaccine than the one before.", Actor::Desk, kLook},
};
// clang-format on

const ChoiceWords& words_of(Choice choice) {
    return *std::ranges::find(kChoices, choice, &ChoiceWords::choice);
}

constexpr WorklistRule kUnknownReason = {"", "Another version of the program wrote this row.",
                                         Actor::Administrator, kLook};

template <class Rules>
WorklistRule found_in(const Rules& rules, std::string_view reason) {
    const auto rule = std::ranges::find(rules, reason, &WorklistRule::reason);
    return rule == rules.end() ? kUnknownReason : *rule;
}

}  // namespace

std::string_view name_of(Choice choice) {
    return words_of(choice).name;
}

std::optional<Choice> parse_choice(std::string_view name) {
    const auto found = std::ranges::find(kChoices, name, &ChoiceWords::name);
    if (found == kChoices.end()) return {};
    return found->choice;
}

std::string_view effect_of(Choice choice) {
    return words_of(choice).effect;
}

std::string_view name_of(Actor actor) {
    return actor == Actor::Desk ? "desk" : "administrator";
}

bool WorklistRule::offers(Choice choice) const {
    return std::ranges::find(choices, choice) != choices.end();
}

WorklistRule rule_of(std::string_view reason, bool about_event) {
    return about_event ? found_in(kAboutEvents, reason) : found_in(kAboutOthers, reason);
}

std::span<const WorklistRule> rules_about_bookings() {
    return kAboutEvents;
}

}  // namespace mado::server

#pragma once

// Somebody in front of a kiosk: looks at the screen, and touches what a person would touch there.

#include "kiosk/flow/kiosk_flow.h"
#include "tests/support/dice.h"

#include <optional>

namespace mado::simulation {

struct Resident {
    Ticket ticket;
    BirthDate birth_date;
    PersonId person;
    // What the dose record says that they hold up in the ticket's place; none: they have none.
    std::optional<std::string> record = {};
};

enum class Manner {
    Sensible,   // answers what is asked
    Forgetful,  // gives a wrong birth date
    Hasty,      // touches anything anywhere
    Leaves,     // walks away in the middle, without a word
};

class Visitor {
  public:
    Visitor(Resident who, Manner manner) : who_(std::move(who)), manner_(manner) {}

    const Resident& who() const { return who_; }
    // Has gone away; the kiosk may not know it yet.
    bool gone() const { return gone_; }

    // What is touched or held up next, if anything.
    std::optional<kiosk::Event> act(const kiosk::Kiosk& kiosk, tests::Dice& dice);

  private:
    std::optional<kiosk::Event> sensible(const kiosk::Kiosk& kiosk, tests::Dice& dice) const;

    Resident who_;
    Manner manner_;
    int acts_ = 0;
    bool gone_ = false;
};

}  // namespace mado::simulation

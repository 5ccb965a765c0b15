#pragma once

// How long a kiosk waits for a person, and what happens then. Inside kiosk/flow only.

#include "kiosk/flow/steps.h"

namespace mado::kiosk::steps {

// A visit in which nothing has happened yet.
Visit new_visit(const Settings& settings);

// A clock that was set back must not leave a person's data standing for the difference.
Kiosk with_clock_at(Kiosk kiosk, Instant now);

Step tick(const At& at);

// When that matters next; none: never.
std::optional<Instant> patience_wake_at(const Kiosk& kiosk);

// How long this screen stays without a touch before something happens; none: for ever.
std::optional<Milliseconds> patience_of(const Kiosk& kiosk);

}  // namespace mado::kiosk::steps

#pragma once

// Calls for staff, which lie over every screen. Inside kiosk/flow only.

#include "kiosk/flow/steps.h"

namespace mado::kiosk::steps {

Step on(const At& at, const CallTold& told);

// Asks the device for what a call needs: it begins with the touch, ends when nothing of it lies
// over the screen any more, however that went, and its time runs meanwhile.
void settle_call(const Kiosk& before, Step& next, Instant now);

// When the call's time is over; none without one, or once that does not matter.
std::optional<Instant> call_wake_at(const Kiosk& kiosk);

}  // namespace mado::kiosk::steps

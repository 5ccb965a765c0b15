#pragma once

// When a kiosk speaks: what it says then is kiosk/texts' to know. Inside kiosk/flow only.

#include "kiosk/flow/steps.h"

namespace mado::kiosk::steps {

Step on(const At& at, const SpeechEnded& end);
Step on(const At& at, const SpeechFailed& end);
Step on(const At& at, const HeadsetPluggedIn& event);
Step on(const At& at, const HeadsetPulledOut& event);
Step on(const At& at, const FocusMoved& event);

// Speaks where `next` shows, after `event`, something that was not said yet, and hushes where
// nobody listens any more.
void settle_voice(const Kiosk& before, const Event& event, Step& next);

}  // namespace mado::kiosk::steps

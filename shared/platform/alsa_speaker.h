#pragma once

// The speaker of a kiosk: recordings where the town has made some, espeak-ng otherwise, by ALSA.

#include "shared/platform/headset_jack.h"
#include "shared/ports/speaker.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace mado {

struct SpeakerSettings {
    std::string device = "default";  // ALSA's name
    // Holds <language>/<key>.wav (recording.h says of which kind); empty: there are none. They are
    // played at their own pace alone: who asks for a slower one hears the synthesis, and so does
    // everybody where a recording does not fit.
    std::filesystem::path recordings;
    // Called every 20 ms while an utterance comes out, so that one can tell a long one from a card
    // that stands still.
    std::function<void()> goes_on = [] {};
};

// Touches no device until the first utterance. `headset` is asked every 20 ms while something
// personal is spoken; it is a parameter so that tests can plug and unplug.
std::unique_ptr<Speaker> alsa_speaker(SpeakerSettings settings, HeadsetSense headset);

}  // namespace mado

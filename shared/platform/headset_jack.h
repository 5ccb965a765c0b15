#pragma once

// Whether a headset is plugged in: what the jack of a sound card says.

#include "shared/base/io_error.h"
#include "shared/base/result.h"

#include <functional>
#include <string>

namespace mado {

// For any thread. Unavailable: that cannot be told.
using HeadsetSense = std::function<Result<bool, IoError>()>;

// `setting` is "never" (no headset, so nothing personal is ever spoken), "always" (a handset hangs
// at the kiosk and no loudspeaker shares its device), or the name of the card's control for the
// jack as `amixer -c 0 controls` shows it, "Headphone Jack". `card` is ALSA's name of the card,
// "hw:0" or "default".
HeadsetSense headset_sense(const std::string& setting, const std::string& card);

}  // namespace mado

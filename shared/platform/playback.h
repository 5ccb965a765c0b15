#pragma once

// A sound on its way out of an ALSA device, which can be cut off at any moment.

#include "shared/base/io_error.h"
#include "shared/base/result.h"
#include "shared/platform/sound.h"
#include "shared/ports/speaker.h"

#include <functional>
#include <optional>
#include <string>

namespace mado {

// Why a sound should end now; no value: it should go on.
using Interruption = std::function<std::optional<Spoken>()>;

// Plays `sound` on `device`, a name of ALSA's ("default", "plughw:CARD=PCH"), and waits until it
// has come out. Asks `interruption` before the first sound and every 20 ms; on a value it throws
// away what the device has not played yet, and returns that value. The device is opened anew each
// time. Unavailable: not there, in use, gone, or it takes no sound for a second.
Result<Spoken, IoError> play(const std::string& device, const Sound& sound,
                             const Interruption& interruption);

}  // namespace mado

#pragma once

// What ALSA says, as an IoError. Of use to its adapters alone.

#include "shared/base/io_error.h"

#include <string>

namespace mado {

// Unavailable, with ALSA's own words for `code`: whatever is wrong with a sound card, one tries
// again later.
IoError alsa_error(const std::string& what, int code);

// ALSA explains each failure on stderr, several lines long; the errors that we return say enough.
void silence_alsa();

}  // namespace mado

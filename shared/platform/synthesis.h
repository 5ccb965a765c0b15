#pragma once

// A voice for every text that nobody has recorded, by espeak-ng.

#include "shared/base/io_error.h"
#include "shared/base/result.h"
#include "shared/platform/sound.h"
#include "shared/ports/speaker.h"

#include <string>
#include <string_view>

namespace mado {

// Whether there is a voice for this language, as the catalogues name it.
bool has_voice(std::string_view language);

// Speaks `reading` into memory, 0.02 s of work for a sentence. Refused: a language without a voice,
// a text that is not UTF-8 or longer than 4,000 bytes, and a Japanese or Chinese one with
// ideographs, which espeak-ng would read as "Chinese letter". Unavailable: espeak-ng or its data is
// not there. For any thread; one speaks at a time.
Result<Sound, IoError> synthesise(std::string_view language, const std::string& reading, Pace pace);

}  // namespace mado

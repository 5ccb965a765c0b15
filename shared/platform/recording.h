#pragma once

// A voice that people know: recordings that a town has made of its texts.

#include "shared/base/io_error.h"
#include "shared/base/result.h"
#include "shared/platform/sound.h"

#include <filesystem>
#include <optional>
#include <string_view>

namespace mado {

// Where <folder>/<language>/<key>.wav would be. None where the key is not of lower-case letters,
// digits, '_', '-' and single dots, so that no key leads out of the folder.
std::optional<std::filesystem::path> recording_of(const std::filesystem::path& folder,
                                                  std::string_view language, std::string_view key);

// A WAV file of 16-bit PCM, mono or stereo, of 8,000 to 48,000 Hz, at most a minute long. Refused
// where there is none, Corrupt where it is anything else.
Result<Sound, IoError> read_recording(const std::filesystem::path& file);

}  // namespace mado

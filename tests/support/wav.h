#pragma once

// A sound as the WAV file that a recorder would write.

#include "shared/platform/sound.h"

#include <string>

namespace mado::tests {

inline std::string wav_of(const Sound& sound) {
    std::string file;
    const auto number = [&](std::uint32_t value, int bytes) {
        for (; bytes > 0; --bytes, value >>= 8)
            file += static_cast<char>(value & 0xFF);
    };
    const auto rate = static_cast<std::uint32_t>(sound.rate);
    const auto frame_bytes = static_cast<std::uint32_t>(sound.channels) * 2;
    const auto data_bytes = static_cast<std::uint32_t>(sound.samples.size()) * 2;
    file += "RIFF";
    number(36 + data_bytes, 4);
    file += "WAVEfmt ";
    number(16, 4);
    number(1, 2);  // PCM
    number(frame_bytes / 2, 2);
    number(rate, 4);
    number(rate * frame_bytes, 4);
    number(frame_bytes, 2);
    number(16, 2);
    file += "data";
    number(data_bytes, 4);
    for (const std::int16_t sample : sound.samples)
        number(static_cast<std::uint16_t>(sample), 2);
    return file;
}

}  // namespace mado::tests

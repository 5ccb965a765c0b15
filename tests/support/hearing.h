#pragma once

// What an ear would say about samples.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <span>

namespace mado::tests {

// Below this a sample is silence: 1 % of full scale.
constexpr int kAudible = 300;

inline bool is_audible(std::int16_t sample) {
    return std::abs(int{sample}) >= kAudible;
}

// Without the silence before the first sound and after the last.
inline std::span<const std::int16_t> without_silence_around(std::span<const std::int16_t> samples) {
    while (!samples.empty() && !is_audible(samples.front()))
        samples = samples.subspan(1);
    while (!samples.empty() && !is_audible(samples.back()))
        samples = samples.first(samples.size() - 1);
    return samples;
}

// How many stretches of silence of at least `length_min` samples lie between sounds.
inline int count_pauses(std::span<const std::int16_t> samples, std::size_t length_min) {
    int pauses = 0;
    std::size_t length = 0;
    for (const std::int16_t sample : without_silence_around(samples)) {
        if (is_audible(sample) && length >= length_min) ++pauses;
        length = is_audible(sample) ? 0 : length + 1;
    }
    return pauses;
}

// The largest amplitude.
inline int loudness(std::span<const std::int16_t> samples) {
    int most = 0;
    for (const std::int16_t sample : samples)
        most = std::max(most, std::abs(int{sample}));
    return most;
}

}  // namespace mado::tests

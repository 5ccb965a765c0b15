#pragma once

// Sound in memory: samples of 16 bits, those of one moment side by side.

#include <cstdint>
#include <vector>

namespace mado {

struct Sound {
    int rate = 0;  // moments a second
    int channels = 1;
    std::vector<std::int16_t> samples;  // a multiple of `channels`
};

}  // namespace mado

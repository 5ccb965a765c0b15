#pragma once

// A picture in memory: what the film program draws, films and writes as PNG.

#include <cstdint>
#include <filesystem>
#include <vector>

namespace mado::film {

// Rows from the top, each pixel blue, green, red, coverage (255: paper is here).
struct Picture {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> bgra;
    double pixels_per_mm = 1;
};

// False when the file cannot be written.
bool write_png(const Picture& picture, const std::filesystem::path& file);

}  // namespace mado::film

#pragma once

// A camera, a film or a folder of pictures: frames, one after the other.

#include "shared/base/io_error.h"
#include "shared/base/result.h"

#include <cstdint>
#include <vector>

namespace mado {

// One picture: rows from the top, pixels from the left, three bytes a pixel (blue, green, red) and
// no padding. `colour.size() == width * height * 3`, `grey.size() == width * height`.
struct Frame {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> grey;
    std::vector<std::uint8_t> colour;
};

class Camera {
  public:
    virtual ~Camera() = default;

    // Waits for the next picture and hands it out. Unavailable when none came within a second or
    // the source has ended; the caller may ask again.
    virtual Result<Frame, IoError> next() = 0;
};

}  // namespace mado

#pragma once

// A camera that shows prepared pictures, one after the other and the last for ever, and fails when
// it is told to. It waits for nothing.

#include "shared/ports/camera.h"
#include "tests/support/failing.h"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace mado::tests {

// A picture of one brightness, 0 to 255.
inline Frame a_picture(int brightness, int width = 64, int height = 48) {
    const auto pixels = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
    const auto level = static_cast<std::uint8_t>(brightness);
    return {width, height, std::vector(pixels, level), std::vector(3 * pixels, level)};
}

class FakeCamera final : public Camera, public Failing {
  public:
    // At least one.
    explicit FakeCamera(std::vector<Frame> pictures) : pictures_(std::move(pictures)) {}

    Result<Frame, IoError> next() override {
        ++looks_;
        if (const auto error = next_error()) return fail(*error);
        const Frame picture = pictures_[at_];
        at_ = std::min(at_ + 1, pictures_.size() - 1);
        return picture;
    }

    int looks() const { return looks_; }

  private:
    std::vector<Frame> pictures_;
    std::size_t at_ = 0;
    int looks_ = 0;
};

}  // namespace mado::tests

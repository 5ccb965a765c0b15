#pragma once

// Grey pictures, and the few cheap things that are done to them before a reader looks.

#include <cstdint>
#include <optional>
#include <vector>

namespace mado {
struct Frame;
}

namespace mado::scan {

// Somebody else's pixels: rows from the top without padding. Valid as long as their owner is.
struct GreyView {
    const std::uint8_t* pixels = nullptr;
    int width = 0;
    int height = 0;
};

struct Grey {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> pixels;

    GreyView view() const { return {pixels.data(), width, height}; }
};

// The frame's grey picture. No value where the frame is not what it says (its bytes do not fit its
// size), smaller than any code or larger than any camera.
std::optional<GreyView> grey_of(const Frame& frame);

// Half as wide and high, each pixel the mean of four.
Grey halved(GreyView picture);
// Twice as wide and high, interpolated: modules of two pixels become readable.
Grey doubled(GreyView picture);
// The middle of the picture, half as wide and high.
Grey middle_of(GreyView picture);
// Dark is light: no reader here reads a code that is light on dark.
Grey inverted(GreyView picture);

// What a picture looks like from far away: brightness and busyness of its parts, good for telling
// whether anything has changed and for nothing else.
class Thumbprint {
  public:
    static Thumbprint of(GreyView picture);

    // Whether a person would say that something moved, appeared or came into focus. Camera noise is
    // no change.
    bool differs_from(const Thumbprint& other) const;

  private:
    int width_ = 0;
    int height_ = 0;
    std::vector<int> brightness_;  // of each part, 16 times the mean
    std::vector<int> busyness_;    // 16 times the mean step between neighbours
};

}  // namespace mado::scan

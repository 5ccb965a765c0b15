#pragma once

// Films of paper held to a kiosk's camera: what a test gives the kiosk instead of a person.
//
// A film is a list of parts: an empty view, or a sheet that a hand brings, holds to the camera for
// a while and takes away again. What a camera does to it is in it too: perspective, a hand that
// trembles, blur of motion and of focus, uneven and dim light, noise. The same seed makes the same
// film, frame for frame.

#include "tests/film/picture.h"
#include "tests/film/sheet.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace mado::film {

constexpr int kFrameWidth = 1280;
constexpr int kFrameHeight = 720;
constexpr int kFramesPerSecond = 15;

struct HeldSheet {
    Picture picture;
    SheetPoint aim;  // what the person brings before the lens
};

struct Part {
    double seconds = 2;
    std::optional<HeldSheet> sheet;  // none: nobody is there
};

struct Conditions {
    std::uint64_t seed = 1;
    double light = 0.8;  // 1 is a bright room, 0.3 a dim corner
    double noise = 1;    // 0 is none
    double blur = 1;     // of motion and of focus
    // At the nearest: 9.5 makes 4.5 pixels of a module of the ticket's QR code.
    double pixels_per_mm = 9.5;
};

// An AVI of MJPG frames, 1280×720 at 15 a second. False when the file cannot be written.
bool write_film(const std::vector<Part>& parts, const Conditions& conditions,
                const std::filesystem::path& file);

}  // namespace mado::film

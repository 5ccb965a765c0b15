#include "shared/scan/measure.h"

#include "shared/scan/grey.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace mado::scan {

namespace {

constexpr int kRowStep = 8;

// A ticket's QR code is less than a hundredth of a 720p frame that shows the whole sheet, and a
// third of it is edges.
constexpr double kEdgeShare = 0.998;
constexpr double kDarkShare = 0.01;
constexpr double kLightShare = 0.99;
constexpr double kDark = 0.2;
constexpr double kFlat = 0.15;
constexpr double kBlurred = 0.3;

using Histogram = std::array<std::int64_t, 256>;

// The level below which `share` of the counted pixels lie.
int level_at(const Histogram& histogram, std::int64_t count, double share) {
    std::int64_t below = 0;
    for (int level = 0; level < 256; ++level) {
        below += histogram[static_cast<std::size_t>(level)];
        if (static_cast<double>(below) >= share * static_cast<double>(count)) return level;
    }
    return 255;
}

}  // namespace

Measures measure(const Frame& frame) {
    const auto picture = grey_of(frame);
    if (!picture) return {};

    Histogram levels{};
    Histogram steps{};
    std::int64_t sum = 0;
    std::int64_t count = 0;
    for (int y = 0; y < picture->height; y += kRowStep) {
        const std::uint8_t* row = picture->pixels + static_cast<std::ptrdiff_t>(y) * picture->width;
        for (int x = 1; x + 1 < picture->width; ++x) {
            sum += row[x];
            ++count;
            ++levels[row[x]];
            ++steps[static_cast<std::size_t>(std::abs(row[x + 1] - row[x - 1]))];
        }
    }
    const int spread = level_at(levels, count, kLightShare) - level_at(levels, count, kDarkShare);
    const int steepest = level_at(steps, count, kEdgeShare);
    return {static_cast<double>(sum) / static_cast<double>(count) / 255.0, spread / 255.0,
            std::min(1.0, static_cast<double>(steepest) / std::max(spread, 1))};
}

Advice advice_for(const Measures& measures) {
    if (measures.brightness < kDark) return Advice::MoreLight;
    if (measures.contrast < kFlat) return Advice::HoldTicket;
    if (measures.sharpness < kBlurred) return Advice::HoldStill;
    return Advice::ComeCloser;
}

}  // namespace mado::scan

#include "shared/scan/grey.h"

#include "shared/ports/camera.h"

#include <algorithm>
#include <cstdlib>

namespace mado::scan {

namespace {

// The smallest QR code has 21 modules; no camera has more than 64 million pixels.
constexpr int kSideMin = 21;
constexpr int kSideMax = 16'384;
constexpr std::int64_t kPixelsMax = 64'000'000;

// Parts of the thumbprint. Forty pixels of a 720p frame are about a ticket's QR code.
constexpr int kPart = 40;
constexpr int kRowStep = 8;
constexpr int kColumnStep = 2;
constexpr int kScale = 16;

// Measured on films with noise of five grey levels: parts of a still picture stay below half of it.
constexpr int kBrightnessStep = 3 * kScale;
constexpr int kBusynessStep = 2 * kScale;

std::size_t at(int x, int y, int width) {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
           static_cast<std::size_t>(x);
}

std::size_t size_of(int width, int height) {
    return at(0, height, width);
}

bool differ(const std::vector<int>& a, const std::vector<int>& b, int step) {
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (std::abs(a[i] - b[i]) > step) return true;
    }
    return false;
}

}  // namespace

std::optional<GreyView> grey_of(const Frame& frame) {
    if (frame.width < kSideMin || frame.height < kSideMin) return {};
    if (frame.width > kSideMax || frame.height > kSideMax) return {};
    if (std::int64_t{frame.width} * frame.height > kPixelsMax) return {};
    if (frame.grey.size() != size_of(frame.width, frame.height)) return {};
    return GreyView{frame.grey.data(), frame.width, frame.height};
}

Grey halved(GreyView picture) {
    Grey half{picture.width / 2, picture.height / 2, {}};
    half.pixels.resize(size_of(half.width, half.height));
    for (int y = 0; y < half.height; ++y) {
        const std::uint8_t* upper = picture.pixels + at(0, 2 * y, picture.width);
        const std::uint8_t* lower = upper + picture.width;
        std::uint8_t* out = half.pixels.data() + at(0, y, half.width);
        for (int x = 0; x < half.width; ++x) {
            const int sum = upper[2 * x] + upper[2 * x + 1] + lower[2 * x] + lower[2 * x + 1];
            out[x] = static_cast<std::uint8_t>((sum + 2) / 4);
        }
    }
    return half;
}

Grey doubled(GreyView picture) {
    Grey twice{picture.width * 2, picture.height * 2, {}};
    twice.pixels.resize(size_of(twice.width, twice.height));
    for (int y = 0; y < twice.height; ++y) {
        const int above = std::max(0, (y - 1) / 2);
        const int below = std::min(picture.height - 1, (y + 1) / 2);
        const std::uint8_t* near =
            picture.pixels + at(0, y % 2 == 0 ? below : above, picture.width);
        const std::uint8_t* far = picture.pixels + at(0, y % 2 == 0 ? above : below, picture.width);
        std::uint8_t* out = twice.pixels.data() + at(0, y, twice.width);
        for (int x = 0; x < twice.width; ++x) {
            const int left = std::max(0, (x - 1) / 2);
            const int right = std::min(picture.width - 1, (x + 1) / 2);
            const int close = x % 2 == 0 ? right : left;
            const int away = x % 2 == 0 ? left : right;
            const int sum = 9 * near[close] + 3 * near[away] + 3 * far[close] + far[away];
            out[x] = static_cast<std::uint8_t>((sum + 8) / 16);
        }
    }
    return twice;
}

Grey inverted(GreyView picture) {
    Grey other{picture.width, picture.height, {}};
    other.pixels.resize(size_of(picture.width, picture.height));
    std::transform(picture.pixels, picture.pixels + other.pixels.size(), other.pixels.begin(),
                   [](std::uint8_t pixel) { return static_cast<std::uint8_t>(255 - pixel); });
    return other;
}

Thumbprint Thumbprint::of(GreyView picture) {
    Thumbprint print;
    print.width_ = picture.width;
    print.height_ = picture.height;
    for (int top = 0; top < picture.height; top += kPart) {
        const int bottom = std::min(top + kPart, picture.height);
        for (int left = 0; left < picture.width; left += kPart) {
            const int right = std::min(left + kPart, picture.width) - 1;
            int brightness = 0;
            int busyness = 0;
            int count = 0;
            for (int y = top; y < bottom; y += kRowStep) {
                const std::uint8_t* row = picture.pixels + at(0, y, picture.width);
                for (int x = left; x < right; x += kColumnStep) {
                    brightness += row[x];
                    busyness += std::abs(row[x + 1] - row[x]);
                    ++count;
                }
            }
            print.brightness_.push_back(count == 0 ? 0 : brightness * kScale / count);
            print.busyness_.push_back(count == 0 ? 0 : busyness * kScale / count);
        }
    }
    return print;
}

bool Thumbprint::differs_from(const Thumbprint& other) const {
    if (width_ != other.width_ || height_ != other.height_) return true;
    return differ(brightness_, other.brightness_, kBrightnessStep) ||
           differ(busyness_, other.busyness_, kBusynessStep);
}

}  // namespace mado::scan

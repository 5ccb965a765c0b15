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

// Parts of the thumbprint. A ticket's QR code has about eighty pixels in a 720p frame.
constexpr int kPart = 80;
constexpr int kRowStep = 8;
constexpr int kColumnStep = 2;
constexpr int kScale = 16;

// In grey levels. A part is the mean of 400 samples: noise of ±8 levels moves it by 0.25, so that
// among 144 parts six times that is never seen.
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
    std::vector<int> mixed(static_cast<std::size_t>(picture.width) + 2);
    for (int y = 0; y < twice.height; ++y) {
        // A new row lies a quarter of a pixel from one old row and three quarters from another.
        const int near = y / 2;
        const int far = std::clamp(y % 2 == 0 ? near - 1 : near + 1, 0, picture.height - 1);
        const std::uint8_t* near_row = picture.pixels + at(0, near, picture.width);
        const std::uint8_t* far_row = picture.pixels + at(0, far, picture.width);
        for (int x = 0; x < picture.width; ++x) {
            mixed[static_cast<std::size_t>(x) + 1] = 3 * near_row[x] + far_row[x];
        }
        mixed.front() = mixed[1];
        mixed.back() = mixed[mixed.size() - 2];

        std::uint8_t* out = twice.pixels.data() + at(0, y, twice.width);
        const int* middle = mixed.data() + 1;
        for (int x = 0; x < picture.width; ++x) {
            out[2 * x] = static_cast<std::uint8_t>((3 * middle[x] + middle[x - 1] + 8) / 16);
            out[2 * x + 1] = static_cast<std::uint8_t>((3 * middle[x] + middle[x + 1] + 8) / 16);
        }
    }
    return twice;
}

Grey middle_of(GreyView picture) {
    Grey middle{picture.width / 2, picture.height / 2, {}};
    middle.pixels.reserve(size_of(middle.width, middle.height));
    for (int y = 0; y < middle.height; ++y) {
        const std::uint8_t* row =
            picture.pixels + at(picture.width / 4, picture.height / 4 + y, picture.width);
        middle.pixels.insert(middle.pixels.end(), row, row + middle.width);
    }
    return middle;
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

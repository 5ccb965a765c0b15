#include "tests/unit/scan/pictures.h"

#include "shared/base/check.h"

#include <algorithm>

#include <ZXing/BitMatrix.h>
#include <ZXing/MultiFormatWriter.h>
#include <opencv2/imgproc.hpp>

namespace mado::scan::tests {

namespace {

constexpr std::uint8_t kInk = 30;
constexpr std::uint8_t kPaper = 225;
constexpr int kQuietModules = 1;

std::uint8_t clamped(int level) {
    return static_cast<std::uint8_t>(std::clamp(level, 0, 255));
}

ZXing::BitMatrix encoded(ZXing::BarcodeFormat format, const std::string& text, int height) {
    ZXing::MultiFormatWriter writer(format);
    writer.setMargin(0);
    return writer.encode(text, 0, height);
}

}  // namespace

Picture::Picture(int width, int height, std::uint8_t grey)
    : width_(width),
      height_(height),
      pixels_(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), grey) {}

Picture& Picture::rectangle(int x, int y, int width, int height, std::uint8_t grey) {
    MADO_CHECK(x >= 0 && y >= 0 && x + width <= width_ && y + height <= height_);
    for (int row = y; row < y + height; ++row) {
        const auto start = pixels_.begin() + static_cast<std::ptrdiff_t>(row) * width_ + x;
        std::fill(start, start + width, grey);
    }
    return *this;
}

Picture& Picture::qr(const std::string& text, int x, int y, int module) {
    const auto code = encoded(ZXing::BarcodeFormat::QRCode, text, 0);
    const int side = (code.width() + 2 * kQuietModules) * module;
    rectangle(x, y, side, side, kPaper);
    for (int row = 0; row < code.height(); ++row) {
        for (int column = 0; column < code.width(); ++column) {
            if (!code.get(column, row)) continue;
            rectangle(x + (column + kQuietModules) * module, y + (row + kQuietModules) * module,
                      module, module, kInk);
        }
    }
    return *this;
}

Picture& Picture::nw7(const std::string& text, int x, int y, int narrow, int height) {
    const auto code = encoded(ZXing::BarcodeFormat::Codabar, text, 1);
    constexpr int kQuietBars = 10;
    rectangle(x, y, (code.width() + 2 * kQuietBars) * narrow, height, kPaper);
    for (int bar = 0; bar < code.width(); ++bar) {
        if (code.get(bar, 0)) rectangle(x + (bar + kQuietBars) * narrow, y, narrow, height, kInk);
    }
    return *this;
}

Picture& Picture::turned(double degrees) {
    cv::Mat source(height_, width_, CV_8UC1, pixels_.data());
    cv::Mat turned;
    const cv::Point2f middle(static_cast<float>(width_) / 2, static_cast<float>(height_) / 2);
    cv::warpAffine(source, turned, cv::getRotationMatrix2D(middle, degrees, 1.0), source.size(),
                   cv::INTER_LINEAR, cv::BORDER_REPLICATE);
    pixels_.assign(turned.data, turned.data + pixels_.size());
    return *this;
}

Picture& Picture::blurred(int radius) {
    cv::Mat source(height_, width_, CV_8UC1, pixels_.data());
    cv::Mat soft;
    cv::blur(source, soft, {2 * radius + 1, 2 * radius + 1});
    pixels_.assign(soft.data, soft.data + pixels_.size());
    return *this;
}

Picture& Picture::noisy(Dice& dice, int amplitude) {
    for (auto& level : pixels_)
        level = clamped(level + dice.between(-amplitude, amplitude));
    return *this;
}

Picture& Picture::inverted() {
    for (auto& level : pixels_)
        level = static_cast<std::uint8_t>(255 - level);
    return *this;
}

Picture& Picture::darkened(double factor) {
    for (auto& level : pixels_)
        level = clamped(static_cast<int>(level * factor));
    return *this;
}

Frame Picture::frame() const {
    return {width_, height_, pixels_, {}};
}

Picture an_empty_desk() {
    Picture desk(1280, 720, 150);
    Dice dice(7);
    for (int i = 0; i < 60; ++i) {
        const int width = dice.between(10, 300);
        const int height = dice.between(10, 200);
        desk.rectangle(dice.below(1280 - width), dice.below(720 - height), width, height,
                       static_cast<std::uint8_t>(dice.between(60, 220)));
    }
    return desk.blurred(1);
}

Picture a_desk_with_a_ticket(int module) {
    Picture desk = an_empty_desk();
    const int sticker = 30 * module;
    desk.rectangle(20, 200, 4 * sticker + 40, 40 * module, kPaper);
    for (int i = 0; i < 4; ++i) {
        std::string line = kTicketLine;
        line[0] = i < 2 ? '2' : '1';
        line[1] = static_cast<char>('1' + i % 2);
        desk.qr(line, 40 + i * sticker, 210, module);
    }
    return desk.blurred(1);
}

}  // namespace mado::scan::tests

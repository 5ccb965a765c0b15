#include "shared/scan/scanner.h"

#include "shared/scan/zxing_reader.h"

#include <algorithm>

namespace mado::scan {

namespace {

// Beyond this a picture has pixels enough as it is.
constexpr std::int64_t kDoubledPixelsMax = 1'500'000;
constexpr int kUnlikelyWays = 3;

bool within(Instant earlier, Instant now, Milliseconds span) {
    return earlier <= now && now - earlier < span;
}

bool same_text(const Code& a, const Code& b) {
    return a.format == b.format && a.text == b.text;
}

// Corners in the frame's pixels, of a code that was read in a picture `scale` times as large.
Code in_frame(Code code, double scale) {
    for (Point& corner : code.corners) {
        corner = {static_cast<int>(corner.x / scale), static_cast<int>(corner.y / scale)};
    }
    return code;
}

std::optional<Code> read_scaled(const Grey& picture, double scale, Formats formats) {
    auto code = read_code(picture.view(), formats);
    if (!code) return {};
    return in_frame(*std::move(code), scale);
}

}  // namespace

Sighting Scanner::look(const Frame& frame, Instant now) {
    const auto picture = grey_of(frame);
    if (!picture) return {};
    if (settings_.effort == Effort::Film && seems_unchanged(*picture, now)) return sighting(now);

    examined_at_ = now;
    in_view_ = examine(*picture);
    return sighting(now);
}

void Scanner::forget() {
    in_view_.reset();
    reports_.clear();
    thumbprint_.reset();
}

bool Scanner::seems_unchanged(GreyView picture, Instant now) {
    const Thumbprint print = Thumbprint::of(picture);
    if (thumbprint_ && !print.differs_from(*thumbprint_) &&
        within(examined_at_, now, settings_.look_again_after)) {
        return true;
    }
    thumbprint_ = print;
    return false;
}

std::optional<Code> Scanner::examine(GreyView picture) {
    // At half size noise is gone and a quarter of the pixels is left; most codes are read here.
    if (auto code = read_scaled(halved(picture), 0.5, Formats::QrAlone)) return code;
    if (auto code = read_code(picture, Formats::QrAndNw7)) return code;

    if (settings_.effort == Effort::Film) {
        turn_ = (turn_ + 1) % kUnlikelyWays;
        return examine_unlikely(picture, turn_);
    }
    for (int way = 0; way < kUnlikelyWays; ++way) {
        if (auto code = examine_unlikely(picture, way)) return code;
    }
    return {};
}

std::optional<Code> Scanner::examine_unlikely(GreyView picture, int which) {
    switch (which) {
        case 0:
            return read_scaled(inverted(picture), 1, Formats::QrAlone);
        case 1:
            return read_scaled(inverted(halved(picture).view()), 0.5, Formats::QrAlone);
        default:
            break;
    }
    const bool large = std::int64_t{picture.width} * picture.height > kDoubledPixelsMax;
    if (large) return {};
    return read_scaled(doubled(picture), 2, Formats::QrAlone);
}

Sighting Scanner::sighting(Instant now) {
    std::erase_if(reports_, [&](const Report& report) {
        return !within(report.at, now, settings_.repeat_after);
    });
    if (!in_view_) return {};
    const bool reported = std::ranges::any_of(
        reports_, [&](const Report& report) { return same_text(report.code, *in_view_); });
    if (reported) return {{}, true};
    reports_.push_back({*in_view_, now});
    return {{*in_view_}, true};
}

}  // namespace mado::scan

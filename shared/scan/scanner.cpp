#include "shared/scan/scanner.h"

#include "shared/scan/zxing_reader.h"

#include <algorithm>
#include <array>

namespace mado::scan {

namespace {

// Beyond this a picture has pixels enough as it is.
constexpr std::int64_t kEnlargedPixelsMax = 1'500'000;

// What to do with a picture in which the first look, at half its size, found nothing: codes that
// are too fine for half the size or for the whole, sheets without a QR code, dark screens.
enum class Way { Whole, Enlarged, Barcode, Inverted, InvertedHalf };
constexpr std::array kWays = {Way::Whole, Way::Enlarged, Way::Barcode, Way::Inverted,
                              Way::InvertedHalf};

// A film's frames have one way each, in this order: a sheet held by a hand is read by the first
// two.
constexpr std::array kTurns = {Way::Whole, Way::Enlarged, Way::Barcode,
                               Way::Whole, Way::Enlarged, Way::Inverted,
                               Way::Whole, Way::Enlarged, Way::InvertedHalf};

bool within(Instant earlier, Instant now, Milliseconds span) {
    return earlier <= now && now - earlier < span;
}

bool same_text(const Code& a, const Code& b) {
    return a.format == b.format && a.text == b.text;
}

// Corners in the frame's pixels, of a code that was read in a picture `scale` times as large which
// began at `origin`.
Code in_frame(Code code, double scale, Point origin) {
    for (Point& corner : code.corners) {
        corner = {static_cast<int>(corner.x / scale) + origin.x,
                  static_cast<int>(corner.y / scale) + origin.y};
    }
    return code;
}

std::optional<Code> read_scaled(const Grey& picture, double scale, Point origin) {
    auto code = read_code(picture.view(), CodeFormat::Qr);
    if (!code) return {};
    return in_frame(*std::move(code), scale, origin);
}

// Four times the pixels cost four times the work: where another frame follows, only the middle is
// enlarged, which is where people hold what they want to be read.
std::optional<Code> read_enlarged(GreyView picture, Effort effort) {
    if (effort == Effort::Film) {
        const Grey middle = middle_of(picture);
        return read_scaled(doubled(middle.view()), 2, {picture.width / 4, picture.height / 4});
    }
    if (std::int64_t{picture.width} * picture.height > kEnlargedPixelsMax) return {};
    return read_scaled(doubled(picture), 2, {});
}

std::optional<Code> read_in(Way way, GreyView picture, Effort effort) {
    switch (way) {
        case Way::Whole:
            return read_code(picture, CodeFormat::Qr);
        case Way::Enlarged:
            return read_enlarged(picture, effort);
        case Way::Barcode:
            return read_code(picture, CodeFormat::Nw7);
        case Way::Inverted:
            return read_scaled(inverted(picture), 1, {});
        case Way::InvertedHalf:
            return read_scaled(inverted(halved(picture).view()), 0.5, {});
    }
    return {};
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
    turn_ = 0;
}

bool Scanner::seems_unchanged(GreyView picture, Instant now) {
    const Thumbprint print = Thumbprint::of(picture);
    const bool same = thumbprint_ && !print.differs_from(*thumbprint_);
    if (!same) {
        thumbprint_ = print;
        turns_untried_ = kTurns.size();
    }
    const bool tried = in_view_.has_value() || turns_untried_ == 0;
    return same && tried && within(examined_at_, now, settings_.look_again_after);
}

std::optional<Code> Scanner::examine(GreyView picture) {
    // At half size noise is gone and a quarter of the pixels is left; most codes are read here.
    if (auto code = read_scaled(halved(picture), 0.5, {})) return code;

    if (settings_.effort == Effort::Film) {
        const Way way = kTurns[turn_];
        turn_ = (turn_ + 1) % kTurns.size();
        if (turns_untried_ > 0) --turns_untried_;
        return read_in(way, picture, settings_.effort);
    }
    for (const Way way : kWays) {
        if (auto code = read_in(way, picture, settings_.effort)) return code;
    }
    return {};
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

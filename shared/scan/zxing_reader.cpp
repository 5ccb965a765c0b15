#include "shared/scan/zxing_reader.h"

#define ZX_USE_UTF8 1
#include <exception>

#include <ZXing/ReadBarcode.h>

namespace mado::scan {

namespace {

// A ticket's barcode has ten digits; one that lost a digit is still worth a word.
constexpr std::size_t kNw7LengthMin = 9;
constexpr std::uint8_t kNw7LinesMin = 3;

ZXing::DecodeHints hints_for(CodeFormat format) {
    ZXing::DecodeHints hints;
    hints.setFormats(format == CodeFormat::Nw7 ? ZXing::BarcodeFormat::Codabar
                                               : ZXing::BarcodeFormat::QRCode);
    // ZXing tries smaller versions of the picture only when one symbol is asked for.
    hints.setMaxNumberOfSymbols(1);
    hints.setTryDownscale(true);
    hints.setTryHarder(true);
    hints.setTryRotate(true);
    hints.setMinLineCount(kNw7LinesMin);
    return hints;
}

std::optional<Code> code_of(const ZXing::Result& result) {
    if (!result.isValid()) return {};
    const bool is_qr = result.format() == ZXing::BarcodeFormat::QRCode;
    std::string text = result.text();
    if (!is_qr && text.size() < kNw7LengthMin) return {};

    Code code{is_qr ? CodeFormat::Qr : CodeFormat::Nw7, Personal(std::move(text)), {}};
    for (std::size_t i = 0; i < code.corners.size(); ++i) {
        const auto corner = result.position()[static_cast<int>(i)];
        code.corners[i] = {corner.x, corner.y};
    }
    return code;
}

}  // namespace

std::optional<Code> read_code(GreyView picture, CodeFormat format) {
    try {
        const ZXing::ImageView view(picture.pixels, picture.width, picture.height,
                                    ZXing::ImageFormat::Lum);
        return code_of(ZXing::ReadBarcode(view, hints_for(format)));
    } catch (const std::exception&) {
        return {};
    }
}

}  // namespace mado::scan

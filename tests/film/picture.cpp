#include "tests/film/picture.h"

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

namespace mado::film {

bool write_png(const Picture& picture, const std::filesystem::path& file) {
    const cv::Mat pixels(picture.height, picture.width, CV_8UC4,
                         const_cast<std::uint8_t*>(picture.bgra.data()));
    cv::Mat opaque;
    cv::cvtColor(pixels, opaque, cv::COLOR_BGRA2BGR);
    try {
        return cv::imwrite(file.string(), opaque);
    } catch (const cv::Exception&) {
        return false;
    }
}

}  // namespace mado::film

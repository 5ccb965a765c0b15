#include "shared/ui/picture.h"

#include "shared/base/check.h"

#include <GL/gl.h>
#include <GL/glext.h>

namespace mado::ui {

Picture::~Picture() {
    if (texture_ != 0) glDeleteTextures(1, &texture_);
}

void Picture::show(const Frame& frame) {
    const auto bytes =
        static_cast<std::size_t>(frame.width) * static_cast<std::size_t>(frame.height) * 3;
    MADO_CHECK(frame.width > 0 && frame.height > 0 && frame.colour.size() == bytes);
    if (texture_ == 0) glGenTextures(1, &texture_);
    glBindTexture(GL_TEXTURE_2D, texture_);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RGB, frame.width, frame.height, 0, GL_BGR, GL_UNSIGNED_BYTE,
                 frame.colour.data());
    width_ = frame.width;
    height_ = frame.height;
}

void Picture::forget() {
    if (empty()) return;
    Frame black;
    black.width = width_;
    black.height = height_;
    black.colour.assign(static_cast<std::size_t>(width_) * static_cast<std::size_t>(height_) * 3,
                        0);
    show(black);
    width_ = 0;
    height_ = 0;
}

}  // namespace mado::ui

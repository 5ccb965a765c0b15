#pragma once

// A camera's frame as a texture that a screen can show. Lives no longer than its window.

#include "shared/ports/camera.h"

namespace mado::ui {

class Picture {
  public:
    Picture() = default;
    ~Picture();
    Picture(const Picture&) = delete;
    Picture& operator=(const Picture&) = delete;

    // Shows this frame from now on. Call it on the window's thread.
    void show(const Frame& frame);
    // Overwrites what was shown: the last visitor's ticket must not stay in the graphics memory.
    void forget();

    bool empty() const { return width_ == 0; }
    int width() const { return width_; }
    int height() const { return height_; }
    unsigned texture() const { return texture_; }

  private:
    unsigned texture_ = 0;
    int width_ = 0;
    int height_ = 0;
};

}  // namespace mado::ui

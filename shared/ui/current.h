#pragma once

// The canvas that widgets paint on at the moment. There is one, on the window's thread, as Dear
// ImGui has one context: so a screen reads as the list of what it shows.

#include "shared/ui/canvas.h"

namespace mado::ui {

// Ends the program outside of Window::draw().
Canvas& canvas();

class CurrentCanvas {
  public:
    explicit CurrentCanvas(Canvas& canvas);
    ~CurrentCanvas();
    CurrentCanvas(const CurrentCanvas&) = delete;
    CurrentCanvas& operator=(const CurrentCanvas&) = delete;
};

}  // namespace mado::ui

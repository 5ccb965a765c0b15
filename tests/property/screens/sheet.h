#pragma once

// A screen without a window: painted as ui::Window paints it, and seen by nobody. A test holds the
// finger and presses the keys itself.

#include "shared/base/script.h"
#include "shared/ui/canvas.h"
#include "shared/ui/fonts.h"
#include "shared/ui/touch.h"

#include <functional>
#include <string_view>

namespace mado::tests {

class Sheet {
  public:
    // Ends the program where the typefaces are not installed.
    Sheet();
    ~Sheet();
    Sheet(const Sheet&) = delete;
    Sheet& operator=(const Sheet&) = delete;

    void write_in(Script script, std::u32string_view alphabet);

    // One frame. Afterwards the person has it before her, and a touch made by `touch` is in the
    // next one.
    const ui::Drawn& paint(const ui::Shown& shown, const std::function<void()>& paint);
    ui::Touch& touch() { return touch_; }

  private:
    ui::Fonts fonts_;
    ui::Touch touch_;
    ui::Canvas canvas_{fonts_, touch_};
};

}  // namespace mado::tests

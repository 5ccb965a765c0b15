#pragma once

// A page of paper to draw on, in millimetres from its upper left corner; by Cairo and Pango.
//
// A sheet can also only measure: text() then tells heights and draws nothing.

#include "shared/base/script.h"
#include "shared/base/text.h"

#include <memory>
#include <string>

namespace mado::slip {

struct Style {
    double em = 5;  // mm
    bool bold = false;
    double grey = 0;  // 0 is black
};

enum class Side { Left, Centre, Right };

class Sheet {
  public:
    // `scale` enlarges everything, so that one layout serves several papers.
    Sheet(double width_mm, double height_mm, double scale, Script script);
    ~Sheet();
    Sheet(Sheet&&) noexcept;
    Sheet& operator=(Sheet&&) noexcept;

    // How high the text is when wrapped to `width`, and how wide it is on one line.
    double height_of(const std::string& text, Style style, double width) const;
    double width_of(const std::string& text, Style style) const;
    // Draws it, and hands out its height. What needs more than `height_max` ends in "…"; one line
    // is always drawn.
    double text(double x, double y, double width, double height_max, const std::string& text,
                Style style, Side side);

    void line(double x1, double y1, double x2, double y2, double width);
    void frame(double x, double y, double width, double height, double radius, double stroke);
    void fill(double x, double y, double width, double height);

    // Ends the page. Nothing where Cairo failed.
    Bytes finish();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace mado::slip

#pragma once

// What widgets paint on: layout in millimetres, drawing in pixels, and notes of all that was drawn.
//
// A page is painted twice: first to measure (nothing is drawn or touched; the height of everything
// and the glyphs that it wants become known), then to show (springs share the height that is left
// over). Painting is pure and cheap, so twice costs less than a layout tree that is kept.

#include "shared/ui/drawn.h"
#include "shared/ui/fonts.h"
#include "shared/ui/geometry.h"
#include "shared/ui/theme.h"
#include "shared/ui/touch.h"
#include "shared/ui/wrap.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

struct ImDrawList;

namespace mado::ui {

enum class Align { Left, Centre, Right };

// The unit that a window of this size is painted in.
struct Scale {
    float pixels_per_mm = 1;  // of the layout
    Rect page;                // the whole window, in layout millimetres
};
Scale scale_for(int width_px, int height_px);

class Canvas {
  public:
    Canvas(Fonts& fonts, const Touch& touch) : fonts_(&fonts), touch_(&touch) {}

    // The two passes. `list` takes the drawing of the second.
    void measure(const Scale& scale, std::string_view screen);
    void show(ImDrawList& list, float real_pixels_per_mm);
    bool shows() const { return list_ != nullptr; }

    const Rect& page() const { return scale_.page; }
    // The column that everything stands in: the page without its margins.
    Rect column() const;

    // The flow of the page, from top to bottom, between header and footer. place() hands out the
    // next part of the column; what follows stands kGap below it, or as far as space() says.
    Rect place(float height);
    void space(float height) { gap_ = height; }
    // The height that is left for what follows.
    float room() const { return column().bottom - cursor_ - gap_; }
    void spring();

    // Whatever is drawn until pop() stands in `box`, on this colour.
    void push(const Rect& box, Colour surface);
    void pop() { surfaces_.pop_back(); }
    const Rect& box() const { return surfaces_.back().box; }

    void fill(const Rect& rect, Colour colour, float radius);
    void outline(const Rect& rect, Colour colour, float width, float radius);
    void line(Point from, Point to, Colour colour, float width);
    void disc(Point middle, float radius, Colour colour);
    void ring(Point middle, float radius, Colour colour, float width);
    // A part of a ring, clockwise from the top; `part` is 0 to 1.
    void arc(Point middle, float radius, float part, Colour colour, float width);
    // A pen's stroke through these points, with round ends.
    void path(std::span<const Point> points, Colour colour, float width);
    // The `part` of a texture (0 to 1 each way).
    void image(unsigned texture, const Rect& rect, const Rect& part);

    // How high the text is when wrapped to `width`.
    float height_of(Type type, std::string_view text, float width, Lines lines);
    float width_of(Type type, std::string_view text);
    // The text itself, or as much of it as so many lines hold, with … at its end. For names, which
    // come from outside and must not push a button off the page.
    std::string fitted(Type type, std::string_view text, float width, Lines lines,
                       std::size_t lines_max);
    // Wraps the text into the box, from its top.
    void text(const Rect& box, Type type, std::string_view text, Colour colour, Align align,
              Lines lines);

    // Makes the rectangle touchable; says whether it was touched.
    bool target(std::string id, const Rect& rect);
    bool held(std::string_view id) const;
    // In the order of the focus these come after all others, whenever they are painted: those that
    // were painted since there were `count` of them.
    void come_last(std::size_t count);
    // Ends the frame: its targets stand in the order of the focus.
    void finish();
    // The focus begins at the next target, whatever was said before.
    void focus_begins() { drawn_.focus_start = drawn_.targets.size(); }
    // Shows that the focus is on these, over all that was drawn before.
    void focus_on(std::span<const Target> targets);

    const Drawn& drawn() const { return drawn_; }

  private:
    struct Surface {
        Rect box;  // layout millimetres
        Colour colour;
    };

    void begin();
    std::vector<std::string> lines_of(Type type, std::string_view text, float width, Lines lines);
    Point pixels(Point mm) const;
    Rect pixels(const Rect& mm) const;
    float pixels(float mm) const { return mm * scale_.pixels_per_mm; }
    void note(Type type, const std::string& line, const Rect& rect_px, Colour colour);
    void label_target(const Rect& box, std::string_view text);

    Fonts* fonts_;
    const Touch* touch_;
    ImDrawList* list_ = nullptr;
    Scale scale_;
    float real_pixels_per_mm_ = 1;
    std::string screen_;

    float cursor_ = 0;
    float gap_ = 0;
    int springs_ = 0;
    float spring_height_ = 0;
    std::vector<Surface> surfaces_;
    Drawn drawn_;
    std::vector<Target> last_;  // that come after those of drawn_
};

}  // namespace mado::ui

#pragma once

// What widgets paint on: layout in millimetres, drawing in pixels, and notes of all that was drawn.
//
// A page is painted several times: first to measure (nothing is drawn or touched; the height of
// everything and the glyphs that it wants become known), then to show. Painting is pure and cheap,
// so that costs less than a layout tree that is kept.
//
// How a page comes to fit, whatever the size of its letters and the shape of the panel: where
// height is left over, springs share it. Where it is short, all that can give way does so evenly
// (gaps, buttons, tiles: between()). Where that is not enough, what only decorates goes, then
// details that a later screen tells again. And where even that is not enough the page is cut into
// parts, each with whole things in it, to be turned by two large buttons. On a panel that lies,
// what a screen puts Beside stands in a column of its own.

#include "shared/ui/drawn.h"
#include "shared/ui/fonts.h"
#include "shared/ui/geometry.h"
#include "shared/ui/shown.h"
#include "shared/ui/theme.h"
#include "shared/ui/touch.h"
#include "shared/ui/wrap.h"

#include <array>
#include <functional>
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

    bool lies() const { return page.width() > page.height(); }
};
Scale scale_for(int width_px, int height_px);

class Canvas {
  public:
    Canvas(Fonts& fonts, const Touch& touch) : fonts_(&fonts), touch_(&touch) {}

    // Finds out how the page fits; `paint` is called for each way that is tried.
    void measure(const Scale& scale, const Shown& shown, const std::function<void()>& paint);
    // What is painted from now on is drawn on `list`.
    void show(ImDrawList& list, float real_pixels_per_mm);
    // Whether what is painted now is seen: not while measuring, and not on another part.
    bool shows() const { return list_ != nullptr && (in_frame_ || part_ == part_shown_); }

    const Palette& colours() const { return palette_of(shown_.sight.theme); }
    TypeStyle style(Type type) const { return style_of(type, shown_.sight.text_size); }
    float line_height(Type type) const { return style(type).line_height(); }
    // How much larger than usual what is read is set.
    float enlarged() const { return factor_of(shown_.sight.text_size); }

    const Rect& page() const { return scale_.page; }
    bool lies() const { return scale_.lies(); }
    // The page without its margins, from edge to edge.
    Rect width_of_page() const;

    // What stands on every part, at fixed places: drawn until leave_frame().
    void enter_frame() { in_frame_ = true; }
    void leave_frame() { in_frame_ = false; }
    // Where the header ends and the footer begins. Said before anything is placed between them.
    void set_top(float top);
    void set_bottom(float bottom);

    // The column that is filled at the moment, from header to footer.
    Rect column() const;
    // The flow of the page, from top to bottom, between header and footer. place() hands out the
    // next part of the column; what follows stands a gap below it, or as far as space() says.
    Rect place(float height);
    void space(float height);
    void spring();
    // A height that gives way where the page is short.
    float between(float tight, float roomy) const {
        return tight + (roomy - tight) * flow().squeeze;
    }
    // What follows stands in the second column, where there are two, until turn_back().
    void turn_aside();
    void turn_back() { flow_ = 0; }

    // Whether there is room for what only decorates, and for what is told again later.
    bool decorates() const { return fit_ == Fit::Full; }
    bool tells_all() const { return fit_ != Fit::Short; }
    // Of a page in parts: which of them this is, how many, and the room for the buttons that turn
    // them.
    bool is_in_parts() const { return fit_ == Fit::Parts; }
    int part_shown() const { return part_shown_; }
    int parts() const { return parts_; }
    Rect part_turner() const;
    // Whether so much fits into what is left of this part; what follows stands on the next one.
    bool fits_here(float height) const;
    void turn_part();
    // So much that follows stands on one part.
    void keep_together(float height) {
        if (!fits_here(height)) turn_part();
    }

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
    // Notes that this text may be drawn once it is known how the page is cut.
    void want(Type type, std::string_view text);
    // The text itself, or as much of it as so many lines hold, with … at its end. For names, which
    // come from outside and must not push a button off the page.
    std::string fitted(Type type, std::string_view text, float width, Lines lines,
                       std::size_t lines_max);
    // The text in the flow of the page, its lines on several parts where they must be.
    void flow_text(Type type, std::string_view text, Colour colour, Align align, Lines lines);
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

    enum class Fit {
        Full,   // all there is
        Plain,  // without what only decorates
        Short,  // and without what is told again later
        Parts,  // without what only decorates, on several parts
    };
    // A column that is being filled.
    struct Flow {
        float left = 0;
        float right = 0;
        float cursor = 0;
        float gap = 0;
        int springs = 0;
        float spring_height = 0;
        float squeeze = 1;  // 1: roomy, 0: tight
    };
    static constexpr std::size_t kFlows = 2;

    void begin();
    bool fits(const std::function<void()>& paint);
    void try_with(const std::array<float, kFlows>& squeeze, const std::function<void()>& paint);
    const Flow& flow() const { return flows_.at(flow_); }
    Flow& flow() { return flows_.at(flow_); }
    void set_columns();
    std::vector<std::string> lines_of(Type type, std::string_view text, float width, Lines lines);
    void text_line(const Rect& box, Type type, const std::string& line, Colour colour, Align align);
    void note_tear(std::string_view text, const std::string& before, const std::string& line);
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
    Shown shown_;

    Fit fit_ = Fit::Full;
    bool in_frame_ = false;
    bool has_aside_ = false;  // something wants to stand beside
    bool two_columns_ = false;
    float top_ = 0;
    float bottom_ = 0;
    std::array<Flow, kFlows> flows_;
    std::size_t flow_ = 0;  // the one that is being filled
    float overflow_ = 0;    // by how much the highest thing leaves the page
    int part_ = 0;          // the one that is being filled
    int part_shown_ = 0;
    int parts_ = 1;
    std::vector<Surface> surfaces_;
    Drawn drawn_;
    std::vector<Target> last_;  // that come after those of drawn_
};

}  // namespace mado::ui

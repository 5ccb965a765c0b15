#include "shared/ui/canvas.h"

#include "shared/base/check.h"
#include "shared/base/text.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <imgui.h>

namespace mado::ui {
namespace {

ImU32 packed(Colour colour) {
    return IM_COL32(colour.red, colour.green, colour.blue, 255);
}

ImVec2 vec(Point p) {
    return {p.x, p.y};
}

}  // namespace

Scale scale_for(int width_px, int height_px) {
    const auto width = static_cast<float>(width_px);
    const auto height = static_cast<float>(height_px);
    const float unit = std::min(width / theme::kPageWidth, height / theme::kPageHeight);
    return {unit, {0, 0, width / unit, height / unit}};
}

void Canvas::measure(const Scale& scale, std::string_view screen) {
    scale_ = scale;
    screen_ = screen;
    list_ = nullptr;
    springs_ = 0;
    spring_height_ = 0;
    begin();
}

void Canvas::show(ImDrawList& list, float real_pixels_per_mm) {
    const float left_over = column().bottom - cursor_;
    if (springs_ > 0) spring_height_ = std::max(0.0F, left_over / static_cast<float>(springs_));
    real_pixels_per_mm_ = real_pixels_per_mm;
    list_ = &list;
    begin();
    drawn_.pixels_per_mm = real_pixels_per_mm;
    drawn_.overflow_mm = std::max(0.0F, -left_over);
    fill(page(), theme::kPaper, 0);
}

void Canvas::begin() {
    drawn_ = {};
    last_.clear();
    surfaces_ = {{page(), theme::kPaper}};
    cursor_ = column().top;
    gap_ = 0;
}

Rect Canvas::column() const {
    const float side = (page().width() - theme::kPageWidth) / 2 + theme::kMargin;
    return {side, theme::kHeaderHeight + 12, page().right - side,
            page().bottom - theme::kFooterHeight - 6};
}

Rect Canvas::place(float height) {
    cursor_ += gap_;
    const Rect rect{column().left, cursor_, column().right, cursor_ + height};
    cursor_ += height;
    gap_ = theme::kGap;
    return rect;
}

void Canvas::spring() {
    ++springs_;
    cursor_ += spring_height_;
}

void Canvas::push(const Rect& box, Colour surface) {
    surfaces_.push_back({box, surface});
}

Point Canvas::pixels(Point mm) const {
    return {std::round(pixels(mm.x)), std::round(pixels(mm.y))};
}

Rect Canvas::pixels(const Rect& mm) const {
    const Point from = pixels(Point{mm.left, mm.top});
    const Point to = pixels(Point{mm.right, mm.bottom});
    return {from.x, from.y, to.x, to.y};
}

void Canvas::fill(const Rect& rect, Colour colour, float radius) {
    if (!shows()) return;
    const Rect px = pixels(rect);
    list_->AddRectFilled({px.left, px.top}, {px.right, px.bottom}, packed(colour), pixels(radius));
}

void Canvas::outline(const Rect& rect, Colour colour, float width, float radius) {
    if (!shows()) return;
    const Rect px = pixels(rect.inset(width / 2));
    list_->AddRect({px.left, px.top}, {px.right, px.bottom}, packed(colour), pixels(radius), 0,
                   pixels(width));
}

void Canvas::line(Point from, Point to, Colour colour, float width) {
    if (!shows()) return;
    list_->AddLine(vec(pixels(from)), vec(pixels(to)), packed(colour), pixels(width));
}

void Canvas::path(std::span<const Point> points, Colour colour, float width) {
    if (!shows()) return;
    for (const Point& point : points) {
        list_->PathLineTo(vec(pixels(point)));
    }
    list_->PathStroke(packed(colour), 0, pixels(width));
    // Dear ImGui cuts the ends square: round them, as a pen would.
    for (const Point& end : {points.front(), points.back()}) {
        list_->AddCircleFilled(vec(pixels(end)), pixels(width / 2), packed(colour));
    }
}

void Canvas::disc(Point middle, float radius, Colour colour) {
    if (!shows()) return;
    list_->AddCircleFilled(vec(pixels(middle)), pixels(radius), packed(colour), 96);
}

void Canvas::ring(Point middle, float radius, Colour colour, float width) {
    if (!shows()) return;
    list_->AddCircle(vec(pixels(middle)), pixels(radius - width / 2), packed(colour), 96,
                     pixels(width));
}

void Canvas::arc(Point middle, float radius, float part, Colour colour, float width) {
    if (!shows() || part <= 0) return;
    constexpr float kTop = -std::numbers::pi_v<float> / 2;
    const float end = kTop + 2 * std::numbers::pi_v<float> * std::min(part, 1.0F);
    list_->PathArcTo(vec(pixels(middle)), pixels(radius - width / 2), kTop, end, 96);
    list_->PathStroke(packed(colour), 0, pixels(width));
}

void Canvas::image(unsigned texture, const Rect& rect, const Rect& part) {
    if (!shows()) return;
    const Rect px = pixels(rect);
    list_->AddImageRounded(reinterpret_cast<ImTextureID>(static_cast<std::intptr_t>(texture)),
                           {px.left, px.top}, {px.right, px.bottom}, {part.left, part.top},
                           {part.right, part.bottom}, IM_COL32_WHITE, pixels(theme::kRadius));
}

float Canvas::width_of(Type type, std::string_view text) {
    return fonts_->width_of(type, fonts_->drawable(type, text)) / scale_.pixels_per_mm;
}

std::vector<std::string> Canvas::lines_of(Type type, std::string_view text, float width,
                                          Lines lines) {
    return wrap(fonts_->drawable(type, text), std::floor(pixels(width)), lines,
                [&](std::string_view part) { return fonts_->width_of(type, part); });
}

std::string Canvas::fitted(Type type, std::string_view text, float width, Lines lines,
                           std::size_t lines_max) {
    if (lines_of(type, text, width, lines).size() <= lines_max) return std::string(text);
    const std::u32string characters = characters_of(text);
    std::size_t fits = 0;
    std::size_t too_long = characters.size();
    const auto cut_after = [&](std::size_t count) {
        return to_utf8(std::u32string_view(characters).substr(0, count)) + "…";
    };
    while (fits + 1 < too_long) {
        const std::size_t middle = (fits + too_long) / 2;
        const bool good = lines_of(type, cut_after(middle), width, lines).size() <= lines_max;
        (good ? fits : too_long) = middle;
    }
    return cut_after(fits);
}

float Canvas::height_of(Type type, std::string_view text, float width, Lines lines) {
    if (text.empty()) return 0;
    const TypeStyle style = style_of(type);
    return static_cast<float>(lines_of(type, text, width, lines).size()) * style.em * style.line;
}

void Canvas::text(const Rect& box, Type type, std::string_view text, Colour colour, Align align,
                  Lines lines) {
    if (text.empty()) return;
    label_target(box, text);
    const TypeStyle style = style_of(type);
    float top = box.top;
    for (const std::string& line : lines_of(type, text, box.width(), lines)) {
        const float width = fonts_->width_of(type, line) / scale_.pixels_per_mm;
        const float spare = box.width() - width;
        const float left = align == Align::Left     ? box.left
                           : align == Align::Centre ? box.left + spare / 2
                                                    : box.left + spare;
        const float above = top + style.em * (style.line - 1) / 2;
        if (shows()) {
            const Point at = pixels(Point{left, above});
            const ImFont* font = fonts_->font(type);
            list_->AddText(font, font->FontSize, vec(at), packed(colour), line.data(),
                           line.data() + line.size());
            note(type, line, {at.x, at.y, at.x + pixels(width), at.y + font->FontSize}, colour);
        }
        top += style.em * style.line;
    }
}

void Canvas::note(Type type, const std::string& line, const Rect& rect_px, Colour colour) {
    const Surface& surface = surfaces_.back();
    drawn_.texts.push_back({line, type, rect_px, pixels(surface.box),
                            fonts_->capital_height(type) / real_pixels_per_mm_,
                            contrast_of(colour, surface.colour)});
}

bool Canvas::target(std::string id, const Rect& rect) {
    if (!shows()) return false;
    const bool touched = touch_->touched(screen_, id);
    drawn_.targets.push_back({std::move(id), pixels(rect), ""});
    return touched;
}

void Canvas::come_last(std::size_t count) {
    const auto from = drawn_.targets.begin() + static_cast<std::ptrdiff_t>(count);
    last_.insert(last_.end(), from, drawn_.targets.end());
    drawn_.targets.erase(from, drawn_.targets.end());
}

void Canvas::finish() {
    drawn_.targets.insert(drawn_.targets.end(), last_.begin(), last_.end());
    last_.clear();
}

// What is written on a target is painted right after it.
void Canvas::label_target(const Rect& box, std::string_view text) {
    if (drawn_.targets.empty()) return;
    Target& target = drawn_.targets.back();
    if (!target.rect.contains(pixels(box.middle()))) return;
    if (!target.label.empty()) target.label += '\n';
    target.label += text;
}

// A dark band between two light ones: it stands out on any ground.
void Canvas::focus_on(std::span<const Target> targets) {
    if (targets.empty()) return;
    drawn_.focused.assign(targets.begin(), targets.end());
    Rect px = targets.front().rect;
    for (const Target& target : targets) {
        px = {std::min(px.left, target.rect.left), std::min(px.top, target.rect.top),
              std::max(px.right, target.rect.right), std::max(px.bottom, target.rect.bottom)};
    }
    const auto band = [&](Colour colour, float width) {
        list_->AddRect({px.left, px.top}, {px.right, px.bottom}, packed(colour),
                       pixels(theme::kRadius), 0, pixels(width));
    };
    band(theme::kFocusRim, theme::kFocusWidth);
    band(theme::kFocus, theme::kFocusWidth / 2);
}

bool Canvas::held(std::string_view id) const {
    return shows() && screen_ == touch_->screen() && touch_->holds(id);
}

}  // namespace mado::ui

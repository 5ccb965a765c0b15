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
    const bool lies = width > height;
    const float unit = std::min(width / (lies ? theme::kPageLong : theme::kPageShort),
                                height / (lies ? theme::kPageShort : theme::kPageLong));
    return {unit, {0, 0, width / unit, height / unit}};
}

void Canvas::measure(const Scale& scale, const Shown& shown, const std::function<void()>& paint) {
    scale_ = scale;
    shown_ = shown;
    list_ = nullptr;
    two_columns_ = false;
    for (const Fit fit : {Fit::Full, Fit::Plain, Fit::Short, Fit::Parts}) {
        fit_ = fit;
        if (fits(paint)) return;
    }
}

// Nearly all heights grow with squeeze at most along a straight line, so that what lies between a
// tight page and a roomy one fits.
bool Canvas::fits(const std::function<void()>& paint) {
    constexpr int kCloserMax = 3;
    constexpr std::array kTight = {0.0F, 0.0F};
    constexpr std::array kRoomy = {1.0F, 1.0F};
    if (is_in_parts()) {
        two_columns_ = false;
        try_with(kTight, paint);
        parts_ = part_ + 1;
        part_shown_ = std::clamp(shown_.part, 0, parts_ - 1);
        return true;
    }
    try_with(kRoomy, paint);
    if (lies() && has_aside_ && !two_columns_) {
        two_columns_ = true;
        try_with(kRoomy, paint);
    }
    if (overflow_ > 0) {
        const auto roomy = flows_;
        try_with(kTight, paint);
        if (overflow_ > 0) return false;
        std::array<float, kFlows> squeeze = kRoomy;
        for (std::size_t i = 0; i < kFlows; ++i) {
            const float tight = flows_.at(i).cursor;
            const float wanted = roomy.at(i).cursor;
            if (wanted > bottom_) squeeze.at(i) = (bottom_ - tight) / (wanted - tight);
        }
        try_with(squeeze, paint);
        // Words that break otherwise in another width can still be too high.
        for (int closer = 0; overflow_ > 0; ++closer) {
            for (float& part : squeeze)
                part = closer < kCloserMax ? part / 2 : 0;
            try_with(squeeze, paint);
        }
    }
    for (Flow& flow : flows_) {
        const float left_over = bottom_ - flow.cursor;
        if (flow.springs > 0) {
            flow.spring_height = std::max(0.0F, left_over / static_cast<float>(flow.springs));
        }
    }
    return true;
}

void Canvas::try_with(const std::array<float, kFlows>& squeeze,
                      const std::function<void()>& paint) {
    for (std::size_t i = 0; i < kFlows; ++i) {
        flows_.at(i).squeeze = squeeze.at(i);
        flows_.at(i).spring_height = 0;
    }
    parts_ = 1;
    part_shown_ = 0;
    begin();
    paint();
}

void Canvas::show(ImDrawList& list, float real_pixels_per_mm) {
    constexpr float kRounding = 0.01F;
    real_pixels_per_mm_ = real_pixels_per_mm;
    list_ = &list;
    const float overflow = overflow_ > kRounding ? overflow_ : 0;
    begin();
    drawn_.pixels_per_mm = real_pixels_per_mm;
    drawn_.overflow_mm = overflow;
    drawn_.parts = parts_;
    drawn_.sight = shown_.sight;
    enter_frame();
    fill(page(), colours().paper, 0);
    leave_frame();
}

void Canvas::begin() {
    drawn_ = {};
    last_.clear();
    surfaces_ = {{page(), colours().paper}};
    in_frame_ = false;
    has_aside_ = false;
    overflow_ = 0;
    part_ = 0;
    turn_back();
    for (Flow& flow : flows_)
        flow.springs = 0;
    bottom_ = page().bottom;
    set_top(0);
}

Rect Canvas::width_of_page() const {
    const float wanted = lies() ? theme::kPageLong : theme::kPageShort;
    const float side = (page().width() - wanted) / 2 + theme::kMargin;
    return {side, 0, page().width() - side, page().height()};
}

void Canvas::set_top(float top) {
    top_ = top;
    set_columns();
}

void Canvas::set_bottom(float bottom) {
    bottom_ = is_in_parts() && !lies() ? bottom - part_turner().height() - theme::kGap : bottom;
}

void Canvas::set_columns() {
    const Rect page = width_of_page();
    const float right = is_in_parts() && lies() ? part_turner().left - 2 * theme::kGap : page.right;
    const float half = (page.width() - theme::kMargin) / 2;
    flows_[0].left = page.left;
    flows_[0].right = two_columns_ ? page.left + half : right;
    flows_[1].left = page.right - half;
    flows_[1].right = page.right;
    for (Flow& flow : flows_) {
        flow.cursor = top_;
        flow.gap = 0;
    }
}

Rect Canvas::column() const {
    return {flow().left, top_, flow().right, bottom_};
}

Rect Canvas::place(float height) {
    if (!fits_here(height)) turn_part();
    Flow& flow = this->flow();
    flow.cursor += flow.gap;
    const Rect rect{flow.left, flow.cursor, flow.right, flow.cursor + height};
    flow.cursor += height;
    flow.gap = between(theme::kGapTight, theme::kGap);
    overflow_ = std::max(overflow_, flow.cursor - bottom_);
    return rect;
}

// The smaller gaps stand between touch targets, which keep their distance.
void Canvas::space(float height) {
    constexpr float kGivesWay = 0.4F;
    const float tight = std::max(std::min(height, theme::kGapTight), height * kGivesWay);
    flow().gap = between(tight, height);
}

void Canvas::spring() {
    ++flow().springs;
    flow().cursor += flow().spring_height;
}

void Canvas::turn_aside() {
    has_aside_ = true;
    if (two_columns_) flow_ = 1;
}

Rect Canvas::part_turner() const {
    const Rect page = width_of_page();
    if (lies()) return {page.right - 43 * enlarged(), top_, page.right, bottom_};
    const float height =
        std::max(theme::kTargetMin + 8, line_height(Type::Strong) + 8 + theme::kLift);
    return {page.left, bottom_ + theme::kGap, page.right, bottom_ + theme::kGap + height};
}

bool Canvas::fits_here(float height) const {
    const bool starts = flow().cursor <= top_;
    return !is_in_parts() || starts || flow().cursor + flow().gap + height <= bottom_;
}

void Canvas::turn_part() {
    ++part_;
    flow().cursor = top_;
    flow().gap = 0;
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

void Canvas::want(Type type, std::string_view text) {
    static_cast<void>(fonts_->drawable(type, text));
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
    return static_cast<float>(lines_of(type, text, width, lines).size()) * line_height(type);
}

void Canvas::flow_text(Type type, std::string_view text, Colour colour, Align align, Lines lines) {
    if (text.empty()) return;
    std::string before;
    for (const std::string& line : lines_of(type, text, column().width(), lines)) {
        text_line(place(line_height(type)), type, line, colour, align);
        note_tear(text, before, line);
        before = line;
        flow().gap = 0;
    }
    flow().gap = between(theme::kGapTight, theme::kGap);
}

void Canvas::text(const Rect& box, Type type, std::string_view text, Colour colour, Align align,
                  Lines lines) {
    if (text.empty()) return;
    label_target(box, text);
    float top = box.top;
    std::string before;
    for (const std::string& line : lines_of(type, text, box.width(), lines)) {
        text_line({box.left, top, box.right, top + line_height(type)}, type, line, colour, align);
        note_tear(text, before, line);
        before = line;
        top += line_height(type);
    }
}

void Canvas::note_tear(std::string_view text, const std::string& before, const std::string& line) {
    if (shows()) drawn_.texts.back().torn = is_torn(text, before, line);
}

void Canvas::text_line(const Rect& box, Type type, const std::string& line, Colour colour,
                       Align align) {
    if (!shows()) return;
    const float width = fonts_->width_of(type, line) / scale_.pixels_per_mm;
    const float spare = box.width() - width;
    const float left = align == Align::Left     ? box.left
                       : align == Align::Centre ? box.left + spare / 2
                                                : box.left + spare;
    const float above = box.top + (box.height() - style(type).em) / 2;
    const Point at = pixels(Point{left, above});
    const ImFont* font = fonts_->font(type);
    list_->AddText(font, font->FontSize, vec(at), packed(colour), line.data(),
                   line.data() + line.size());
    note(type, line, {at.x, at.y, at.x + pixels(width), at.y + font->FontSize}, colour);
}

void Canvas::note(Type type, const std::string& line, const Rect& rect_px, Colour colour) {
    const Surface& surface = surfaces_.back();
    drawn_.texts.push_back({line, type, rect_px, pixels(surface.box),
                            fonts_->capital_height(type) / real_pixels_per_mm_,
                            contrast_of(colour, surface.colour)});
}

bool Canvas::target(std::string id, const Rect& rect) {
    if (!shows()) return false;
    const bool touched = touch_->touched(shown_.screen, id);
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
    if (!shows() || drawn_.targets.empty()) return;
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
    return shows() && shown_.screen == touch_->screen() && touch_->holds(id);
}

}  // namespace mado::ui

// The frame of every screen: header, footer, and the buttons that turn a page in parts.

#include "shared/ui/body.h"
#include "shared/ui/current.h"
#include "shared/ui/signs.h"
#include "shared/ui/widgets.h"

#include <algorithm>
#include <array>

namespace mado::ui {
namespace {

constexpr float kEdgeOfPage = 6;  // from the panel's edge to the first button
constexpr float kBelowHeader = 9;
constexpr float kAboveFooter = 5;

// While it lives, what is painted stands on every part of the page.
class InFrame {
  public:
    InFrame() { canvas().enter_frame(); }
    ~InFrame() { canvas().leave_frame(); }
    InFrame(const InFrame&) = delete;
    InFrame& operator=(const InFrame&) = delete;
};

// ── Header ───────────────────────────────────────────────────────────────────────────────────────

constexpr float kBetweenButtons = 5;
constexpr float kStepHeight = 5;
constexpr float kAroundLabel = 3;

// Signs are smaller where the words need the room.
enum class SignSize { Usual, Small };
float radius_of(SignSize size) {
    return size == SignSize::Usual ? 8.5F : 6;
}

float header_button_height() {
    constexpr float kUsual = 25;
    return std::max(kUsual, canvas().line_height(Type::Body)) + theme::kLift;
}

float header_button_width(const HeaderButton& button, SignSize size) {
    return 2 * radius_of(size) + canvas().width_of(Type::Body, button.label) + 3 * kAroundLabel;
}

float header_buttons_width(std::span<const HeaderButton> buttons, SignSize size) {
    float width = -kBetweenButtons;
    for (const HeaderButton& button : buttons) {
        width += header_button_width(button, size) + kBetweenButtons;
    }
    return width;
}

bool header_button(const HeaderButton& button, const Rect& rect, SignSize size) {
    const Body body = button_body(button.id, rect, Look::Secondary);
    const Rect& face = body.face;
    const float radius = radius_of(size);
    const float words = canvas().width_of(Type::Body, button.label);
    const float left = face.middle().x - header_button_width(button, size) / 2 + kAroundLabel;
    const Point sign{left + radius, face.middle().y};
    if (button.sign == HeaderSign::Globe) globe_sign(sign, radius, body.words);
    if (button.sign == HeaderSign::Letters) letters_sign(sign, radius, body.words);
    const float label = left + 2 * radius + kAroundLabel;
    label_in(body, {label, face.top, label + words + 1, face.bottom}, Type::Body, button.label,
             Align::Left);
    return body.touched;
}

// In a row from the left edge of `room` to its right one; none is narrower than its words.
std::optional<std::size_t> header_buttons(std::span<const HeaderButton> buttons, const Rect& room) {
    const bool fits = header_buttons_width(buttons, SignSize::Usual) <= room.width();
    const SignSize size = fits ? SignSize::Usual : SignSize::Small;
    const float more = (room.width() - header_buttons_width(buttons, size)) /
                       static_cast<float>(std::max<std::size_t>(buttons.size(), 1));
    std::optional<std::size_t> touched;
    float left = room.left;
    for (std::size_t i = 0; i < buttons.size(); ++i) {
        const float width = header_button_width(buttons[i], size) + more;
        if (header_button(buttons[i], {left, room.top, left + width, room.bottom}, size)) {
            touched = i;
        }
        left += width + kBetweenButtons;
    }
    return touched;
}

// Where one is, in one row: the place at the left, the step at the right; where there is no room
// for both, the step alone.
struct HeaderWords {
    std::string left;
    std::string right;
    float height = 0;
};

HeaderWords words_of(const Header& where, float width) {
    Canvas& page = canvas();
    const float line = page.line_height(Type::Strong);
    if (where.step <= 0) {
        const float height = page.height_of(Type::Strong, where.place, width, Lines::Balanced);
        return {where.place, "", height};
    }
    const float both = page.width_of(Type::Strong, where.place) + theme::kGap +
                       page.width_of(Type::Body, where.step_label) + 2;
    if (both <= width) return {where.place, where.step_label, line};
    const float height = page.height_of(Type::Strong, where.step_label, width, Lines::Balanced);
    return {where.step_label, "", height};
}

void paint_words(const HeaderWords& words, const Rect& room) {
    Canvas& page = canvas();
    const Colour ink = page.colours().on_band;
    const float right = words.right.empty() ? 0 : page.width_of(Type::Body, words.right) + 1;
    page.text({room.left, room.top, room.right - right, room.bottom}, Type::Strong, words.left, ink,
              Align::Left, Lines::Balanced);
    page.text({room.right - right, room.top, room.right, room.bottom}, Type::Body, words.right, ink,
              Align::Right, Lines::Balanced);
}

void header_steps(const Header& where, float top) {
    constexpr float kBetween = 4;
    Canvas& page = canvas();
    const Rect row = page.width_of_page();
    const auto count = static_cast<float>(where.steps);
    const float part = (row.width() - kBetween * (count - 1)) / count;
    for (int i = 0; i < where.steps; ++i) {
        const float left = row.left + static_cast<float>(i) * (part + kBetween);
        const Rect bar{left, top, left + part, top + kStepHeight};
        page.fill(bar, i < where.step ? page.colours().on_band : page.colours().band_faint,
                  kStepHeight / 2);
    }
}

}  // namespace

// Upright the buttons stand above the words, lying beside them.
std::optional<std::size_t> header(const Header& where, std::span<const HeaderButton> buttons) {
    constexpr float kBetween = 2;
    Canvas& page = canvas();
    const InFrame frame;
    const Rect row = page.width_of_page();
    const float buttons_width =
        page.lies() ? header_buttons_width(buttons, SignSize::Usual) : row.width();
    const Rect for_buttons{row.right - buttons_width, kEdgeOfPage, row.right,
                           kEdgeOfPage + header_button_height()};
    const float words_right = page.lies() ? for_buttons.left - 2 * theme::kGap : row.right;
    const HeaderWords words = words_of(where, words_right - row.left);
    const float words_top =
        page.lies() ? std::max(kEdgeOfPage - 2, for_buttons.middle().y - words.height / 2)
                    : for_buttons.bottom + kBetween;
    const Rect for_words{row.left, words_top, words_right, words_top + words.height};
    const float steps_top = std::max(for_buttons.bottom, for_words.bottom) + kBetween;
    const Rect band{0, 0, page.page().right, steps_top + kStepHeight + 2 * kBetween};

    page.fill(band, page.colours().band, 0);
    page.line({0, band.bottom}, {band.right, band.bottom}, page.colours().accent_deep, 0.8F);
    page.push(band, page.colours().band);
    paint_words(words, for_words);
    page.pop();
    if (where.step > 0) header_steps(where, steps_top);
    page.set_top(band.bottom + kBelowHeader);
    const auto touched = header_buttons(buttons, for_buttons);
    page.focus_begins();
    return touched;
}

// ── Footer ───────────────────────────────────────────────────────────────────────────────────────

namespace {

constexpr float kFootPadding = 4;

struct FootStyle {
    Type type = Type::Strong;
    float sign_room = 0;
};

void foot_sign(FootSign sign, Point middle, Colour colour) {
    switch (sign) {
        case FootSign::Back:
            return chevron({middle.x - 3, middle.y}, 6, -1, colour);
        case FootSign::Finish:
            return check_mark(middle, 8, colour, kStroke);
        case FootSign::Staff:
            return person_sign(middle, 8, colour);
    }
}

bool foot_button(const FootButton& button, const Rect& rect, const FootStyle& style) {
    const std::size_t before = canvas().drawn().targets.size();
    const Body body = button_body(button.id, rect, Look::Secondary);
    const Rect& face = body.face;
    foot_sign(button.sign, {face.left + style.sign_room / 2 + 1.5F, face.middle().y}, body.words);
    label_in(body, {face.left + style.sign_room, face.top, face.right - kFootPadding, face.bottom},
             style.type, button.label, Align::Left);
    canvas().come_last(before);
    return body.touched;
}

// How wide a button must be for its longest word.
float foot_width(const std::optional<FootButton>& button, const FootStyle& style) {
    if (!button) return 0;
    return style.sign_room + widest_word(style.type, button->label) + kFootPadding + 1;
}

}  // namespace

namespace {

constexpr float kBetweenFoot = 6;

// How wide both stand, and how high their words are then.
struct FootWidths {
    float left = 0;
    float right = 0;
    float words = 0;
};

float foot_words(const std::optional<FootButton>& button, const FootStyle& style, float width) {
    if (!button) return 0;
    const float room = width - style.sign_room - kFootPadding;
    return canvas().height_of(style.type, button->label, room, Lines::Balanced);
}

// The usual widths, unless other ones make the footer lower.
FootWidths foot_widths(const std::optional<FootButton>& left,
                       const std::optional<FootButton>& right, const FootStyle& style) {
    constexpr float kUsual = 116;
    constexpr float kUsualLying = 190;
    const float width = canvas().width_of_page().width() - kBetweenFoot;
    const float left_min = foot_width(left, style);
    const float right_min = foot_width(right, style);
    const auto with = [&](float wanted) {
        FootWidths widths;
        widths.right = std::max(std::min(wanted, width - left_min), right_min);
        widths.left = std::max(std::min(wanted, width - widths.right), left_min);
        widths.words =
            std::max(foot_words(left, style, widths.left), foot_words(right, style, widths.right));
        return widths;
    };
    FootWidths best = with(canvas().lies() ? kUsualLying : kUsual);
    for (const float part : {0.5F, 0.55F, 0.6F, 0.65F}) {
        const FootWidths other = with(part * width);
        if (other.words < best.words - 1) best = other;
    }
    return best;
}

}  // namespace

std::optional<FootSide> foot(const std::optional<FootButton>& left,
                             const std::optional<FootButton>& right) {
    constexpr float kHeight = 32;
    constexpr std::array kStyles = {FootStyle{Type::Strong, 25}, FootStyle{Type::Body, 25},
                                    FootStyle{Type::Body, 18}};
    Canvas& page = canvas();
    const InFrame frame;
    const Rect row = page.width_of_page();
    const auto fits = [&](const FootStyle& each) {
        return foot_width(left, each) + kBetweenFoot + foot_width(right, each) <= row.width();
    };
    const auto* found = std::ranges::find_if(kStyles, fits);
    const FootStyle style = found == kStyles.end() ? kStyles.back() : *found;
    const FootWidths widths = foot_widths(left, right, style);
    const float bottom = page.page().bottom - kEdgeOfPage - 1;
    const float top = bottom - std::max(kHeight, widths.words + 4) - theme::kLift;
    std::optional<FootSide> touched;
    if (left && foot_button(*left, {row.left, top, row.left + widths.left, bottom}, style)) {
        touched = FootSide::Left;
    }
    if (right && foot_button(*right, {row.right - widths.right, top, row.right, bottom}, style)) {
        touched = FootSide::Right;
    }
    page.set_bottom(top - kAboveFooter);
    return touched;
}

// ── Parts ────────────────────────────────────────────────────────────────────────────────────────

namespace {

bool part_button(const std::string& id, std::string_view label, float direction, const Rect& rect) {
    constexpr float kChevron = 6;
    constexpr float kArrowRoom = 18;
    Canvas& page = canvas();
    const Body body = button_body(id, rect, Look::Primary);
    const Rect& face = body.face;
    if (page.lies()) {
        const std::array fitted = {Fitted{label, face.width() - 4}};
        const Type type = type_for(fitted, Type::Strong);
        chevron_upright({face.middle().x, face.top + 11 + (direction < 0 ? -3 : 3)}, kChevron,
                        direction, body.words);
        label_in(body, {face.left + 2, face.top + 16, face.right - 2, face.bottom}, type, label,
                 Align::Centre);
    } else {
        chevron_upright(
            {face.left + kArrowRoom / 2 + 2, face.middle().y + (direction < 0 ? -3 : 3)}, kChevron,
            direction, body.words);
        label_in(body, {face.left + kArrowRoom, face.top, face.right - 3, face.bottom},
                 Type::Strong, label, Align::Centre);
    }
    return body.touched;
}

}  // namespace

std::optional<int> part_turner(std::string_view up, std::string_view down) {
    Canvas& page = canvas();
    // While the page is measured nobody knows whether it will be in parts: the letters come along.
    for (const Type type : {Type::Strong, Type::Body}) {
        for (const std::string_view label : {up, down})
            page.want(type, label);
    }
    if (!page.is_in_parts()) return {};
    const InFrame frame;
    const Rect rail = page.part_turner();
    const float button_height = page.line_height(Type::Strong) + 20;
    const float button_width = (rail.width() - page.line_height(Type::Strong) * 1.8F) / 2;
    const Rect up_rect = page.lies()
                             ? Rect{rail.left, rail.top, rail.right, rail.top + button_height}
                             : Rect{rail.left, rail.top, rail.left + button_width, rail.bottom};
    const Rect down_rect =
        page.lies() ? Rect{rail.left, rail.bottom - button_height, rail.right, rail.bottom}
                    : Rect{rail.right - button_width, rail.top, rail.right, rail.bottom};
    const int shown = page.part_shown();
    std::optional<int> touched;
    if (shown > 0 && part_button("part/up", up, -1, up_rect)) touched = shown - 1;
    if (shown + 1 < page.parts() && part_button("part/down", down, 1, down_rect)) {
        touched = shown + 1;
    }
    const std::string number = std::to_string(shown + 1) + "/" + std::to_string(page.parts());
    const float top = rail.middle().y - page.line_height(Type::Strong) / 2;
    page.text({rail.left, top, rail.right, top + page.line_height(Type::Strong)}, Type::Strong,
              number, page.colours().ink, Align::Centre, Lines::Filled);
    return touched;
}

}  // namespace mado::ui

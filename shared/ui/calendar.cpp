// A month to choose a day from, and what turns months and pages.

#include "shared/ui/body.h"
#include "shared/ui/current.h"
#include "shared/ui/signs.h"
#include "shared/ui/widgets.h"

#include <algorithm>
#include <array>

namespace mado::ui {
namespace {

using Mark = CalendarDay::Mark;

constexpr float kColumnGap = 3.6F;
constexpr int kColumns = 7;

float mark_radius() {
    constexpr float kUsual = 5.2F;
    constexpr float kGrows = 0.35F;  // of what the letters grow
    return kUsual * (1 + kGrows * (canvas().enlarged() - 1));
}

void day_mark(Mark mark, Point middle) {
    Canvas& page = canvas();
    const float size = mark_radius();
    const Palette& colours = page.colours();
    switch (mark) {
        case Mark::Many:
            return page.ring(middle, size, colours.accent, kStroke);
        case Mark::Few:
            page.path(std::array{Point{middle.x, middle.y - size},
                                 Point{middle.x + size, middle.y + size * 0.8F},
                                 Point{middle.x - size, middle.y + size * 0.8F},
                                 Point{middle.x, middle.y - size}},
                      colours.accent, kStroke);
            return;
        case Mark::None:
            return cross_mark(middle, size * 0.7F, colours.ink, kStroke);
        case Mark::Closed:
            return;
    }
}

constexpr float kBetweenMark = 1.5F;  // and the number that it stands beside

// The mark stands below the number, or beside it where the day is low.
struct DayStyle {
    float width = 0;
    float height = 0;
    bool beside = false;
};

DayStyle day_style(float width) {
    constexpr float kRoomy = 34;
    constexpr float kTight = 22;
    Canvas& page = canvas();
    const float number = page.line_height(Type::Strong);
    const float both = page.width_of(Type::Strong, "30") + 2 * mark_radius() + kBetweenMark + 1;
    const float below = number + 2 * mark_radius() + 2 + theme::kLift;
    const bool can_be_low = both <= width;
    const float tight = std::max(kTight, number + theme::kLift);
    const float height =
        can_be_low ? page.between(tight, std::max(tight, kRoomy)) : std::max(below, kRoomy);
    return {width, height, height < below};
}

void day_words(const CalendarDay& day, const Rect& face, const DayStyle& style, Colour surface,
               Colour words) {
    Canvas& page = canvas();
    const float height = page.line_height(Type::Strong);
    page.push(face, surface);
    if (style.beside) {
        const float number = page.width_of(Type::Strong, "30");
        const float left = face.middle().x - (number + kBetweenMark) / 2 - mark_radius();
        const float top = face.middle().y - height / 2;
        page.text({left, top, left + number + 1, top + height}, Type::Strong, day.label, words,
                  Align::Right, Lines::Filled);
        day_mark(day.mark, {left + number + kBetweenMark + mark_radius(), face.middle().y});
    } else {
        const float top = face.top + (face.height() - height - 2 * mark_radius()) / 3;
        page.text({face.left, top, face.right, top + height}, Type::Strong, day.label, words,
                  Align::Centre, Lines::Filled);
        day_mark(day.mark, {face.middle().x, face.bottom - mark_radius() - 2});
    }
    page.pop();
}

bool is_open(const CalendarDay& day) {
    return day.mark == Mark::Many || day.mark == Mark::Few;
}

bool day_cell(const CalendarDay& day, const Rect& rect, const DayStyle& style) {
    Canvas& page = canvas();
    const Palette& colours = page.colours();
    if (is_open(day)) {
        const Body body = button_body(day.id, rect, Look::Secondary);
        const bool held = page.held(day.id);
        day_words(day, body.face, style, body.surface, held ? body.words : colours.ink);
        return body.touched;
    }
    const bool full = day.mark == Mark::None;
    if (full) page.fill(rect, colours.faint, theme::kRadius);
    day_words(day, rect, style, full ? colours.faint : colours.paper,
              full ? colours.ink : colours.quiet_ink);
    return false;
}

float left_of(int column, const Rect& row, float width) {
    return row.left + static_cast<float>(column) * (width + kColumnGap);
}

void weekday_row(std::span<const std::string> weekdays, float width) {
    Canvas& page = canvas();
    const Rect row = page.place(page.line_height(Type::Body));
    int column = 0;
    for (const std::string& weekday : weekdays) {
        const float left = left_of(column, row, width);
        page.text({left - kColumnGap / 2, row.top, left + width + kColumnGap / 2, row.bottom},
                  Type::Body, weekday, page.colours().quiet_ink, Align::Centre, Lines::Filled);
        ++column;
    }
    page.space(2);
}

}  // namespace

// Weeks that stand on another part have the names of the weekdays above them as well.
std::optional<std::size_t> calendar(std::span<const std::string> weekdays, int first_column,
                                    std::span<const CalendarDay> days) {
    Canvas& page = canvas();
    const float width =
        (page.column().width() - kColumnGap * (kColumns - 1)) / static_cast<float>(kColumns);
    const DayStyle style = day_style(width);
    page.keep_together(page.line_height(Type::Body) + 2 + style.height);
    weekday_row(weekdays, width);
    std::optional<std::size_t> touched;
    int column = first_column;
    Rect row = page.place(style.height);
    // Who chooses a day seldom turns the page first.
    if (std::ranges::any_of(days, is_open)) page.focus_begins();
    for (std::size_t i = 0; i < days.size(); ++i) {
        if (column == kColumns) {
            column = 0;
            page.space(kColumnGap);
            if (!page.fits_here(style.height)) {
                page.turn_part();
                weekday_row(weekdays, width);
            }
            row = page.place(style.height);
        }
        const float left = left_of(column, row, width);
        if (day_cell(days[i], {left, row.top, left + width, row.bottom}, style)) touched = i;
        ++column;
    }
    return touched;
}

void calendar_legend(std::string_view many, std::string_view few, std::string_view none) {
    Canvas& page = canvas();
    const float sign_room = 2 * mark_radius() + 5;
    const float height = page.line_height(Type::Body);
    const std::array entries = {std::pair{Mark::Many, many}, std::pair{Mark::Few, few},
                                std::pair{Mark::None, none}};
    float wanted = 0;
    for (const auto& [mark, words] : entries) {
        wanted += sign_room + page.width_of(Type::Body, words) + 2;
    }
    const bool one_row = wanted <= page.column().width();
    Rect row;
    float left = 0;
    for (const auto& [mark, words] : entries) {
        if (mark == Mark::Many || !one_row) {
            if (mark != Mark::Many) page.space(1);
            row = page.place(height);
            left = row.left;
        }
        day_mark(mark, {left + mark_radius() + 1, row.middle().y});
        const float width = page.width_of(Type::Body, words) + 1;
        page.text({left + sign_room, row.top, left + sign_room + width, row.bottom}, Type::Body,
                  words, page.colours().ink, Align::Left, Lines::Filled);
        left += sign_room + width + (page.column().width() - wanted) / 2;
    }
}

namespace {

constexpr float kArrowSignRoom = 14;
constexpr float kArrowPadding = 4;

struct Arrow {
    Turn turn;
    std::string_view label;
};

bool paint_arrow(const Arrow& arrow, const Rect& rect) {
    constexpr float kSize = 5;
    const bool earlier = arrow.turn == Turn::Earlier;
    const Body body = button_body(earlier ? "earlier" : "later", rect, Look::Secondary);
    const Rect room{body.face.left + kArrowPadding, body.face.top, body.face.right - kArrowPadding,
                    body.face.bottom};
    const float inner = kArrowSignRoom - kArrowPadding;
    if (earlier) {
        chevron({room.left + 1, room.middle().y}, kSize, -1, body.words);
        label_in(body, {room.left + inner, room.top, room.right, room.bottom}, Type::Strong,
                 arrow.label, Align::Centre);
    } else {
        chevron({room.right - 1, room.middle().y}, kSize, 1, body.words);
        label_in(body, {room.left, room.top, room.right - inner, room.bottom}, Type::Strong,
                 arrow.label, Align::Centre);
    }
    return body.touched;
}

}  // namespace

// The title stands between the arrows, or above them where it is too long for that.
std::optional<Turn> turner(std::string_view title, bool earlier, std::string_view earlier_label,
                           bool later, std::string_view later_label) {
    constexpr float kUsualWidth = 68;
    constexpr float kTight = 22;
    constexpr float kRoomy = 28;
    Canvas& page = canvas();
    const float words = std::max(page.width_of(Type::Strong, earlier_label),
                                 page.width_of(Type::Strong, later_label));
    const float width = std::max(kUsualWidth, words + kArrowSignRoom + 2 * kArrowPadding + 1);
    const float between = page.column().width() - 2 * width - 2 * kArrowPadding;
    const float lines = page.height_of(Type::Strong, title, between, Lines::Balanced);
    const bool fits_between =
        widest_word(Type::Strong, title) <= between && lines <= 2 * page.line_height(Type::Strong);
    const float height =
        std::max(page.between(kTight, kRoomy), page.line_height(Type::Strong) + 1 + theme::kLift);
    if (!fits_between) {
        page.keep_together(page.line_height(Type::Strong) + theme::kGapTight + height);
        centred(Type::Strong, title);
    }
    const Rect row = page.place(fits_between ? std::max(height, lines) : height);
    if (fits_between) {
        const float top = row.middle().y - lines / 2;
        page.text({row.middle().x - between / 2, top, row.middle().x + between / 2, top + lines},
                  Type::Strong, title, page.colours().ink, Align::Centre, Lines::Balanced);
    }
    std::optional<Turn> touched;
    if (earlier && paint_arrow({Turn::Earlier, earlier_label},
                               {row.left, row.top, row.left + width, row.bottom})) {
        touched = Turn::Earlier;
    }
    if (later && paint_arrow({Turn::Later, later_label},
                             {row.right - width, row.top, row.right, row.bottom})) {
        touched = Turn::Later;
    }
    return touched;
}

}  // namespace mado::ui

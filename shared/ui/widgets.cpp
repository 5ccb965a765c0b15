#include "shared/ui/widgets.h"

#include "shared/ui/current.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace mado::ui {
namespace {

constexpr float kBigButtonHeight = 46;
constexpr float kPadding = 7;    // between a card's edge and its words
constexpr float kStroke = 1.6F;  // of signs

struct ButtonColours {
    Colour face;
    Colour held;
    Colour edge;
    Colour words;
};

constexpr ButtonColours colours_of(Look look) {
    if (look == Look::Primary) {
        return {theme::kAccent, theme::kAccentDeep, theme::kAccentDeep, theme::kCard};
    }
    return {theme::kCard, theme::kAccentPale, theme::kEdge, theme::kAccent};
}

// The body of a button: a face that stands above its lower edge, and sinks into it under a finger.
struct Body {
    Rect face;
    Colour surface;
    Colour words;
    bool touched;
};

Body button_body(const std::string& id, const Rect& rect, Look look) {
    Canvas& page = canvas();
    const ButtonColours colours = colours_of(look);
    const bool touched = page.target(id, rect);
    const bool held = page.held(id);
    Rect face{rect.left, rect.top, rect.right, rect.bottom - theme::kLift};
    page.fill({rect.left, rect.top + theme::kLift, rect.right, rect.bottom}, colours.edge,
              theme::kRadius);
    if (held) face = face.moved(0, theme::kLift);
    const Colour surface = held ? colours.held : colours.face;
    page.fill(face, surface, theme::kRadius);
    if (look == Look::Secondary) page.outline(face, theme::kEdge, 0.5F, theme::kRadius);
    return {face, surface, colours.words, touched};
}

void label_in(const Body& body, const Rect& room, Type type, std::string_view label, Align align) {
    Canvas& page = canvas();
    const float height = page.height_of(type, label, room.width(), Lines::Balanced);
    const float top = room.middle().y - height / 2;
    page.push(body.face, body.surface);
    page.text({room.left, top, room.right, top + height}, type, label, body.words, align,
              Lines::Balanced);
    page.pop();
}

void chevron(Point tip, float size, float direction, Colour colour) {
    const std::array points = {Point{tip.x - direction * size, tip.y - size}, tip,
                               Point{tip.x - direction * size, tip.y + size}};
    canvas().path(points, colour, kStroke);
}

void check_mark(Point middle, float size, Colour colour, float width) {
    const std::array points = {Point{middle.x - size * 0.50F, middle.y + size * 0.04F},
                               Point{middle.x - size * 0.14F, middle.y + size * 0.40F},
                               Point{middle.x + size * 0.52F, middle.y - size * 0.36F}};
    canvas().path(points, colour, width);
}

void cross_mark(Point middle, float size, Colour colour, float width) {
    canvas().path(std::array{Point{middle.x - size, middle.y - size},
                             Point{middle.x + size, middle.y + size}},
                  colour, width);
    canvas().path(std::array{Point{middle.x - size, middle.y + size},
                             Point{middle.x + size, middle.y - size}},
                  colour, width);
}

void person(Point middle, float size, Colour colour) {
    Canvas& page = canvas();
    page.disc({middle.x, middle.y - size * 0.45F}, size * 0.36F, colour);
    page.fill({middle.x - size * 0.62F, middle.y + size * 0.05F, middle.x + size * 0.62F,
               middle.y + size * 0.85F},
              colour, size * 0.45F);
}

void foot_sign(FootSign sign, Point middle, Colour colour) {
    switch (sign) {
        case FootSign::Back:
            return chevron({middle.x - 3, middle.y}, 6, -1, colour);
        case FootSign::Finish:
            return check_mark(middle, 8, colour, kStroke);
        case FootSign::Staff:
            return person(middle, 8, colour);
    }
}

bool foot_button(const std::string& id, std::string_view label, FootSign sign, const Rect& rect) {
    constexpr float kSignWidth = 22;
    const std::size_t before = canvas().drawn().targets.size();
    const Body body = button_body(id, rect, Look::Secondary);
    foot_sign(sign, {body.face.left + kSignWidth / 2 + 3, body.face.middle().y}, body.words);
    label_in(
        body,
        {body.face.left + kSignWidth + 3, body.face.top, body.face.right - 4, body.face.bottom},
        Type::Strong, label, Align::Left);
    canvas().come_last(before);
    return body.touched;
}

Rect foot_row() {
    const Canvas& page = canvas();
    const float top = page.page().bottom - theme::kFooterHeight + 12;
    return {page.column().left, top, page.column().right, top + 34};
}

Colour ink_of(Mood mood) {
    switch (mood) {
        case Mood::Plain:
            return theme::kAccent;
        case Mood::Good:
            return theme::kGood;
        case Mood::Bad:
            return theme::kBad;
    }
    return theme::kInk;
}

Colour pale_of(Mood mood) {
    switch (mood) {
        case Mood::Plain:
            return theme::kAccentPale;
        case Mood::Good:
            return theme::kGoodPale;
        case Mood::Bad:
            return theme::kBadPale;
    }
    return theme::kCard;
}

void flowing(Type type, std::string_view text, Colour colour, Align align, Lines lines) {
    Canvas& page = canvas();
    const float height = page.height_of(type, text, page.column().width(), lines);
    page.text(page.place(height), type, text, colour, align, lines);
}

// A filled card in the flow, and the room for words in it.
Rect card(float height_of_words, Colour surface) {
    Canvas& page = canvas();
    const Rect rect = page.place(height_of_words + 2 * kPadding);
    page.fill(rect, surface, theme::kRadius);
    return rect;
}

}  // namespace

// ── The frame of every screen ────────────────────────────────────────────────────────────────────

namespace {

constexpr float kGlobeWidth = 84;

Rect globe_place() {
    const Rect column = canvas().column();
    return {column.right - kGlobeWidth, 6, column.right, 33};
}

// A sphere with its equator, a meridian and two circles of latitude.
void globe(Point middle, float radius, Colour colour) {
    constexpr float kLine = 1;
    constexpr int kPoints = 24;
    Canvas& page = canvas();
    page.ring(middle, radius, colour, kLine);
    page.line({middle.x, middle.y - radius}, {middle.x, middle.y + radius}, colour, kLine);
    for (const float latitude : {-0.5F, 0.0F, 0.5F}) {
        const float half = radius * std::sqrt(1 - latitude * latitude);
        const float y = middle.y + latitude * radius;
        page.line({middle.x - half, y}, {middle.x + half, y}, colour, kLine);
    }
    for (const float side : {-0.5F, 0.5F}) {
        std::vector<Point> meridian;
        for (int i = 0; i <= kPoints; ++i) {
            const float angle = std::numbers::pi_v<float> * static_cast<float>(i) / kPoints;
            meridian.push_back(
                {middle.x + side * radius * std::sin(angle), middle.y - radius * std::cos(angle)});
        }
        page.path(meridian, colour, kLine);
    }
}

}  // namespace

void header(std::string_view place, std::string_view step_label, int step, int steps) {
    Canvas& page = canvas();
    const Rect band{0, 0, page.page().right, theme::kHeaderHeight};
    const Rect column = page.column();
    page.fill(band, theme::kAccent, 0);
    page.push(band, theme::kAccent);
    const float width = column.width() - kGlobeWidth - 6;
    const float line = style_of(Type::Strong).em * style_of(Type::Strong).line;
    float top = step > 0 ? 5.0F : 17.0F;
    const Type type = page.width_of(Type::Strong, place) <= width ? Type::Strong : Type::Body;
    page.text({column.left, top, column.left + width, top + line}, type,
              page.fitted(type, place, width, Lines::Filled, 1), theme::kCard, Align::Left,
              Lines::Filled);
    top += line;
    if (step > 0) {
        page.text({column.left, top, column.left + width, top + line}, Type::Body, step_label,
                  theme::kCard, Align::Left, Lines::Filled);
    }
    page.pop();
    if (step <= 0) return;
    constexpr float kBetween = 4;
    const auto count = static_cast<float>(steps);
    const float part = (column.width() - kBetween * (count - 1)) / count;
    for (int i = 0; i < steps; ++i) {
        const float left = column.left + static_cast<float>(i) * (part + kBetween);
        page.fill({left, 39, left + part, 44}, i < step ? theme::kCard : Colour{0x4D, 0x6A, 0x9B},
                  2.5F);
    }
}

bool header_globe(const std::string& id, std::string_view label) {
    constexpr float kRadius = 8.5F;
    const Body body = button_body(id, globe_place(), Look::Secondary);
    const Rect& face = body.face;
    globe({face.left + 4 + kRadius, face.middle().y}, kRadius, body.words);
    label_in(body, {face.left + 6 + 2 * kRadius, face.top, face.right - 2, face.bottom}, Type::Body,
             label, Align::Centre);
    canvas().focus_begins();
    return body.touched;
}

bool foot_left(const std::string& id, std::string_view label, FootSign sign) {
    const Rect row = foot_row();
    return foot_button(id, label, sign, {row.left, row.top, row.left + 116, row.bottom});
}

bool foot_right(const std::string& id, std::string_view label, FootSign sign) {
    const Rect row = foot_row();
    return foot_button(id, label, sign, {row.right - 116, row.top, row.right, row.bottom});
}

// ── The focus ────────────────────────────────────────────────────────────────────────────────────

void focus_begins() {
    canvas().focus_begins();
}

// ── Space ────────────────────────────────────────────────────────────────────────────────────────

void space(float millimetres) {
    canvas().space(millimetres);
}

void spring() {
    canvas().spring();
}

// ── Words ────────────────────────────────────────────────────────────────────────────────────────

void heading(std::string_view text) {
    flowing(Type::Title, text, theme::kInk, Align::Left, Lines::Balanced);
}

void staff_line(std::string_view text) {
    Canvas& page = canvas();
    const TypeStyle style = style_of(Type::Body);
    const Rect line = page.place(style.em * style.line);
    if (!text.empty()) {
        page.text(line, Type::Body, page.fitted(Type::Body, text, line.width(), Lines::Filled, 1),
                  theme::kInk, Align::Centre, Lines::Filled);
    }
}

void paragraph(std::string_view text) {
    flowing(Type::Body, text, theme::kInk, Align::Left, Lines::Filled);
}

void aside(std::string_view text) {
    flowing(Type::Body, text, theme::kQuietInk, Align::Left, Lines::Filled);
}

void centred(Type type, std::string_view text) {
    flowing(type, text, theme::kInk, Align::Centre, Lines::Balanced);
}

namespace {

void notice_sign(Point middle, float radius, Mood mood) {
    Canvas& page = canvas();
    page.disc(middle, radius, ink_of(mood));
    const float width = radius * 0.2F;
    if (mood == Mood::Good) return check_mark(middle, radius, theme::kCard, width);
    page.path(std::array{Point{middle.x, middle.y - radius * 0.55F},
                         Point{middle.x, middle.y + radius * 0.12F}},
              theme::kCard, width);
    page.disc({middle.x, middle.y + radius * 0.55F}, width * 0.68F, theme::kCard);
}

void band(std::string_view text, Mood mood, Type type, float sign_radius) {
    Canvas& page = canvas();
    const float indent = 2 * kPadding + 2 * sign_radius;
    const float width = page.column().width() - indent - kPadding;
    const float words = page.height_of(type, text, width, Lines::Balanced);
    const Rect rect = card(std::max(words, 2 * sign_radius), pale_of(mood));
    page.outline(rect, ink_of(mood), 0.7F, theme::kRadius);
    notice_sign({rect.left + kPadding + sign_radius, rect.middle().y}, sign_radius, mood);
    page.push(rect, pale_of(mood));
    const float top = rect.middle().y - words / 2;
    page.text({rect.left + indent, top, rect.right - kPadding, top + words}, type, text,
              mood == Mood::Plain ? theme::kInk : ink_of(mood), Align::Left, Lines::Balanced);
    page.pop();
}

}  // namespace

void notice(std::string_view text, Mood mood) {
    band(text, mood, Type::Strong, 8);
}

void call(std::string_view text, Mood mood) {
    band(text, mood, Type::Title, 12);
}

void statement(std::span<const std::string> lines) {
    Canvas& page = canvas();
    const float width = page.column().width() - 2 * kPadding;
    float words = 0;
    for (const std::string& line : lines) {
        words += page.height_of(Type::Display, line, width, Lines::Balanced);
    }
    const Rect rect = card(words + 2 * kPadding, theme::kCard);
    page.outline(rect, theme::kAccent, 0.9F, theme::kRadius);
    page.push(rect, theme::kCard);
    float top = rect.middle().y - words / 2;
    for (const std::string& line : lines) {
        const float height = page.height_of(Type::Display, line, width, Lines::Balanced);
        page.text({rect.left + kPadding, top, rect.right - kPadding, top + height}, Type::Display,
                  line, theme::kInk, Align::Centre, Lines::Balanced);
        top += height;
    }
    page.pop();
}

void facts(std::span<const Fact> given) {
    constexpr float kLabelWidth = 66;
    constexpr float kBetween = 5;
    constexpr std::size_t kLinesMax = 4;
    Canvas& page = canvas();
    const float width = page.column().width() - 2 * kPadding;
    std::vector<Fact> list(given.begin(), given.end());
    const auto type_of = [](const Fact& fact) { return fact.large ? Type::Display : Type::Strong; };
    const auto room_of = [&](const Fact& fact) { return fact.large ? width : width - kLabelWidth; };
    const auto height_of = [&](const Fact& fact) {
        const float value =
            page.height_of(type_of(fact), fact.value, room_of(fact), Lines::Balanced);
        return std::max(value,
                        fact.large ? 0 : style_of(Type::Body).em * style_of(Type::Body).line);
    };

    float words = -kBetween;
    for (Fact& fact : list) {
        fact.value =
            page.fitted(type_of(fact), fact.value, room_of(fact), Lines::Balanced, kLinesMax);
        words += height_of(fact) + kBetween;
    }
    const Rect rect = card(words, theme::kCard);
    page.outline(rect, theme::kEdge, 0.6F, theme::kRadius);
    page.push(rect, theme::kCard);
    float top = rect.top + kPadding;
    const Rect room = rect.inset(kPadding);
    for (const Fact& fact : list) {
        const float height = height_of(fact);
        if (!fact.large) {
            page.text({room.left, top, room.left + kLabelWidth - 4, top + height}, Type::Body,
                      fact.label, theme::kQuietInk, Align::Left, Lines::Filled);
        }
        page.text({room.right - room_of(fact), top, room.right, top + height}, type_of(fact),
                  fact.value, theme::kInk, Align::Left, Lines::Balanced);
        top += height + kBetween;
        if (&fact != &list.back()) {
            page.line({room.left, top - kBetween / 2}, {room.right, top - kBetween / 2},
                      theme::kFaint, 0.5F);
        }
    }
    page.pop();
}

// ── Signs ────────────────────────────────────────────────────────────────────────────────────────

void emblem(Sign sign, Mood mood, float height) {
    Canvas& page = canvas();
    const Point middle = page.place(height).middle();
    const float radius = height / 2;
    const float stroke = radius * 0.16F;
    const bool solid = sign == Sign::Check;
    page.disc(middle, radius, solid ? ink_of(mood) : pale_of(mood));
    const Colour ink = solid ? theme::kCard : ink_of(mood);
    switch (sign) {
        case Sign::Check:
            return check_mark(middle, radius * 0.95F, ink, stroke);
        case Sign::Stop:
            return cross_mark(middle, radius * 0.36F, ink, stroke);
        case Sign::Person:
            return person({middle.x, middle.y - radius * 0.08F}, radius * 0.62F, ink);
        case Sign::Wait:
            for (const float offset : {-0.42F, 0.0F, 0.42F}) {
                page.disc({middle.x + offset * radius, middle.y}, radius * 0.13F, ink);
            }
            return;
        case Sign::Clock:
            page.ring(middle, radius * 0.66F, ink, stroke * 0.8F);
            page.path(std::array{Point{middle.x, middle.y - radius * 0.40F}, middle,
                                 Point{middle.x + radius * 0.28F, middle.y + radius * 0.16F}},
                      ink, stroke * 0.8F);
            return;
    }
}

void result(std::string_view title) {
    constexpr float kRadius = 24;
    constexpr float kBetween = 12;
    Canvas& page = canvas();
    const float room = page.column().width() - 4 * kPadding - 2 * kRadius - kBetween;
    const float words = page.height_of(Type::Display, title, room, Lines::Balanced);
    const Rect rect = card(std::max(words, 2 * kRadius), theme::kGood);
    const float width = std::min(room, page.width_of(Type::Display, title));
    const float left = rect.middle().x - (width + kBetween + 2 * kRadius) / 2;
    const Point sign{left + kRadius, rect.middle().y};
    page.disc(sign, kRadius, theme::kCard);
    check_mark(sign, kRadius * 0.95F, theme::kGood, 4.5F);
    page.push(rect, theme::kGood);
    const float text_left = left + 2 * kRadius + kBetween;
    page.text({text_left, rect.middle().y - words / 2, text_left + width + 1,
               rect.middle().y + words / 2},
              Type::Display, title, theme::kCard, Align::Left, Lines::Balanced);
    page.pop();
}

void countdown(int seconds, int of_seconds) {
    constexpr float kHeight = 110;
    Canvas& page = canvas();
    const Rect rect = page.place(kHeight);
    const Point middle = rect.middle();
    const float part = static_cast<float>(seconds) / static_cast<float>(std::max(of_seconds, 1));
    page.ring(middle, kHeight / 2, theme::kFaint, 9);
    page.arc(middle, kHeight / 2, part, theme::kAccent, 9);
    const float height = page.height_of(Type::Giant, "0", kHeight, Lines::Filled);
    page.text({middle.x - kHeight / 2, middle.y - height / 2, middle.x + kHeight / 2,
               middle.y + height / 2},
              Type::Giant, std::to_string(seconds), theme::kInk, Align::Centre, Lines::Filled);
}

// ── What can be touched ──────────────────────────────────────────────────────────────────────────

namespace {

bool wide_button(const std::string& id, std::string_view label, Look look, Type type,
                 float height_min) {
    Canvas& page = canvas();
    const float width = page.column().width() - 2 * kPadding;
    const float words = page.height_of(type, label, width, Lines::Balanced);
    const Rect rect = page.place(std::max(height_min, words + 2 * kPadding) + theme::kLift);
    const Body body = button_body(id, rect, look);
    label_in(body, body.face.inset(kPadding), type, label, Align::Centre);
    return body.touched;
}

struct ChoiceStyle {
    Type title;
    std::size_t lines;    // at most, of the title and of each detail
    std::size_t details;  // at most
};

struct ChoiceWords {
    std::vector<std::pair<Type, std::string>> lines;  // the title first
    float height = 0;                                 // of the card
};

constexpr float kChoicePadding = kPadding - 1;
constexpr float kBetweenChoices = 5;

float choice_width() {
    constexpr float kArrowRoom = 12;
    return canvas().column().width() - 2 * kPadding - kArrowRoom;
}

ChoiceWords words_of(const Choice& choice, const ChoiceStyle& style) {
    Canvas& page = canvas();
    const float width = choice_width();
    ChoiceWords words;
    const auto add = [&](Type type, const std::string& text) {
        words.lines.emplace_back(type, page.fitted(type, text, width, Lines::Filled, style.lines));
    };
    add(style.title, choice.title);
    for (std::size_t i = 0; i < std::min(style.details, choice.details.size()); ++i) {
        add(Type::Body, choice.details[i]);
    }
    words.height = 2 * kChoicePadding + theme::kLift;
    for (const auto& [type, text] : words.lines) {
        words.height += page.height_of(type, text, width, Lines::Filled);
    }
    return words;
}

// In the roomiest style that fits, or else the closest one.
std::vector<ChoiceWords> words_of(std::span<const Choice> list, float room) {
    constexpr std::array kStyles = {ChoiceStyle{Type::Title, 3, 3}, ChoiceStyle{Type::Strong, 3, 3},
                                    ChoiceStyle{Type::Strong, 2, 1}};
    std::vector<ChoiceWords> words;
    for (const ChoiceStyle& style : kStyles) {
        words.clear();
        float height = -kBetweenChoices;
        for (const Choice& choice : list) {
            words.push_back(words_of(choice, style));
            height += words.back().height + kBetweenChoices;
        }
        if (height <= room) break;
    }
    return words;
}

bool choice_card(const std::string& id, const ChoiceWords& words) {
    Canvas& page = canvas();
    const Rect rect = page.place(words.height);
    const Body body = button_body(id, rect, Look::Secondary);
    chevron({body.face.right - kPadding - 1, body.face.middle().y}, 6, 1, theme::kAccent);
    page.push(body.face, body.surface);
    const float left = body.face.left + kPadding;
    const float right = left + choice_width();
    float top = body.face.top + kChoicePadding;
    for (const auto& [type, text] : words.lines) {
        const float bottom = top + page.height_of(type, text, choice_width(), Lines::Filled);
        const bool is_title = &text == &words.lines.front().second;
        page.text({left, top, right, bottom}, type, text, is_title ? theme::kAccent : theme::kInk,
                  Align::Left, Lines::Filled);
        top = bottom;
    }
    page.pop();
    return body.touched;
}

}  // namespace

bool button(const std::string& id, std::string_view label, Look look) {
    return wide_button(id, label, look, Type::Strong, kButtonHeight);
}

bool big_button(const std::string& id, std::string_view label) {
    return wide_button(id, label, Look::Primary, Type::Title, kBigButtonHeight);
}

bool check(const std::string& id, std::string_view label, bool on) {
    constexpr float kBox = 14;
    constexpr float kBetween = 6;
    Canvas& page = canvas();
    const float room = page.column().width() - 2 * kPadding - kBox - kBetween;
    const float words = page.height_of(Type::Strong, label, room, Lines::Balanced);
    const float height = std::max(kButtonHeight - 4, words + 2 * kPadding);
    const Body body = button_body(id, page.place(height + theme::kLift), Look::Secondary);
    const Point middle{body.face.left + kPadding + kBox / 2, body.face.middle().y};
    const Rect box{middle.x - kBox / 2, middle.y - kBox / 2, middle.x + kBox / 2,
                   middle.y + kBox / 2};
    page.fill(box, on ? theme::kAccent : theme::kCard, 2.5F);
    page.outline(box, theme::kAccent, 1, 2.5F);
    if (on) check_mark(middle, kBox * 0.42F, theme::kCard, 2);
    const float left = box.right + kBetween;
    label_in(body, {left, body.face.top, body.face.right - kPadding, body.face.bottom},
             Type::Strong, label, Align::Left);
    return body.touched;
}

std::optional<std::size_t> choices(std::span<const Choice> list, float below) {
    const std::vector<ChoiceWords> words = words_of(list, canvas().room() - below);
    std::optional<std::size_t> touched;
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (i > 0) canvas().space(kBetweenChoices);
        if (choice_card(list[i].id, words[i])) touched = i;
    }
    return touched;
}

namespace {

constexpr float kTilePadding = 4;

bool fits_whole(Type type, std::string_view label, float width) {
    while (!label.empty()) {
        const std::string_view word = label.substr(0, label.find(' '));
        if (canvas().width_of(type, word) > width) return false;
        label.remove_prefix(std::min(word.size() + 1, label.size()));
    }
    return true;
}

constexpr float kBetweenTiles = 5;

// How wide a tile is that takes so many places of a row.
float tile_width(int columns, int span) {
    const float place = (canvas().column().width() + kBetweenTiles) / static_cast<float>(columns);
    return static_cast<float>(span) * place - kBetweenTiles;
}

// The largest type from the wanted one down in which no word is broken.
Type whole_words(std::span<const Tile> list, int columns, Type wanted) {
    constexpr std::array kSmaller = {Type::Title, Type::Strong, Type::Body};
    const auto* type = std::ranges::find(kSmaller, wanted);
    if (type == kSmaller.end()) return wanted;
    const auto fits = [&](const Tile& tile) {
        return fits_whole(*type, tile.label, tile_width(columns, tile.span) - 2 * kTilePadding);
    };
    while (type + 1 != kSmaller.end() && !std::ranges::all_of(list, fits))
        ++type;
    return *type;
}

void tile_words(const Body& body, const Tile& tile, Type type) {
    Canvas& page = canvas();
    const Rect room = body.face.inset(kTilePadding);
    if (tile.detail.empty()) {
        label_in(body, room, type, tile.label, Align::Centre);
        return;
    }
    const float label = page.height_of(type, tile.label, room.width(), Lines::Balanced);
    const float detail = page.height_of(Type::Body, tile.detail, room.width(), Lines::Balanced);
    const float top = room.middle().y - (label + detail) / 2;
    page.push(body.face, body.surface);
    page.text({room.left, top, room.right, top + label}, type, tile.label, body.words,
              Align::Centre, Lines::Balanced);
    page.text({room.left, top + label, room.right, top + label + detail}, Type::Body, tile.detail,
              tile.look == Look::Primary ? body.words : theme::kInk, Align::Centre,
              Lines::Balanced);
    page.pop();
}

}  // namespace

std::optional<std::size_t> tiles(std::span<const Tile> list, int columns, float height,
                                 Type wanted) {
    Canvas& page = canvas();
    const Type type = whole_words(list, columns, wanted);
    std::optional<std::size_t> touched;
    Rect row;
    int column = columns;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const Tile& tile = list[i];
        if (column + tile.span > columns) {
            if (i > 0) page.space(kBetweenTiles);
            row = page.place(height + theme::kLift);
            column = 0;
        }
        const float left = row.left + tile_width(columns, column) + kBetweenTiles;
        column += tile.span;
        if (tile.id.empty()) continue;
        const float right = left + tile_width(columns, tile.span);
        const Body body = button_body(tile.id, {left, row.top, right, row.bottom}, tile.look);
        tile_words(body, tile, type);
        if (body.touched) touched = i;
    }
    return touched;
}

std::optional<PadTouch> keypad(std::string_view erase_label, const std::optional<Tile>& extra) {
    constexpr float kKeyHeight = 35;
    std::vector<Tile> keys;
    for (int digit = 1; digit <= 9; ++digit) {
        keys.push_back({"digit/" + std::to_string(digit), std::to_string(digit), "", {}});
    }
    std::optional<PadTouch> touched;
    if (const auto digit = tiles(keys, 3, kKeyHeight, Type::Digits)) {
        touched = PadTouch{PadTouch::Key::Digit, static_cast<int>(*digit) + 1};
    }

    Canvas& page = canvas();
    constexpr float kBetween = 5;
    page.space(kBetween);
    const Rect row = page.place(kKeyHeight + theme::kLift);
    const float width = (row.width() - 2 * kBetween) / 3;
    const auto place = [&](int column) {
        const float left = row.left + static_cast<float>(column) * (width + kBetween);
        return Rect{left, row.top, left + width, row.bottom};
    };
    if (extra) {
        const Body body = button_body(extra->id, place(0), extra->look);
        label_in(body, body.face.inset(3), Type::Strong, extra->label, Align::Centre);
        if (body.touched) touched = PadTouch{PadTouch::Key::Extra, 0};
    }
    const Body zero = button_body("digit/0", place(1), Look::Secondary);
    label_in(zero, zero.face.inset(3), Type::Digits, "0", Align::Centre);
    if (zero.touched) touched = PadTouch{PadTouch::Key::Digit, 0};
    const Body erase = button_body("erase", place(2), Look::Secondary);
    label_in(erase, erase.face.inset(3), Type::Strong, erase_label, Align::Centre);
    if (erase.touched) touched = PadTouch{PadTouch::Key::Erase, 0};
    return touched;
}

void digit_boxes(std::string_view digits, std::size_t count) {
    constexpr float kBetween = 3;
    constexpr float kGroup = 5;  // a wider gap after so many: people copy in groups
    constexpr float kGroupGap = 9;
    Canvas& page = canvas();
    const Rect row = page.place(32);
    const auto groups = static_cast<float>((count - 1) / static_cast<std::size_t>(kGroup));
    const float gaps = kBetween * (static_cast<float>(count) - 1 - groups) + kGroupGap * groups;
    const float width = (row.width() - gaps) / static_cast<float>(count);
    float left = row.left;
    for (std::size_t i = 0; i < count; ++i) {
        const Rect box{left, row.top, left + width, row.bottom};
        const bool next = i == digits.size();
        page.fill(box, theme::kCard, 3);
        page.outline(box, next ? theme::kAccent : theme::kEdge, next ? 1.2F : 0.6F, 3);
        if (i < digits.size()) {
            const float height = page.height_of(Type::Digits, "0", width, Lines::Filled);
            const float top = box.middle().y - height / 2;
            page.push(box, theme::kCard);
            page.text({box.left, top, box.right, top + height}, Type::Digits, digits.substr(i, 1),
                      theme::kInk, Align::Centre, Lines::Filled);
            page.pop();
        }
        const bool group_ends = (i + 1) % static_cast<std::size_t>(kGroup) == 0;
        left += width + (group_ends ? kGroupGap : kBetween);
    }
}

void number_entry(std::string_view digits, std::string_view before, std::string_view after) {
    constexpr float kBoxWidth = 72;
    constexpr float kBetween = 6;
    Canvas& page = canvas();
    const Rect row = page.place(36);
    const float before_width = page.width_of(Type::Title, before) + (before.empty() ? 0 : kBetween);
    const float after_width = page.width_of(Type::Title, after) + (after.empty() ? 0 : kBetween);
    const float left = row.middle().x - (before_width + kBoxWidth + after_width) / 2;
    const Rect box{left + before_width, row.top, left + before_width + kBoxWidth, row.bottom};
    const float title = page.height_of(Type::Title, "0", kBoxWidth, Lines::Filled);
    const float top = row.middle().y - title / 2;
    page.text({left - 1, top, box.left, top + title}, Type::Title, before, theme::kInk, Align::Left,
              Lines::Filled);
    page.text({box.right + kBetween, top, box.right + after_width + 1, top + title}, Type::Title,
              after, theme::kInk, Align::Left, Lines::Filled);
    page.fill(box, theme::kCard, 3);
    page.outline(box, theme::kAccent, 1.2F, 3);
    page.push(box, theme::kCard);
    const float height = page.height_of(Type::Digits, "0", kBoxWidth, Lines::Filled);
    page.text({box.left, box.middle().y - height / 2, box.right, box.middle().y + height / 2},
              Type::Digits, digits, theme::kInk, Align::Centre, Lines::Filled);
    page.pop();
}

namespace {

using Mark = CalendarDay::Mark;

void day_mark(Mark mark, Point middle) {
    constexpr float kSize = 6.2F;
    Canvas& page = canvas();
    switch (mark) {
        case Mark::Many:
            return page.ring(middle, kSize, theme::kAccent, kStroke);
        case Mark::Few:
            page.path(std::array{Point{middle.x, middle.y - kSize},
                                 Point{middle.x + kSize, middle.y + kSize * 0.8F},
                                 Point{middle.x - kSize, middle.y + kSize * 0.8F},
                                 Point{middle.x, middle.y - kSize}},
                      theme::kAccent, kStroke);
            return;
        case Mark::None:
            return cross_mark(middle, kSize * 0.7F, theme::kInk, kStroke);
        case Mark::Closed:
            return;
    }
}

bool is_open(const CalendarDay& day) {
    return day.mark == Mark::Many || day.mark == Mark::Few;
}

bool day_cell(const CalendarDay& day, const Rect& rect) {
    Canvas& page = canvas();
    const bool open = is_open(day);
    Rect face = rect;
    Colour surface = theme::kPaper;
    Colour words = theme::kQuietInk;
    bool touched = false;
    if (day.mark == Mark::None) words = theme::kInk;
    if (open) {
        const Body body = button_body(day.id, rect, Look::Secondary);
        face = body.face;
        surface = body.surface;
        words = theme::kInk;
        touched = body.touched;
    } else if (day.mark == Mark::None) {
        surface = theme::kFaint;
        page.fill(face, surface, theme::kRadius);
    }
    const float height = page.height_of(Type::Strong, day.label, face.width(), Lines::Filled);
    page.push(face, surface);
    page.text({face.left, face.top + 1.5F, face.right, face.top + 1.5F + height}, Type::Strong,
              day.label, words, Align::Centre, Lines::Filled);
    page.pop();
    day_mark(day.mark, {face.middle().x, face.bottom - 10});
    return touched;
}

}  // namespace

std::optional<std::size_t> calendar(std::span<const std::string> weekdays, int first_column,
                                    std::span<const CalendarDay> days) {
    constexpr float kBetween = 3.6F;
    constexpr float kDayHeight = 34;
    constexpr int kColumns = 7;
    Canvas& page = canvas();
    Rect row = page.place(style_of(Type::Body).em * style_of(Type::Body).line);
    const float width = (row.width() - kBetween * (kColumns - 1)) / kColumns;
    const auto left_of = [&](int column) {
        return row.left + static_cast<float>(column) * (width + kBetween);
    };
    int column = 0;
    for (const std::string& weekday : weekdays) {
        page.text({left_of(column), row.top, left_of(column) + width, row.bottom}, Type::Body,
                  weekday, theme::kQuietInk, Align::Centre, Lines::Filled);
        ++column;
    }
    page.space(2);
    std::optional<std::size_t> touched;
    column = first_column;
    row = page.place(kDayHeight);
    // Who chooses a day seldom turns the page first.
    if (std::ranges::any_of(days, is_open)) page.focus_begins();
    for (std::size_t i = 0; i < days.size(); ++i) {
        if (column == kColumns) {
            column = 0;
            page.space(kBetween);
            row = page.place(kDayHeight);
        }
        const Rect cell{left_of(column), row.top, left_of(column) + width, row.bottom};
        if (day_cell(days[i], cell)) touched = i;
        ++column;
    }
    return touched;
}

void calendar_legend(std::string_view many, std::string_view few, std::string_view none) {
    constexpr float kSignRoom = 19;
    Canvas& page = canvas();
    const float height = style_of(Type::Body).em * style_of(Type::Body).line;
    const Rect row = page.place(height);
    float wanted = 3 * kSignRoom;
    for (const std::string_view words : {many, few, none}) {
        wanted += page.width_of(Type::Body, words);
    }
    const float between = std::max(0.0F, (row.width() - wanted) / 2);
    float left = row.left;
    const std::array entries = {std::pair{Mark::Many, many}, std::pair{Mark::Few, few},
                                std::pair{Mark::None, none}};
    for (const auto& [mark, words] : entries) {
        day_mark(mark, {left + 7, row.middle().y});
        const float width = page.width_of(Type::Body, words);
        page.text({left + kSignRoom, row.top, left + kSignRoom + width + 1, row.bottom}, Type::Body,
                  words, theme::kInk, Align::Left, Lines::Filled);
        left += kSignRoom + width + between;
    }
}

std::optional<Turn> turner(std::string_view title, bool earlier, std::string_view earlier_label,
                           bool later, std::string_view later_label) {
    constexpr float kArrowWidth = 68;
    constexpr float kSignRoom = 14;
    Canvas& page = canvas();
    const Rect row = page.place(kTurnerHeight);
    std::optional<Turn> touched;
    if (earlier) {
        const Body body = button_body(
            "earlier", {row.left, row.top, row.left + kArrowWidth, row.bottom}, Look::Secondary);
        const Rect room = body.face.inset(4);
        chevron({room.left + 1, room.middle().y}, 5, -1, body.words);
        label_in(body, {room.left + kSignRoom - 4, room.top, room.right, room.bottom}, Type::Strong,
                 earlier_label, Align::Centre);
        if (body.touched) touched = Turn::Earlier;
    }
    if (later) {
        const Body body = button_body(
            "later", {row.right - kArrowWidth, row.top, row.right, row.bottom}, Look::Secondary);
        const Rect room = body.face.inset(4);
        chevron({room.right - 1, room.middle().y}, 5, 1, body.words);
        label_in(body, {room.left, room.top, room.right - kSignRoom + 4, room.bottom}, Type::Strong,
                 later_label, Align::Centre);
        if (body.touched) touched = Turn::Later;
    }
    const Rect room{row.left + kArrowWidth + 4, row.top, row.right - kArrowWidth - 4, row.bottom};
    const float height = page.height_of(Type::Strong, title, room.width(), Lines::Balanced);
    const float top = room.middle().y - height / 2;
    page.text({room.left, top, room.right, top + height}, Type::Strong, title, theme::kInk,
              Align::Centre, Lines::Balanced);
    return touched;
}

// ── Pictures ─────────────────────────────────────────────────────────────────────────────────────

void live_picture(const Picture* picture, float height) {
    Canvas& page = canvas();
    const Rect rect = page.place(height);
    page.fill(rect, theme::kInk, theme::kRadius);
    if (picture != nullptr && !picture->empty()) {
        const float place_shape = rect.width() / rect.height();
        const float shape =
            static_cast<float>(picture->width()) / static_cast<float>(picture->height());
        const float cut_x = std::max(0.0F, (1 - place_shape / shape) / 2);
        const float cut_y = std::max(0.0F, (1 - shape / place_shape) / 2);
        page.image(picture->texture(), rect, {cut_x, cut_y, 1 - cut_x, 1 - cut_y});
    }
    constexpr float kCorner = 24;
    const Rect frame = rect.inset(14);
    const auto corner = [&](Point at, float x, float y) {
        const std::array points = {Point{at.x + x * kCorner, at.y}, at,
                                   Point{at.x, at.y + y * kCorner}};
        page.path(points, theme::kInk, 3.6F);
        page.path(points, theme::kCard, 2.2F);
    };
    corner({frame.left, frame.top}, 1, 1);
    corner({frame.right, frame.top}, -1, 1);
    corner({frame.left, frame.bottom}, 1, -1);
    corner({frame.right, frame.bottom}, -1, -1);
}

}  // namespace mado::ui

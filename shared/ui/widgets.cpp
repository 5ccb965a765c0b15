#include "shared/ui/widgets.h"

#include "shared/ui/body.h"
#include "shared/ui/current.h"
#include "shared/ui/signs.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace mado::ui {
namespace {

Colour ink_of(Mood mood) {
    const Palette& colours = canvas().colours();
    switch (mood) {
        case Mood::Plain:
            return colours.accent;
        case Mood::Good:
            return colours.good;
        case Mood::Bad:
            return colours.bad;
    }
    return colours.ink;
}

Colour pale_of(Mood mood) {
    const Palette& colours = canvas().colours();
    switch (mood) {
        case Mood::Plain:
            return colours.accent_pale;
        case Mood::Good:
            return colours.good_pale;
        case Mood::Bad:
            return colours.bad_pale;
    }
    return colours.card;
}

// A filled card in the flow, and the room for words in it.
Rect card(float height_of_words, Colour surface) {
    Canvas& page = canvas();
    const Rect rect = page.place(height_of_words + 2 * kPadding);
    page.fill(rect, surface, theme::kRadius);
    return rect;
}

}  // namespace

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

Beside::Beside() {
    canvas().turn_aside();
}

Beside::~Beside() {
    canvas().turn_back();
}

bool decorates() {
    return canvas().decorates();
}

// ── Words ────────────────────────────────────────────────────────────────────────────────────────

void heading(std::string_view text) {
    canvas().flow_text(Type::Title, text, canvas().colours().ink, Align::Left, Lines::Balanced);
}

// Where it is too long for one line it takes several, while it says something.
void staff_line(std::string_view text) {
    Canvas& page = canvas();
    if (text.empty()) {
        page.place(page.line_height(Type::Body));
    } else {
        page.flow_text(Type::Body, text, page.colours().ink, Align::Centre, Lines::Filled);
    }
}

void paragraph(std::string_view text) {
    canvas().flow_text(Type::Body, text, canvas().colours().ink, Align::Left, Lines::Filled);
}

void aside(std::string_view text) {
    canvas().flow_text(Type::Body, text, canvas().colours().quiet_ink, Align::Left, Lines::Filled);
}

void centred(Type type, std::string_view text) {
    canvas().flow_text(type, text, canvas().colours().ink, Align::Centre, Lines::Balanced);
}

void number_to_copy(std::string_view number) {
    Canvas& page = canvas();
    constexpr std::array kLargestFirst = {Type::Giant, Type::Display, Type::Title, Type::Strong};
    const auto* type = std::ranges::find_if(kLargestFirst, [&](Type each) {
        return page.width_of(each, number) <= page.column().width();
    });
    centred(type == kLargestFirst.end() ? kLargestFirst.back() : *type, number);
}

namespace {

void notice_sign(Point middle, float radius, Mood mood) {
    Canvas& page = canvas();
    page.disc(middle, radius, ink_of(mood));
    const float width = radius * 0.2F;
    if (mood == Mood::Good) return check_mark(middle, radius, canvas().colours().card, width);
    page.path(std::array{Point{middle.x, middle.y - radius * 0.55F},
                         Point{middle.x, middle.y + radius * 0.12F}},
              canvas().colours().card, width);
    page.disc({middle.x, middle.y + radius * 0.55F}, width * 0.68F, canvas().colours().card);
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
              mood == Mood::Plain ? page.colours().ink : ink_of(mood), Align::Left,
              Lines::Balanced);
    page.pop();
}

}  // namespace

void notice(std::string_view text, Mood mood) {
    band(text, mood, Type::Strong, 8);
}

void call(std::string_view text, Mood mood) {
    band(text, mood, Type::Title, 12);
}

// Where the page is in parts each line is a card of its own.
void statement(std::span<const std::string> lines) {
    Canvas& page = canvas();
    const Beside beside;
    if (page.is_in_parts() && lines.size() > 1) {
        for (const std::string& line : lines)
            statement(std::span(&line, 1));
        return;
    }
    const float inner = page.between(kPadding / 2, kPadding);
    const float width = page.column().width() - 2 * kPadding;
    float words = 0;
    for (const std::string& line : lines) {
        words += page.height_of(Type::Display, line, width, Lines::Balanced);
    }
    const Rect rect = page.place(words + 4 * inner);
    page.fill(rect, page.colours().card, theme::kRadius);
    page.outline(rect, page.colours().accent, 0.9F, theme::kRadius);
    page.push(rect, page.colours().card);
    float top = rect.middle().y - words / 2;
    for (const std::string& line : lines) {
        const float height = page.height_of(Type::Display, line, width, Lines::Balanced);
        page.text({rect.left + kPadding, top, rect.right - kPadding, top + height}, Type::Display,
                  line, page.colours().ink, Align::Centre, Lines::Balanced);
        top += height;
    }
    page.pop();
}

namespace {

constexpr float kFactLabelWidth = 62;
constexpr float kBetweenFactLabel = 4;

// How facts stand in their card: labels before their values, or above them.
struct FactStyle {
    bool above = false;
    float width = 0;  // of the card's inside

    float value_width(const Fact& fact) const {
        return fact.large || above ? width : width - kFactLabelWidth - kBetweenFactLabel;
    }
};

Type type_of(const Fact& fact) {
    return fact.large ? Type::Display : Type::Strong;
}

FactStyle style_for(std::span<const Fact> list, float width) {
    const FactStyle beside{false, width};
    const auto fits = [&](const Fact& fact) {
        if (fact.large) return true;
        return canvas().width_of(Type::Body, fact.label) <= kFactLabelWidth &&
               widest_word(type_of(fact), fact.value) <= beside.value_width(fact);
    };
    return {!std::ranges::all_of(list, fits), width};
}

float label_height(const Fact& fact, const FactStyle& style) {
    if (fact.large) return 0;
    const float width = style.above ? style.width : kFactLabelWidth;
    return canvas().height_of(Type::Body, fact.label, width, Lines::Filled);
}

float value_height(const Fact& fact, const FactStyle& style) {
    return canvas().height_of(type_of(fact), fact.value, style.value_width(fact), Lines::Balanced);
}

float fact_height(const Fact& fact, const FactStyle& style) {
    const float label = label_height(fact, style);
    const float value = value_height(fact, style);
    return style.above ? label + value : std::max(label, value);
}

void paint_fact(const Fact& fact, const FactStyle& style, const Rect& room) {
    Canvas& page = canvas();
    const float label = label_height(fact, style);
    if (!fact.large) {
        const float right = style.above ? room.right : room.left + kFactLabelWidth;
        page.text({room.left, room.top, right, room.top + label}, Type::Body, fact.label,
                  page.colours().quiet_ink, Align::Left, Lines::Filled);
    }
    const float top = style.above ? room.top + label : room.top;
    page.text({room.right - style.value_width(fact), top, room.right, room.bottom}, type_of(fact),
              fact.value, page.colours().ink, Align::Left, Lines::Balanced);
}

// What comes from outside is cut where it is longer than any name that an import lets in.
Fact shortened(const Fact& fact, const FactStyle& style) {
    constexpr float kLinesMax = 4;
    Canvas& page = canvas();
    const float factor = page.enlarged();
    const auto lines = static_cast<std::size_t>(kLinesMax * factor * factor);
    return {fact.label,
            page.fitted(type_of(fact), fact.value, style.value_width(fact), Lines::Balanced, lines),
            fact.large};
}

void facts_card(std::span<const Fact> list, const FactStyle& style) {
    Canvas& page = canvas();
    const float between = page.between(1.5F, 5);
    const float padding = page.between(kPadding / 2, kPadding);
    float words = -between;
    for (const Fact& fact : list)
        words += fact_height(fact, style) + between;
    const Rect rect = page.place(words + 2 * padding);
    page.fill(rect, page.colours().card, theme::kRadius);
    page.outline(rect, page.colours().edge, 0.6F, theme::kRadius);
    page.push(rect, page.colours().card);
    Rect room{rect.left + kPadding, rect.top + padding, rect.right - kPadding, rect.bottom};
    for (const Fact& fact : list) {
        room.bottom = room.top + fact_height(fact, style);
        paint_fact(fact, style, room);
        room.top = room.bottom + between;
        if (&fact != &list.back()) {
            const float y = room.top - between / 2;
            page.line({room.left, y}, {room.right, y}, page.colours().faint, 0.5F);
        }
    }
    page.pop();
}

}  // namespace

// Where the page is in parts each fact is a card of its own.
void facts(std::span<const Fact> given) {
    const FactStyle style = style_for(given, canvas().column().width() - 2 * kPadding);
    std::vector<Fact> list;
    for (const Fact& fact : given)
        list.push_back(shortened(fact, style));
    if (!canvas().is_in_parts()) return facts_card(list, style);
    for (const Fact& fact : list)
        facts_card(std::span(&fact, 1), style);
}

// ── Signs ────────────────────────────────────────────────────────────────────────────────────────

void emblem(Sign sign, Mood mood, float height) {
    Canvas& page = canvas();
    if (!page.decorates()) return;
    const float diameter = page.between(height * 0.55F, height);
    const Point middle = page.place(diameter).middle();
    const float radius = diameter / 2;
    const float stroke = radius * 0.16F;
    const bool solid = sign == Sign::Check;
    page.disc(middle, radius, solid ? ink_of(mood) : pale_of(mood));
    const Colour ink = solid ? page.colours().on_good : ink_of(mood);
    switch (sign) {
        case Sign::Check:
            return check_mark(middle, radius * 0.95F, ink, stroke);
        case Sign::Stop:
            return cross_mark(middle, radius * 0.36F, ink, stroke);
        case Sign::Person:
            return person_sign({middle.x, middle.y - radius * 0.08F}, radius * 0.62F, ink);
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
    constexpr float kBetween = 12;
    Canvas& page = canvas();
    const Colour ink = page.colours().on_good;
    const float radius = page.between(14, 24);
    const float room = page.column().width() - 4 * kPadding - 2 * radius - kBetween;
    const Type type = type_for(std::array{Fitted{title, room}}, Type::Display);
    const float words = page.height_of(type, title, room, Lines::Balanced);
    const float padding = page.between(kPadding / 2, kPadding);
    const Rect rect = page.place(std::max(words, 2 * radius) + 2 * padding);
    page.fill(rect, page.colours().good, theme::kRadius);
    const float width = std::min(room, page.width_of(type, title));
    const float left = rect.middle().x - (width + kBetween + 2 * radius) / 2;
    const Point sign{left + radius, rect.middle().y};
    page.disc(sign, radius, ink);
    check_mark(sign, radius * 0.95F, page.colours().good, radius * 0.19F);
    page.push(rect, page.colours().good);
    const float text_left = left + 2 * radius + kBetween;
    page.text({text_left, rect.middle().y - words / 2, text_left + width + 1,
               rect.middle().y + words / 2},
              type, title, ink, Align::Left, Lines::Balanced);
    page.pop();
}

void countdown(int seconds, int of_seconds) {
    constexpr float kTight = 76;
    constexpr float kRoomy = 110;
    Canvas& page = canvas();
    const float size = page.between(kTight, kRoomy);
    const Rect rect = page.place(size);
    const Point middle = rect.middle();
    const float part = static_cast<float>(seconds) / static_cast<float>(std::max(of_seconds, 1));
    page.ring(middle, size / 2, page.colours().faint, 9);
    page.arc(middle, size / 2, part, page.colours().accent, 9);
    const float height = page.height_of(Type::Giant, "0", size, Lines::Filled);
    page.text(
        {middle.x - size / 2, middle.y - height / 2, middle.x + size / 2, middle.y + height / 2},
        Type::Giant, std::to_string(seconds), page.colours().ink, Align::Centre, Lines::Filled);
}

// ── What can be touched ──────────────────────────────────────────────────────────────────────────

namespace {

bool wide_button(const std::string& id, std::string_view label, Look look, Type wanted,
                 float height) {
    constexpr float kTight = 22;
    Canvas& page = canvas();
    const float width = page.column().width() - 2 * kPadding;
    const Type type = type_for(std::array{Fitted{label, width}}, wanted);
    const float words = page.height_of(type, label, width, Lines::Balanced);
    const float padding = page.between(2, kPadding);
    const float face = std::max(page.between(kTight, height), words + 2 * padding);
    const Rect rect = page.place(face + theme::kLift);
    const Body body = button_body(id, rect, look);
    label_in(
        body,
        {body.face.left + kPadding, body.face.top, body.face.right - kPadding, body.face.bottom},
        type, label, Align::Centre);
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

float choice_width() {
    constexpr float kArrowRoom = 12;
    return canvas().column().width() - 2 * kPadding - kArrowRoom;
}

float choice_padding() {
    return canvas().between(2, kChoicePadding);
}

ChoiceStyle choice_style() {
    constexpr std::size_t kLinesMax = 3;
    const Canvas& page = canvas();
    const float factor = page.enlarged();
    const auto lines = static_cast<std::size_t>(kLinesMax * factor * factor);
    if (page.decorates()) return {Type::Title, lines, 3};
    return {Type::Strong, lines, page.tells_all() ? 3U : 1U};
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
    words.height = 2 * choice_padding() + theme::kLift;
    for (const auto& [type, text] : words.lines) {
        words.height += page.height_of(type, text, width, Lines::Filled);
    }
    return words;
}

// As much of it as a whole page holds.
ChoiceWords words_that_fit(const Choice& choice) {
    ChoiceStyle style = choice_style();
    ChoiceWords words = words_of(choice, style);
    while (words.height > canvas().column().height() && style.details > 0) {
        --style.details;
        words = words_of(choice, style);
    }
    return words;
}

bool choice_card(const std::string& id, const ChoiceWords& words) {
    Canvas& page = canvas();
    const Rect rect = page.place(words.height);
    const Body body = button_body(id, rect, Look::Secondary);
    chevron({body.face.right - kPadding - 1, body.face.middle().y}, 6, 1, body.words);
    page.push(body.face, body.surface);
    const float left = body.face.left + kPadding;
    const float right = left + choice_width();
    const bool held = page.held(id);
    float top = body.face.top + choice_padding();
    for (const auto& [type, text] : words.lines) {
        const float bottom = top + page.height_of(type, text, choice_width(), Lines::Filled);
        const bool is_title = &text == &words.lines.front().second;
        page.text({left, top, right, bottom}, type, text,
                  is_title || held ? body.words : page.colours().ink, Align::Left, Lines::Filled);
        top = bottom;
    }
    page.pop();
    return body.touched;
}

}  // namespace

bool button(const std::string& id, std::string_view label, Look look) {
    constexpr float kHeight = 32;
    return wide_button(id, label, look, Type::Strong, kHeight);
}

bool big_button(const std::string& id, std::string_view label) {
    constexpr float kHeight = 46;
    return wide_button(id, label, Look::Primary, Type::Title, kHeight);
}

bool check(const std::string& id, std::string_view label, bool on) {
    constexpr float kBox = 14;
    constexpr float kBetween = 6;
    constexpr float kTight = 22;
    constexpr float kHeight = 28;
    Canvas& page = canvas();
    const float room = page.column().width() - 2 * kPadding - kBox - kBetween;
    const float words = page.height_of(Type::Strong, label, room, Lines::Balanced);
    const float height =
        std::max(page.between(kTight, kHeight), words + 2 * page.between(1, kPadding));
    const Body body = button_body(id, page.place(height + theme::kLift), Look::Secondary);
    const Point middle{body.face.left + kPadding + kBox / 2, body.face.middle().y};
    const Rect box{middle.x - kBox / 2, middle.y - kBox / 2, middle.x + kBox / 2,
                   middle.y + kBox / 2};
    page.fill(box, on ? body.words : body.surface, 2.5F);
    page.outline(box, body.words, 1, 2.5F);
    if (on) check_mark(middle, kBox * 0.42F, body.surface, 2);
    const float left = box.right + kBetween;
    label_in(body, {left, body.face.top, body.face.right - kPadding, body.face.bottom},
             Type::Strong, label, Align::Left);
    return body.touched;
}

std::optional<std::size_t> choices(std::span<const Choice> list) {
    constexpr float kBetween = 5;
    const Beside beside;
    std::optional<std::size_t> touched;
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (i > 0) canvas().space(kBetween);
        if (choice_card(list[i].id, words_that_fit(list[i]))) touched = i;
    }
    return touched;
}

namespace {

constexpr float kTilePadding = 2.5F;
constexpr float kBetweenTiles = 5;
constexpr float kTileTight = 21;

// How tiles stand: so many in a row, so high, in this type.
struct TileStyle {
    std::size_t columns = 1;
    Type type = Type::Body;
    float height = 0;
};

float tile_width(std::size_t columns) {
    const float width = canvas().column().width() + kBetweenTiles;
    return width / static_cast<float>(columns) - kBetweenTiles;
}

// A wide page takes more in a row, and as few in each as make no more rows.
std::size_t columns_on_page(std::size_t count, std::size_t wanted) {
    constexpr float kUsualWidth = theme::kPageShort - 2 * theme::kMargin;
    const float wider = canvas().column().width() / kUsualWidth;
    const auto most =
        std::max<std::size_t>(1, std::lround(static_cast<float>(wanted) * std::max(wider, 1.0F)));
    if (most <= wanted) return wanted;
    const std::size_t rows = (count + most - 1) / most;
    return (count + rows - 1) / rows;
}

// The largest type in which no word of theirs is broken, so many in a row; none where even the
// smallest breaks one.
std::optional<Type> tile_type(std::span<const Tile> list, std::size_t columns, Type wanted) {
    const float width = tile_width(columns) - 2 * kTilePadding;
    std::vector<Fitted> labels;
    for (const Tile& tile : list) {
        labels.push_back({tile.label, width});
        if (widest_word(Type::Body, tile.detail) > width) return {};
    }
    return whole_words(labels, wanted);
}

TileStyle tile_style(std::span<const Tile> list, const TileRows& rows) {
    Canvas& page = canvas();
    TileStyle style{columns_on_page(list.size(), rows.columns), Type::Body, 0};
    while (style.columns > 1 && !tile_type(list, style.columns, rows.type)) {
        --style.columns;
    }
    if (const auto type = tile_type(list, style.columns, rows.type)) style.type = *type;
    style.height = page.between(kTileTight, rows.height);
    const float width = tile_width(style.columns) - 2 * kTilePadding;
    for (const Tile& tile : list) {
        const float words = page.height_of(style.type, tile.label, width, Lines::Balanced) +
                            page.height_of(Type::Body, tile.detail, width, Lines::Balanced);
        style.height = std::max(style.height, words + page.between(1, 8));
    }
    return style;
}

void tile_words(const Body& body, const Tile& tile, Type type) {
    Canvas& page = canvas();
    const Rect room{body.face.left + kTilePadding, body.face.top, body.face.right - kTilePadding,
                    body.face.bottom};
    if (tile.detail.empty()) {
        label_in(body, room, type, tile.label, Align::Centre);
        return;
    }
    const float label = page.height_of(type, tile.label, room.width(), Lines::Balanced);
    const float detail = page.height_of(Type::Body, tile.detail, room.width(), Lines::Balanced);
    const float top = room.middle().y - (label + detail) / 2;
    const bool plain = tile.look == Look::Secondary && !page.held(tile.id);
    page.push(body.face, body.surface);
    page.text({room.left, top, room.right, top + label}, type, tile.label, body.words,
              Align::Centre, Lines::Balanced);
    page.text({room.left, top + label, room.right, top + label + detail}, Type::Body, tile.detail,
              plain ? page.colours().ink : body.words, Align::Centre, Lines::Balanced);
    page.pop();
}

}  // namespace

std::optional<std::size_t> tiles(std::span<const Tile> list, const TileRows& rows) {
    Canvas& page = canvas();
    const TileStyle style = tile_style(list, rows);
    const float width = tile_width(style.columns);
    std::optional<std::size_t> touched;
    Rect row;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const std::size_t column = i % style.columns;
        if (column == 0) {
            if (i > 0) page.space(kBetweenTiles);
            row = page.place(style.height + theme::kLift);
        }
        const float left = row.left + static_cast<float>(column) * (width + kBetweenTiles);
        const bool to_the_end = rows.last_fills_row && i + 1 == list.size();
        const Body body = button_body(
            list[i].id, {left, row.top, to_the_end ? row.right : left + width, row.bottom},
            list[i].look);
        tile_words(body, list[i], style.type);
        if (body.touched) touched = i;
    }
    return touched;
}

namespace {

constexpr float kBetweenKeys = 4.4F;
constexpr float kKeyPadding = 1.5F;

// The heights of a keypad's rows: three of digits, and a last one with words beside the 0.
struct PadHeights {
    float digits = 0;
    float last = 0;

    float all() const { return 3 * (digits + gap()) + last; }
    static float gap() { return canvas().between(theme::kGapTight, kBetweenKeys); }
};

float key_width() {
    return (canvas().column().width() - 2 * kBetweenKeys) / 3;
}

float key_room() {
    return key_width() - 2 * kKeyPadding;
}

// Where its word would be broken a sign says the same.
bool is_erased_by_sign(const Pad& pad) {
    return widest_word(Type::Body, pad.erase_label) > key_room();
}

// What stands in words beside the 0.
std::vector<Fitted> words_of(const Pad& pad) {
    std::vector<Fitted> words;
    if (!is_erased_by_sign(pad)) words.push_back({pad.erase_label, key_room()});
    if (pad.extra) words.push_back({pad.extra->label, key_room()});
    return words;
}

PadHeights pad_heights(std::span<const Fitted> words) {
    constexpr float kTight = 22;
    constexpr float kRoomy = 35;
    Canvas& page = canvas();
    PadHeights heights;
    heights.digits =
        std::max(page.between(kTight, kRoomy), page.line_height(Type::Digits) + 1) + theme::kLift;
    heights.last = heights.digits;
    const Type type = type_for(words, Type::Strong);
    for (const Fitted& each : words) {
        const float height = page.height_of(type, each.label, each.width, Lines::Balanced);
        heights.last = std::max(heights.last, height + 1 + theme::kLift);
    }
    return heights;
}

struct Key {
    std::string id;
    std::string label;
    Type type;
    Look look = Look::Secondary;
};

Body key_body(const Key& key, const Rect& row, int column) {
    const float left = row.left + static_cast<float>(column) * (key_width() + kBetweenKeys);
    return button_body(key.id, {left, row.top, left + key_width(), row.bottom}, key.look);
}

bool paint_key(const Key& key, const Rect& row, int column) {
    const Body body = key_body(key, row, column);
    const Rect room{body.face.left + kKeyPadding, body.face.top, body.face.right - kKeyPadding,
                    body.face.bottom};
    label_in(body, room, key.type, key.label, Align::Centre);
    return body.touched;
}

// What was typed, and the keys: whoever types sees what came of it, on whichever part.
std::optional<PadTouch> paint_pad(const Pad& pad, const PadHeights& heights, Type words) {
    constexpr float kEraseSign = 9;
    Canvas& page = canvas();
    std::optional<PadTouch> touched;
    const auto digit_key = [&](int digit, const Rect& row, int column) {
        const std::string number = std::to_string(digit);
        if (paint_key({"digit/" + number, number, Type::Digits}, row, column)) {
            touched = PadTouch{PadTouch::Key::Digit, digit};
        }
    };
    for (int first = 1; first <= 7; first += 3) {
        const Rect row = page.place(heights.digits);
        for (int column = 0; column < 3; ++column)
            digit_key(first + column, row, column);
        page.space(kBetweenKeys);
    }
    const Rect row = page.place(heights.last);
    if (pad.extra && paint_key({pad.extra->id, pad.extra->label, words, pad.extra->look}, row, 0)) {
        touched = PadTouch{PadTouch::Key::Extra, 0};
    }
    digit_key(0, row, 1);
    const Key erase{"erase", pad.erase_label, words};
    bool erased = false;
    if (is_erased_by_sign(pad)) {
        const Body body = key_body(erase, row, 2);
        erase_sign(body.face.middle(), kEraseSign, body.words);
        erased = body.touched;
    } else {
        erased = paint_key(erase, row, 2);
    }
    if (erased) touched = PadTouch{PadTouch::Key::Erase, 0};
    return touched;
}

float entry_height() {
    constexpr float kRoomy = 33;
    Canvas& page = canvas();
    const float tight = std::max(theme::kTargetMin, page.line_height(Type::Digits) + 2);
    return std::max(tight, page.between(tight, kRoomy));
}

void digit_boxes(std::string_view digits, std::size_t count) {
    constexpr float kBetween = 3;
    constexpr std::size_t kGroup = 5;  // a wider gap after so many: people copy in groups
    constexpr float kGroupGap = 9;
    Canvas& page = canvas();
    const Palette& colours = page.colours();
    const Rect row = page.place(entry_height());
    const auto groups = static_cast<float>((count - 1) / kGroup);
    const float gaps = kBetween * (static_cast<float>(count) - 1 - groups) + kGroupGap * groups;
    const float width = (row.width() - gaps) / static_cast<float>(count);
    const float height = page.line_height(Type::Digits);
    float left = row.left;
    for (std::size_t i = 0; i < count; ++i) {
        const Rect box{left, row.top, left + width, row.bottom};
        const bool next = i == digits.size();
        page.fill(box, colours.card, 3);
        page.outline(box, next ? colours.accent : colours.edge, next ? 1.6F : 0.6F, 3);
        if (i < digits.size()) {
            const float top = box.middle().y - height / 2;
            page.push(box, colours.card);
            page.text({box.left, top, box.right, top + height}, Type::Digits, digits.substr(i, 1),
                      colours.ink, Align::Centre, Lines::Filled);
            page.pop();
        }
        left += width + ((i + 1) % kGroup == 0 ? kGroupGap : kBetween);
    }
}

constexpr float kBetweenNumber = 6;

// Holds four digits.
float number_width() {
    constexpr float kUsual = 72;
    return std::max(kUsual, canvas().width_of(Type::Digits, "0000") + 8);
}

// Whether a number and the words around it stand in one row.
bool is_one_row(const Entry& entry) {
    Canvas& page = canvas();
    float width = number_width() + 2;
    for (const std::string& words : {entry.before, entry.after}) {
        if (!words.empty()) width += page.width_of(Type::Title, words) + kBetweenNumber;
    }
    return width <= page.column().width();
}

void number_box(const Rect& box, std::string_view digits) {
    Canvas& page = canvas();
    const Palette& colours = page.colours();
    page.fill(box, colours.card, 3);
    page.outline(box, colours.accent, 1.2F, 3);
    page.push(box, colours.card);
    const float height = page.line_height(Type::Digits);
    page.text({box.left, box.middle().y - height / 2, box.right, box.middle().y + height / 2},
              Type::Digits, digits, colours.ink, Align::Centre, Lines::Filled);
    page.pop();
}

void number_in_words(const Entry& entry) {
    Canvas& page = canvas();
    const Rect row = page.place(entry_height());
    const auto width_of = [&](const std::string& words) {
        return words.empty() ? 0 : page.width_of(Type::Title, words) + kBetweenNumber;
    };
    const float before = width_of(entry.before);
    const float after = width_of(entry.after);
    const float number = number_width();
    const float left = row.middle().x - (before + number + after) / 2;
    const Rect box{left + before, row.top, left + before + number, row.bottom};
    const float title = page.line_height(Type::Title);
    const float top = row.middle().y - title / 2;
    page.text({left - 1, top, box.left, top + title}, Type::Title, entry.before, page.colours().ink,
              Align::Left, Lines::Filled);
    page.text({box.right + kBetweenNumber, top, box.right + after + 1, top + title}, Type::Title,
              entry.after, page.colours().ink, Align::Left, Lines::Filled);
    number_box(box, entry.digits);
}

void number_below_words(const Entry& entry) {
    Canvas& page = canvas();
    centred(Type::Title, entry.before);
    const Rect row = page.place(entry_height());
    const float number = number_width();
    number_box({row.middle().x - number / 2, row.top, row.middle().x + number / 2, row.bottom},
               entry.digits);
    centred(Type::Title, entry.after);
}

float height_of_entry(const Entry& entry) {
    Canvas& page = canvas();
    float height = entry_height();
    if (entry.places > 0 || is_one_row(entry)) return height;
    for (const std::string& words : {entry.before, entry.after}) {
        if (words.empty()) continue;
        height += page.height_of(Type::Title, words, page.column().width(), Lines::Balanced) +
                  theme::kGap;
    }
    return height;
}

void paint_entry(const Entry& entry) {
    if (entry.places > 0) return digit_boxes(entry.digits, entry.places);
    if (is_one_row(entry)) return number_in_words(entry);
    number_below_words(entry);
}

}  // namespace

std::optional<PadTouch> number_pad(const Entry& entry, const Pad& pad) {
    constexpr float kBelowEntry = 9;
    Canvas& page = canvas();
    const std::vector<Fitted> words = words_of(pad);
    const PadHeights heights = pad_heights(words);
    page.keep_together(height_of_entry(entry) + page.between(theme::kGapTight, kBelowEntry) +
                       heights.all());
    paint_entry(entry);
    page.space(kBelowEntry);
    return paint_pad(pad, heights, type_for(words, Type::Strong));
}

// ── Pictures ─────────────────────────────────────────────────────────────────────────────────────

void live_picture(const Picture* picture, float height) {
    // The same in every theme: they lie on a picture.
    constexpr Colour kBehind{0x1A, 0x22, 0x2C};
    constexpr Colour kFrame{0xFF, 0xFF, 0xFF};
    Canvas& page = canvas();
    constexpr float kTight = 0.55F;  // of its height
    const Rect rect = page.place(page.between(height * kTight, height));
    page.fill(rect, kBehind, theme::kRadius);
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
        page.path(points, kBehind, 3.6F);
        page.path(points, kFrame, 2.2F);
    };
    corner({frame.left, frame.top}, 1, 1);
    corner({frame.right, frame.top}, -1, 1);
    corner({frame.left, frame.bottom}, 1, -1);
    corner({frame.right, frame.bottom}, -1, -1);
}

}  // namespace mado::ui

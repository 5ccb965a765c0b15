#include "shared/ui/body.h"

#include "shared/ui/current.h"

#include <algorithm>
#include <array>

namespace mado::ui {
namespace {

struct ButtonColours {
    Colour face;
    Colour words;
    Colour held_face;
    Colour held_words;
    Colour edge;
};

ButtonColours colours_of(Look look, const Palette& of) {
    if (look == Look::Primary) {
        return {of.accent, of.on_accent, of.accent_deep, of.on_accent, of.accent_deep};
    }
    return {of.card, of.accent, of.held_face, of.held_words, of.edge};
}

}  // namespace

Body button_body(const std::string& id, const Rect& rect, Look look) {
    constexpr float kOutline = 0.5F;
    Canvas& page = canvas();
    const ButtonColours colours = colours_of(look, page.colours());
    const bool touched = page.target(id, rect);
    const bool held = page.held(id);
    Rect face{rect.left, rect.top, rect.right, rect.bottom - theme::kLift};
    page.fill({rect.left, rect.top + theme::kLift, rect.right, rect.bottom}, colours.edge,
              theme::kRadius);
    if (held) face = face.moved(0, theme::kLift);
    const Colour surface = held ? colours.held_face : colours.face;
    page.fill(face, surface, theme::kRadius);
    if (look == Look::Secondary) page.outline(face, colours.edge, kOutline, theme::kRadius);
    return {face, surface, held ? colours.held_words : colours.words, touched};
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

float widest_word(Type type, std::string_view label) {
    float widest = 0;
    while (!label.empty()) {
        const std::string_view word = label.substr(0, label.find(' '));
        widest = std::max(widest, canvas().width_of(type, word));
        label.remove_prefix(std::min(word.size() + 1, label.size()));
    }
    return widest;
}

std::optional<Type> whole_words(std::span<const Fitted> list, Type wanted) {
    constexpr std::array kSmaller = {Type::Display, Type::Digits, Type::Title, Type::Strong,
                                     Type::Body};
    const auto* type = std::ranges::find(kSmaller, wanted);
    for (; type != kSmaller.end(); ++type) {
        if (*type == Type::Digits && wanted != Type::Digits) continue;
        const auto fits = [&](const Fitted& each) {
            return widest_word(*type, each.label) <= each.width;
        };
        if (std::ranges::all_of(list, fits)) return *type;
    }
    return {};
}

Type type_for(std::span<const Fitted> list, Type wanted) {
    return whole_words(list, wanted).value_or(Type::Body);
}

}  // namespace mado::ui

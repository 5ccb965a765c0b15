#pragma once

// The body of every button: a face that stands above its lower edge, and sinks into it under a
// finger; and the words on it.

#include "shared/ui/canvas.h"
#include "shared/ui/widgets.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace mado::ui {

constexpr float kPadding = 7;  // between a card's edge and its words

struct Body {
    Rect face;
    Colour surface;
    Colour words;
    bool touched;
};

Body button_body(const std::string& id, const Rect& rect, Look look);
// The words in the middle of `room`.
void label_in(const Body& body, const Rect& room, Type type, std::string_view label, Align align);

// How wide the widest word of a label is.
float widest_word(Type type, std::string_view label);

// Words that must stand within a width each.
struct Fitted {
    std::string_view label;
    float width;
};
// The largest type from the wanted one down in which no word is broken; none where even the
// smallest breaks one.
std::optional<Type> whole_words(std::span<const Fitted> list, Type wanted);
// The same; the smallest, where even that breaks a word.
Type type_for(std::span<const Fitted> list, Type wanted);

}  // namespace mado::ui

#pragma once

// Signs that are drawn with a pen: each around its middle, as large as its size says.

#include "shared/ui/canvas.h"

namespace mado::ui {

constexpr float kStroke = 1.6F;

// Points to the right (1) or left (-1), its point at `tip`.
void chevron(Point tip, float size, float direction, Colour colour);
// Points down (1) or up (-1).
void chevron_upright(Point tip, float size, float direction, Colour colour);
void check_mark(Point middle, float size, Colour colour, float width);
void cross_mark(Point middle, float size, Colour colour, float width);
// An arrow back over what stands before it, with a cross in it.
void erase_sign(Point middle, float size, Colour colour);
void person_sign(Point middle, float size, Colour colour);
// A sphere with its equator, a meridian and two circles of latitude.
void globe_sign(Point middle, float radius, Colour colour);
// A small A and a large one.
void letters_sign(Point middle, float radius, Colour colour);

}  // namespace mado::ui

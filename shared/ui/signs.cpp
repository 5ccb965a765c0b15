#include "shared/ui/signs.h"

#include "shared/ui/current.h"

#include <array>
#include <cmath>
#include <numbers>
#include <vector>

namespace mado::ui {

void chevron(Point tip, float size, float direction, Colour colour) {
    const std::array points = {Point{tip.x - direction * size, tip.y - size}, tip,
                               Point{tip.x - direction * size, tip.y + size}};
    canvas().path(points, colour, kStroke);
}

void chevron_upright(Point tip, float size, float direction, Colour colour) {
    const std::array points = {Point{tip.x - size, tip.y - direction * size}, tip,
                               Point{tip.x + size, tip.y - direction * size}};
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

void erase_sign(Point middle, float size, Colour colour) {
    const float half = size * 0.62F;
    canvas().path(
        std::array{Point{middle.x - size, middle.y}, Point{middle.x - size * 0.4F, middle.y - half},
                   Point{middle.x + size, middle.y - half}, Point{middle.x + size, middle.y + half},
                   Point{middle.x - size * 0.4F, middle.y + half},
                   Point{middle.x - size, middle.y}},
        colour, kStroke);
    cross_mark({middle.x + size * 0.25F, middle.y}, size * 0.28F, colour, kStroke);
}

void person_sign(Point middle, float size, Colour colour) {
    Canvas& page = canvas();
    page.disc({middle.x, middle.y - size * 0.45F}, size * 0.36F, colour);
    page.fill({middle.x - size * 0.62F, middle.y + size * 0.05F, middle.x + size * 0.62F,
               middle.y + size * 0.85F},
              colour, size * 0.45F);
}

void globe_sign(Point middle, float radius, Colour colour) {
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

namespace {

// Stands on `foot`, the middle of its base.
void letter_a(Point foot, float height, Colour colour) {
    const float half = height * 0.42F;
    canvas().path(std::array{Point{foot.x - half, foot.y}, Point{foot.x, foot.y - height},
                             Point{foot.x + half, foot.y}},
                  colour, kStroke);
    canvas().path(std::array{Point{foot.x - half * 0.6F, foot.y - height * 0.36F},
                             Point{foot.x + half * 0.6F, foot.y - height * 0.36F}},
                  colour, kStroke);
}

}  // namespace

void letters_sign(Point middle, float radius, Colour colour) {
    const float line = middle.y + radius * 0.8F;
    letter_a({middle.x - radius * 0.58F, line}, radius * 0.85F, colour);
    letter_a({middle.x + radius * 0.36F, line}, radius * 1.6F, colour);
}

}  // namespace mado::ui

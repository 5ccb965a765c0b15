#pragma once

// Points and rectangles. Which unit they count in, layout millimetres or pixels, is said where they
// stand; y grows downwards.

namespace mado::ui {

struct Point {
    float x = 0;
    float y = 0;

    bool operator==(const Point&) const = default;
};

struct Rect {
    float left = 0;
    float top = 0;
    float right = 0;
    float bottom = 0;

    float width() const { return right - left; }
    float height() const { return bottom - top; }
    Point middle() const { return {(left + right) / 2, (top + bottom) / 2}; }

    bool contains(Point p) const {
        return p.x >= left && p.x < right && p.y >= top && p.y < bottom;
    }
    // Whether `inner` lies in this rectangle, give or take `slack`.
    bool contains(const Rect& inner, float slack) const {
        return inner.left >= left - slack && inner.top >= top - slack &&
               inner.right <= right + slack && inner.bottom <= bottom + slack;
    }
    // The same rectangle, smaller by `by` on every side (larger where it is negative).
    Rect inset(float by) const { return {left + by, top + by, right - by, bottom - by}; }
    Rect moved(float x, float y) const { return {left + x, top + y, right + x, bottom + y}; }

    bool operator==(const Rect&) const = default;
};

// How far apart two rectangles are, along the axis where they are farther apart; negative where
// they overlap.
inline float gap_between(const Rect& a, const Rect& b) {
    const float x = a.left > b.left ? a.left - b.right : b.left - a.right;
    const float y = a.top > b.top ? a.top - b.bottom : b.top - a.bottom;
    return x > y ? x : y;
}

}  // namespace mado::ui

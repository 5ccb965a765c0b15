#pragma once

// What a hand that trembles does: it strikes once more, before its owner can have seen what came of
// the first time.
//
// After a touch or a key has led to another screen, the same place and the same key do nothing for
// a while (EN 301 549, 5.8: it can be half a second). On one and the same screen nothing is held
// back: who types 11 strikes the same key twice and means it.

#include "shared/ui/focus.h"
#include "shared/ui/geometry.h"

#include <chrono>
#include <optional>
#include <variant>

namespace mado::ui {

class DoubleStrike {
  public:
    using Time = std::chrono::steady_clock::time_point;

    // For so long, from the strike on, not from the screen that came of it.
    explicit DoubleStrike(std::chrono::milliseconds held_back) : held_back_(held_back) {}

    // What stood there was touched, or the key has led to a touch.
    void touched(const Rect& target, Time now);
    void pressed(const KeyPress& press, Time now);
    // Another screen stands where that stood.
    void screen_changed();

    // Whether this one is held back.
    bool repeats(Point finger, Time now) const;
    bool repeats(const KeyPress& press, Time now) const;

    // What is held back, and until when; none once time_passed() has seen that moment.
    struct Held {
        std::variant<Rect, KeyPress> what;
        Time until;
    };
    const std::optional<Held>& held() const { return held_; }
    // True when something was held back and is not any more.
    bool time_passed(Time now);

  private:
    std::chrono::milliseconds held_back_;
    std::optional<Held> struck_;  // on the screen that stands
    std::optional<Held> held_;
};

}  // namespace mado::ui

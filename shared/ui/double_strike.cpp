#include "shared/ui/double_strike.h"

#include <utility>

namespace mado::ui {

void DoubleStrike::touched(const Rect& target, Time now) {
    struck_ = Held{target, now + held_back_};
}

void DoubleStrike::pressed(const KeyPress& press, Time now) {
    struck_ = Held{press, now + held_back_};
}

void DoubleStrike::screen_changed() {
    if (struck_) held_ = std::exchange(struck_, std::nullopt);
}

bool DoubleStrike::repeats(Point finger, Time now) const {
    if (!held_ || now >= held_->until) return false;
    const auto* place = std::get_if<Rect>(&held_->what);
    return place != nullptr && place->contains(finger);
}

bool DoubleStrike::repeats(const KeyPress& press, Time now) const {
    if (!held_ || now >= held_->until) return false;
    const auto* key = std::get_if<KeyPress>(&held_->what);
    return key != nullptr && *key == press;
}

bool DoubleStrike::time_passed(Time now) {
    if (!held_ || now < held_->until) return false;
    held_.reset();
    return true;
}

}  // namespace mado::ui

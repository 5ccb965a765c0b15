#include "shared/ui/touch.h"

#include <algorithm>
#include <utility>

namespace mado::ui {

void Touch::show(std::string_view screen, std::vector<Target> targets) {
    const bool same_screen = screen == screen_;
    screen_ = screen;
    targets_ = std::move(targets);
    touched_.reset();
    const bool still_there = same_screen && began_ &&
                             std::ranges::find(targets_, *began_, &Target::id) != targets_.end();
    if (!still_there) {
        began_.reset();
        resting_.reset();
    }
}

void Touch::press(Point finger) {
    began_ = under(finger);
    resting_ = began_;
}

void Touch::move(Point finger) {
    if (!began_) return;
    resting_ = under(finger) == began_ ? began_ : std::nullopt;
}

void Touch::release(Point finger) {
    if (began_ && under(finger) == began_) touched_ = began_;
    began_.reset();
    resting_.reset();
}

bool Touch::holds(std::string_view id) const {
    return resting_ == id;
}

bool Touch::touched(std::string_view screen, std::string_view id) const {
    return screen == screen_ && touched_ == id;
}

std::optional<std::string> Touch::under(Point finger) const {
    for (const Target& target : targets_) {
        if (target.rect.contains(finger)) return target.id;
    }
    return std::nullopt;
}

}  // namespace mado::ui

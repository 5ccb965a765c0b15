#include "shared/ui/touch.h"

#include <algorithm>
#include <utility>

namespace mado::ui {
namespace {

// More than this between two frames is no hand.
constexpr std::size_t kWaitingMax = 16;

}  // namespace

void Touch::show(std::string_view screen, std::vector<Target> targets) {
    const bool same_screen = screen == screen_;
    screen_ = screen;
    targets_ = std::move(targets);
    if (!touched_.empty()) touched_.pop_front();
    if (!same_screen) touched_.clear();
    std::erase_if(touched_, [this](const std::string& id) { return !shows(id); });
    if (!same_screen || !began_ || !shows(*began_)) {
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

bool Touch::release(Point finger) {
    const bool counts = began_ && under(finger) == began_;
    if (counts) wait_with(*began_);
    began_.reset();
    resting_.reset();
    return counts;
}

void Touch::tap(std::string_view id) {
    if (shows(id)) wait_with(id);
}

bool Touch::holds(std::string_view id) const {
    return resting_ == id;
}

bool Touch::touched(std::string_view screen, std::string_view id) const {
    return screen == screen_ && !touched_.empty() && touched_.front() == id;
}

void Touch::wait_with(std::string_view id) {
    if (touched_.size() < kWaitingMax) touched_.emplace_back(id);
}

bool Touch::shows(std::string_view id) const {
    return std::ranges::find(targets_, id, &Target::id) != targets_.end();
}

std::optional<std::string> Touch::under(Point finger) const {
    for (const Target& target : targets_) {
        if (target.rect.contains(finger)) return target.id;
    }
    return std::nullopt;
}

}  // namespace mado::ui

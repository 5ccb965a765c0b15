#include "shared/ui/focus.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace mado::ui {
namespace {

constexpr std::array<std::string_view, 3> kWaysBack = {"back", "finish", "return"};
constexpr std::array<std::string_view, 1> kHelp = {"staff"};

// Of what follows in the order, only what stands to the right on the same height.
bool stands_beside(const Rect& left, const Rect& right) {
    const float shared = std::min(left.bottom, right.bottom) - std::max(left.top, right.top);
    return right.left > left.left && shared > std::min(left.height(), right.height()) / 2;
}

std::size_t turned(std::size_t index, std::size_t count, bool forward) {
    return (index + (forward ? 1 : count - 1)) % count;
}

}  // namespace

std::vector<Row> rows_of(std::span<const Target> targets) {
    std::vector<Row> rows;
    for (std::size_t i = 0; i < targets.size(); ++i) {
        if (i > 0 && stands_beside(targets[i - 1].rect, targets[i].rect)) {
            ++rows.back().count;
        } else {
            rows.push_back({i, 1});
        }
    }
    return rows;
}

void Focus::show(std::string_view screen, std::string_view over, std::vector<Target> targets,
                 std::size_t start) {
    const bool same_screen = screen == screen_;
    std::string id = at_ < targets_.size() ? targets_[at_].id : std::string();
    if (!same_screen) {
        const bool comes_back = left_ && left_->screen == screen;
        const std::string before = comes_back ? left_->id : std::string();
        leave_for(screen, over);
        id = before;
    }
    targets_ = std::move(targets);
    rows_ = rows_of(targets_);
    const std::size_t last = targets_.empty() ? 0 : targets_.size() - 1;
    start_ = std::min(start, last);
    at_ = index_of(id).value_or(same_screen ? std::min(at_, last) : start_);
    if (way_ == Way::Switches && (!same_screen || whole_row_)) scan_from(at_);
}

void Focus::leave_for(std::string_view screen, std::string_view over) {
    if (!over.empty() && over == screen_) {
        left_ = Left{screen_, at_ < targets_.size() ? targets_[at_].id : std::string()};
    } else if (left_ && left_->screen != over) {
        left_.reset();
    }
    screen_ = screen;
    whole_row_ = false;
    ends_typing_ = typing_;
}

std::optional<std::string> Focus::press(const KeyPress& press) {
    const bool unknown =
        std::exchange(way_, way_ == Way::Unknown ? Way::Keys : way_) == Way::Unknown;
    const bool ends_typing = std::exchange(ends_typing_, false);
    typing_ = press.key == Key::Digit;
    switch (press.key) {
        case Key::Back:
            return first_of(kWaysBack);
        case Key::Help:
            return first_of(kHelp);
        case Key::Digit:
            return type("digit/" + std::to_string(press.digit));
        case Key::Erase: {
            auto erased = type("erase");
            return erased ? erased : first_of(kWaysBack);
        }
        case Key::Choose:
            return unknown || ends_typing ? std::nullopt : choose();
        case Key::Scan:
            scan();
            return {};
        case Key::Left:
        case Key::Right:
        case Key::Up:
        case Key::Down:
            if (!unknown) move(press.key);
            return {};
    }
    return {};
}

void Focus::hide() {
    way_ = Way::Unknown;
    at_ = start_;
    whole_row_ = false;
}

std::span<const Target> Focus::ringed() const {
    if (way_ == Way::Unknown || targets_.empty()) return {};
    if (!whole_row_) return std::span(targets_).subspan(at_, 1);
    const Row& row = rows_[row_index()];
    return std::span(targets_).subspan(row.first, row.count);
}

void Focus::move(Key key) {
    way_ = Way::Keys;
    whole_row_ = false;
    if (targets_.empty()) return;
    const bool forward = key == Key::Right || key == Key::Down;
    if (key == Key::Left || key == Key::Right) {
        at_ = turned(at_, targets_.size(), forward);
    } else {
        at_ = nearest_in(rows_[turned(row_index(), rows_.size(), forward)]);
    }
}

// The first press only says where the scanning begins.
void Focus::scan() {
    if (std::exchange(way_, Way::Switches) != Way::Switches) return scan_from(at_);
    if (targets_.empty()) return;
    const bool by_rows = targets_.size() > kScannedOneByOne;
    const bool leaves_row = by_rows && !whole_row_ && at_ + 1 == rows_[row_index()].end();
    if (whole_row_ || leaves_row) {
        scan_from(rows_[turned(row_index(), rows_.size(), true)].first);
    } else {
        at_ = turned(at_, targets_.size(), true);
    }
}

void Focus::scan_from(std::size_t index) {
    at_ = index;
    whole_row_ = targets_.size() > kScannedOneByOne;
    if (whole_row_) at_ = rows_[row_index()].first;
}

std::optional<std::string> Focus::choose() {
    if (targets_.empty()) return {};
    if (whole_row_ && rows_[row_index()].count > 1) {
        whole_row_ = false;
        return {};
    }
    std::string chosen = targets_[at_].id;
    if (way_ == Way::Switches) scan_from(start_);
    return chosen;
}

// Whoever types her number with the digits of a keypad ends with its largest key.
std::optional<std::string> Focus::type(const std::string& id) {
    if (!index_of(id)) return {};
    if (const auto enter = index_of("enter")) at_ = *enter;
    whole_row_ = false;
    return id;
}

std::optional<std::string> Focus::first_of(std::span<const std::string_view> ids) const {
    const auto found = std::ranges::find_if(ids, [&](auto id) { return index_of(id).has_value(); });
    if (found == ids.end()) return {};
    return std::string(*found);
}

std::optional<std::size_t> Focus::index_of(std::string_view id) const {
    const auto found = std::ranges::find(targets_, id, &Target::id);
    if (found == targets_.end()) return {};
    return static_cast<std::size_t>(found - targets_.begin());
}

std::size_t Focus::row_index() const {
    const auto after = std::ranges::upper_bound(rows_, at_, {}, &Row::first);
    return static_cast<std::size_t>(after - rows_.begin()) - 1;
}

std::size_t Focus::nearest_in(const Row& row) const {
    const Rect& from = targets_[at_].rect;
    // Of two that both stand right below a wide one, that below its middle.
    const auto distance = [&](const Target& to) {
        const float gap = std::max({0.0F, to.rect.left - from.right, from.left - to.rect.right});
        return std::pair(gap, std::abs(to.rect.middle().x - from.middle().x));
    };
    const auto there = std::span(targets_).subspan(row.first, row.count);
    const auto nearest = std::ranges::min_element(there, {}, distance);
    return row.first + static_cast<std::size_t>(nearest - there.begin());
}

}  // namespace mado::ui

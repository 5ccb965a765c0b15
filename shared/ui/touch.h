#pragma once

// What a finger means.
//
// A touch counts only where it began and ended on the same target, and it means what the person saw
// when it happened: fingers are compared with the targets of the frame that was last on the screen,
// not with those of the frame that is painted next.

#include "shared/ui/geometry.h"

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mado::ui {

// Something touchable: its language-free name, unique on its screen, where it is in pixels, and
// what is written on it, each text on a line of its own.
struct Target {
    std::string id;
    Rect rect;
    std::string label = {};

    bool operator==(const Target&) const = default;
};

class Touch {
  public:
    // These targets of that screen are what the person sees from now on. The touch that was
    // reported is over and the next one's turn has come; touches of targets that have gone are
    // dropped, and so is a finger that rests on one.
    void show(std::string_view screen, std::vector<Target> targets);

    void press(Point finger);
    void move(Point finger);
    // Whether the touch counts.
    bool release(Point finger);
    // A touch without a finger. Counts where the target is on the screen.
    void tap(std::string_view id);

    // Whether a finger rests on this target now: it is painted pressed.
    bool holds(std::string_view id) const;
    // Whether this target of this screen is the touch whose turn it is: a quick hand makes several
    // between two frames, and each of them is reported in one frame.
    bool touched(std::string_view screen, std::string_view id) const;
    // Whether a touch waits for a frame that reports it.
    bool waits() const { return !touched_.empty(); }

    const std::string& screen() const { return screen_; }
    const std::vector<Target>& targets() const { return targets_; }

  private:
    std::optional<std::string> under(Point finger) const;
    bool shows(std::string_view id) const;
    void wait_with(std::string_view id);

    std::string screen_;
    std::vector<Target> targets_;
    std::optional<std::string> began_;    // the target under the finger when it came down
    std::optional<std::string> resting_;  // `began_`, while the finger is still over it
    std::deque<std::string> touched_;     // oldest first
};

}  // namespace mado::ui

#pragma once

// Looks at frames and says which codes newly stand in them.
//
// Most frames of a kiosk show what the one before showed, so the first step is to notice that and
// stop. A code that stays in view is reported once in a while and not with every frame. One scanner
// belongs to one thread; feed it the newest frame there is (newest_frame.h) and drop the others.

#include "shared/base/instant.h"
#include "shared/ports/camera.h"
#include "shared/scan/code.h"
#include "shared/scan/grey.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace mado::scan {

enum class Effort {
    Film,     // another frame is coming: try the likely now, and the unlikely in turns
    Picture,  // this is all there is: try everything
};

struct ScannerSettings {
    Effort effort = Effort::Film;
    // How long after its report the same code is not reported again.
    Milliseconds repeat_after{3'000};
    // How long a frame that seems unchanged, and was tried in every way, is not examined again.
    Milliseconds look_again_after{500};
};

struct Sighting {
    std::vector<Code> codes;    // what to act on: in view, and not reported lately
    bool code_in_view = false;  // whether any code stands in the frame, reported or not
};

class Scanner {
  public:
    explicit Scanner(ScannerSettings settings) : settings_(settings) {}

    // A frame that is not what it says it is shows nothing. Never throws. `now` may jump: then a
    // code is rather reported once too often.
    Sighting look(const Frame& frame, Instant now);

    // Keeps nothing of what was read: the next person begins, and may hold out what the last one
    // did.
    void forget();

  private:
    struct Report {
        Code code;
        Instant at;
    };

    bool seems_unchanged(GreyView picture, Instant now);
    std::optional<Code> examine(GreyView picture);
    Sighting sighting(Instant now);

    ScannerSettings settings_;
    std::optional<Thumbprint> thumbprint_;  // of the picture that stands in view
    Instant examined_at_{};
    std::optional<Code> in_view_;    // what that frame showed
    std::vector<Report> reports_;    // lately
    std::size_t turn_ = 0;           // which of the film's ways comes next
    std::size_t turns_untried_ = 0;  // ways that this picture has not had yet
};

}  // namespace mado::scan

#pragma once

// Prepared states of a kiosk, one or more for every screen: how it usually looks, and its worst day
// (the longest names that ledgers allow, every notice, every page full).

#include "kiosk/flow/kiosk_flow.h"

#include <string>
#include <vector>

namespace mado::tests {

struct Board {
    std::string name;  // "choosing_venue-full"
    kiosk::Kiosk kiosk;
    bool live = false;        // the camera has a picture
    std::string notice = {};  // the town's own line; empty: it has none
};

std::vector<Board> boards(kiosk::Language language);

}  // namespace mado::tests

#pragma once

// What an end-to-end test sees of a running program: which frame, which screen, what can be touched
// and where, what the focus is on. Holds no text of the screen; but who reads it for long enough
// knows what was typed by keys, so it is for tests alone.

#include "shared/base/io_error.h"
#include "shared/base/result.h"
#include "shared/ui/double_strike.h"
#include "shared/ui/drawn.h"
#include "shared/ui/shown.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace mado::ui {

struct ProbeCounts {
    std::uint64_t frame = 0;
    std::uint64_t inputs =
        0;  // movements of the finger (move, press, release) and keys it has seen
    // The first frame after the last of them; the next one shows what came of it.
    std::uint64_t input_frame = 0;
};

// {"frame":12,"inputs":3,"input_frame":11,"screen":"welcome","language":"ja",
// "targets":[{"id":"start","x":540,"y":1200,"rect":[90,1100,990,1300]}],"focused":["start"],
// "held":null,"dark":false}; all in pixels of the window. `held`: where no touch counts just now,
// as a rectangle, or "key", where no key does.
std::string probe_json(ProbeCounts counts, const Shown& shown, const Drawn& drawn,
                       const std::optional<DoubleStrike::Held>& held);

// Whole or not at all: a reader sees the old file or the new one. Not synced; it is worth nothing
// after a power cut.
Result<void, IoError> write_probe(const std::filesystem::path& file, const std::string& json);

}  // namespace mado::ui

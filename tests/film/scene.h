#pragma once

// A film as text: a line for each part, in the order in which they are seen.
//
//   empty seconds=2
//   leaflet seconds=4
//   letter seconds=4 address=https://chat.town.example/t#2127220500001234567
//   letter seconds=4 address_hex=4D41444F323A…
//   ticket seconds=6 municipality=272205 number=0000123456 sticker=1 qr=yes barcode=yes
//
// Empty lines and lines that begin with '#' are skipped.

#include "shared/base/result.h"
#include "tests/film/film.h"

#include <string>
#include <string_view>
#include <vector>

namespace mado::film {

struct SceneError {
    int line = 0;
    std::string reason;

    bool operator==(const SceneError&) const = default;
};

// At least one part, each between 0.2 and 120 seconds.
Result<std::vector<Part>, SceneError> parse_scene(std::string_view text);

// The lines above, for --help.
const char* scene_help();

}  // namespace mado::film

#pragma once

// How a person wants to be spoken to.

namespace mado {

enum class Pace {
    Normal,  // Japanese at 5.5 to 6.5 mora a second
    Slower,  // at 4 to 4.5
};

// Each step has twice the amplitude of the one before.
enum class Volume { Normal, Louder, Loudest };

}  // namespace mado

#pragma once

// How a person wants to be spoken to.

namespace mado {

// When a kiosk speaks unless somebody touches otherwise.
enum class VoiceUse {
    Always,       // by its loudspeaker too
    WithHeadset,  // once one is plugged in
    Off,          // and nobody can turn it on
};

enum class Pace {
    Normal,  // Japanese at 5.5 to 6.5 mora a second
    Slower,  // at 4 to 4.5
};

// Each step has twice the amplitude of the one before.
enum class Volume { Normal, Louder, Loudest };

}  // namespace mado

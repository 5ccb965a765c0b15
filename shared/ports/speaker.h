#pragma once

// The machine's voice: a loudspeaker, and a headset that somebody may plug in.
//
// An utterance carries all its settings with it, so that a speaker has none to reset between two
// people. What is personal is heard in a headset only, and its type says that it is: nobody can
// send a ticket number to the loudspeaker without a reveal() that a lint counts.

#include "shared/base/io_error.h"
#include "shared/base/personal.h"
#include "shared/base/result.h"
#include "shared/domain/voice.h"

#include <stop_token>
#include <string>
#include <variant>

namespace mado {

struct Utterance {
    // As the catalogues name it: "ja", "ja_easy", "en", "zh", "ko", "vi", "pt".
    std::string language;
    // The key of the text, under which the town may have a recording; empty where the text is put
    // together and can have none.
    std::string recording;
    // What is said, as it is read: kana for Japanese, pinyin with its tones for Chinese. A personal
    // one comes out of a headset or not at all.
    std::variant<std::string, Personal<std::string>> reading;
    Pace pace = Pace::Normal;
    Volume volume = Volume::Normal;
};

inline bool is_for_headset_only(const Utterance& utterance) {
    return std::holds_alternative<Personal<std::string>>(utterance.reading);
}

enum class Spoken {
    ToTheEnd,
    CutShort,   // `stop` was asked for
    NoHeadset,  // a personal utterance, and no headset at its beginning or no longer
};

class Speaker {
  public:
    virtual ~Speaker() = default;

    // Speaks, and waits until the last sound has come out. After `stop` is asked for, and after the
    // headset of a personal utterance is pulled out, no sound comes for longer than 20 ms. An
    // utterance that is stopped before it begins makes none. Unavailable: no sound device, or one
    // that has gone; each utterance tries anew. Refused: a language or a text that cannot be read.
    virtual Result<Spoken, IoError> speak(const Utterance& utterance,
                                          const std::stop_token& stop) = 0;

    // Whether a headset is plugged in. From any thread, also while something is spoken.
    // Unavailable: that cannot be told, and then nothing personal is spoken.
    virtual Result<bool, IoError> has_headset() = 0;
};

}  // namespace mado

#pragma once

// What each state of the kiosk says aloud: what is asked, what was chosen just now, and what can be
// done; a notice or a problem comes first.
//
// A sentence is public, or Personal: then it is for a headset alone. Ticket numbers, birth dates
// and health (which dose, an illness, what was had before) are Personal, and so is every touch that
// gives them away.
//
// To add a screen: its tell() in tell_login.cpp, tell_choosing.cpp or tell_booking.cpp, and its
// readings in assets/locale/spoken.

#include "kiosk/flow/kiosk_flow.h"
#include "shared/texts/readings.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace mado::kiosk {

// One breath of the voice.
struct Sentence {
    std::string language;  // as the catalogues name it
    // The key of a text without anything to fill in, under which the town may have a recording;
    // empty where the sentence was put together.
    std::string recording;
    std::variant<std::string, Personal<std::string>> reading;
};

// Of every language in kLanguages.
using ReadingsTable = std::map<Language, Readings>;

// The sentences of what is on the screen, in order.
std::vector<Sentence> speech_of(const Kiosk& kiosk, Say what, const ReadingsTable& readings);

// What the touchable thing says that the screens name so ("offer/12", "yes"), when it is pointed at
// and not yet touched. None where nothing on this screen has that name.
std::optional<Sentence> label_of(const Kiosk& kiosk, std::string_view target,
                                 const ReadingsTable& readings);

}  // namespace mado::kiosk

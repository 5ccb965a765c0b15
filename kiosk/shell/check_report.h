#pragma once

// What a self-test has found of a kiosk, and how it is told: to a caretaker in a line of her
// language, with the way out, or to a program in a line of JSON.

#include "shared/texts/texts.h"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace mado::kiosk {

enum class CheckedPart { Disk, Network, Clock, Camera, Sound, Printer };

enum class CheckState {
    Ok,
    Failed,
    NotThere,  // and the kiosk works without it
    LeftOut,   // nothing is known of it
};

// What was found of one part. Neither texts nor values are ever personal.
struct Finding {
    CheckedPart part;
    CheckState state = CheckState::Ok;
    TextKey what;
    std::vector<Argument> arguments = {};
    std::optional<TextKey> way_out = {};
    std::string detail = {};  // what the system or the device says itself, in English
};

// "プリンタ: 異常。テストページを印刷できません。用紙を入れてください。(media-empty)"
std::string line_of(const Finding& finding, const Texts& texts);

// {"check":"printer","state":"failed","reason":"printer_failed","values":{…},"text":"…",
//  "way_out":"…","detail":"media-empty","ms":2310}: programs go by state and reason, which stay as
// they are when wordings change.
std::string json_of(const Finding& finding, std::chrono::milliseconds took, const Texts& texts);

}  // namespace mado::kiosk

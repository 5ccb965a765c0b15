#pragma once

// The readings of every language, and what sentences come to.

#include "kiosk/texts/speech.h"

#include <array>
#include <string>

namespace mado::kiosk::tests {

inline const ReadingsTable& all_readings() {
    static const ReadingsTable table = [] {
        constexpr std::array kCodes = {"ja", "ja_easy", "en", "zh", "ko", "vi", "pt"};
        ReadingsTable read;
        for (std::size_t i = 0; i < kCodes.size(); ++i) {
            read.emplace(kLanguages.at(i),
                         Readings::open(MADO_LOCALE_FOLDER, kCodes.at(i)).value());
        }
        return read;
    }();
    return table;
}

inline bool is_personal(const Sentence& sentence) {
    return std::holds_alternative<Personal<std::string>>(sentence.reading);
}

inline const std::string& words_of(const Sentence& sentence) {
    if (!is_personal(sentence)) return std::get<std::string>(sentence.reading);
    return std::get<Personal<std::string>>(sentence.reading).reveal();
}

// What is heard with a headset, or without.
inline std::string heard(const Kiosk& kiosk, Say what, bool with_headset) {
    Kiosk listening = kiosk;
    listening.headset = with_headset;
    std::string all;
    for (const Sentence& sentence : speech_of(listening, what, all_readings())) {
        if (is_personal(sentence) && !with_headset) continue;
        all += words_of(sentence) + "\n";
    }
    return all;
}

}  // namespace mado::kiosk::tests

#include "shared/platform/synthesis.h"

#include "shared/base/text.h"

#include <algorithm>
#include <array>
#include <mutex>

#include <espeak-ng/speak_lib.h>

namespace mado {

namespace {

constexpr std::size_t kReadingBytesMax = 4'000;

struct Voice {
    const char* language;
    const char* name;  // espeak-ng's
    // In espeak-ng's "words a minute". Of the sentences in synthesis_test.cpp, 146 makes 6.0 mora a
    // second and 106 makes 4.2; between sentences it varies by a sixth, as their pauses do.
    int normal;
    int slower;
    bool reads_ideographs;
};

// espeak-ng's "cmn" reads Latin letters as English, and Debian's dictionary for it knows next to no
// ideograph: its pinyin voice is the one that can be understood.
constexpr std::array kVoices = {
    Voice{"ja", "ja", 146, 106, false},   Voice{"ja_easy", "ja", 146, 106, false},
    Voice{"en", "en", 150, 110, true},    Voice{"zh", "cmn-latn-pinyin", 150, 110, false},
    Voice{"ko", "ko", 150, 110, true},    Voice{"vi", "vi", 150, 110, true},
    Voice{"pt", "pt-br", 150, 110, true},
};

const Voice* find_voice(std::string_view language) {
    const auto* const found = std::ranges::find_if(
        kVoices, [&](const Voice& voice) { return language == voice.language; });
    return found == kVoices.end() ? nullptr : found;
}

bool is_ideograph(char32_t letter) {
    return letter == U'々' || (letter >= 0x3400 && letter <= 0x9FFF) ||
           (letter >= 0xF900 && letter <= 0xFAFF) || (letter >= 0x20000 && letter <= 0x3FFFF);
}

int keep(short* samples, int count, espeak_EVENT* events) {
    auto& sound = *static_cast<Sound*>(events->user_data);
    if (samples != nullptr) sound.samples.insert(sound.samples.end(), samples, samples + count);
    return 0;
}

// Samples a second; none where espeak-ng does not start. It has one state for the whole process,
// and the mutex of synthesise() guards it.
int rate_once_started() {
    static const int rate = [] {
        const int started =
            espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, 0, nullptr, espeakINITIALIZE_DONT_EXIT);
        espeak_SetSynthCallback(keep);
        return started;
    }();
    return rate;
}

Failure<IoError> refused(const char* what) {
    return fail(IoError{IoError::Kind::Refused, what});
}

Failure<IoError> unavailable(const char* what) {
    return fail(IoError{IoError::Kind::Unavailable, what});
}

}  // namespace

bool has_voice(std::string_view language) {
    return find_voice(language) != nullptr;
}

Result<Sound, IoError> synthesise(std::string_view language, const std::string& reading,
                                  Pace pace) {
    const Voice* const voice = find_voice(language);
    if (voice == nullptr) return refused("speech: no voice for this language");
    if (reading.size() > kReadingBytesMax) return refused("speech: the text is too long");
    if (!is_utf8(reading)) return refused("speech: the text is not UTF-8");
    if (!voice->reads_ideographs && std::ranges::any_of(characters_of(reading), is_ideograph)) {
        return refused("speech: the text has ideographs where a reading was asked for");
    }

    static std::mutex mutex;
    const std::lock_guard lock(mutex);
    Sound sound;
    sound.rate = rate_once_started();
    if (sound.rate <= 0) return unavailable("speech: espeak-ng does not start");
    if (espeak_SetVoiceByName(voice->name) != EE_OK) {
        return unavailable("speech: espeak-ng lacks the voice");
    }
    espeak_SetParameter(espeakRATE, pace == Pace::Slower ? voice->slower : voice->normal, 0);
    if (espeak_Synth(reading.c_str(), reading.size() + 1, 0, POS_CHARACTER, 0, espeakCHARS_UTF8,
                     nullptr, &sound) != EE_OK) {
        return unavailable("speech: espeak-ng failed");
    }
    return sound;
}

}  // namespace mado

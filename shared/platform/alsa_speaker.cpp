#include "shared/platform/alsa_speaker.h"

#include "shared/platform/playback.h"
#include "shared/platform/recording.h"
#include "shared/platform/synthesis.h"

#include <optional>
#include <utility>

namespace mado {

namespace {

// Espeak-ng and a good recording come near to full scale, which is Loudest.
int divisor_of(Volume volume) {
    switch (volume) {
        case Volume::Normal:
            return 4;
        case Volume::Louder:
            return 2;
        case Volume::Loudest:
            return 1;
    }
    return 4;
}

const std::string& words_of(const Utterance& utterance) {
    if (!is_for_headset_only(utterance)) return std::get<std::string>(utterance.reading);
    return std::get<Personal<std::string>>(utterance.reading).reveal();
}

class AlsaSpeaker final : public Speaker {
  public:
    AlsaSpeaker(SpeakerSettings settings, HeadsetSense headset)
        : settings_(std::move(settings)), headset_(std::move(headset)) {}

    Result<Spoken, IoError> speak(const Utterance& utterance,
                                  const std::stop_token& stop) override {
        const bool needs_headset = is_for_headset_only(utterance);
        const Interruption interruption = [&]() -> std::optional<Spoken> {
            settings_.goes_on();
            if (stop.stop_requested()) return Spoken::CutShort;
            if (needs_headset && !headset_().value_or(false)) return Spoken::NoHeadset;
            return {};
        };
        // Where it will not be heard, the device is not touched either.
        if (const auto why = interruption()) return *why;
        Sound sound = MADO_TRY(sound_of(utterance));
        for (std::int16_t& sample : sound.samples)
            sample = static_cast<std::int16_t>(sample / divisor_of(utterance.volume));
        return play(settings_.device, sound, interruption);
    }

    Result<bool, IoError> has_headset() override { return headset_(); }

  private:
    Result<Sound, IoError> sound_of(const Utterance& utterance) const {
        if (auto recorded = recording_for(utterance)) return *std::move(recorded);
        return synthesise(utterance.language, words_of(utterance), utterance.pace);
    }

    std::optional<Sound> recording_for(const Utterance& utterance) const {
        if (settings_.recordings.empty() || utterance.pace != Pace::Normal) return {};
        const auto file =
            recording_of(settings_.recordings, utterance.language, utterance.recording);
        if (!file) return {};
        auto recorded = read_recording(*file);
        if (!recorded.ok()) return {};
        return *std::move(recorded);
    }

    SpeakerSettings settings_;
    HeadsetSense headset_;
};

}  // namespace

std::unique_ptr<Speaker> alsa_speaker(SpeakerSettings settings, HeadsetSense headset) {
    return std::make_unique<AlsaSpeaker>(std::move(settings), std::move(headset));
}

}  // namespace mado

#include "shared/platform/playback.h"

#include "shared/platform/alsa_error.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <vector>

#include <alsa/asoundlib.h>

namespace mado {

namespace {

using Clock = std::chrono::steady_clock;

constexpr int kPeriodMs = 20;
// Four periods: a busy machine may come late by three without a gap. What lies in the buffer is
// thrown away on an interruption, so its length delays none.
constexpr unsigned kBufferMicroseconds = 4 * kPeriodMs * 1000;
constexpr std::chrono::seconds kStandsMax{1};

struct PcmClose {
    void operator()(snd_pcm_t* pcm) const { snd_pcm_close(pcm); }
};
using Pcm = std::unique_ptr<snd_pcm_t, PcmClose>;

Result<Pcm, IoError> open_device(const std::string& device, const Sound& sound) {
    silence_alsa();
    snd_pcm_t* opened = nullptr;
    // Without NONBLOCK a device that another program holds is waited for.
    if (const int code =
            snd_pcm_open(&opened, device.c_str(), SND_PCM_STREAM_PLAYBACK, SND_PCM_NONBLOCK);
        code < 0) {
        return fail(alsa_error("no sound device", code));
    }
    Pcm pcm(opened);
    if (const int code =
            snd_pcm_set_params(opened, SND_PCM_FORMAT_S16, SND_PCM_ACCESS_RW_INTERLEAVED,
                               static_cast<unsigned>(sound.channels),
                               static_cast<unsigned>(sound.rate), 1, kBufferMicroseconds);
        code < 0) {
        return fail(alsa_error("the sound device plays no such sound", code));
    }
    return pcm;
}

// The sound with a buffer's length of silence behind it. Once the last of that is written, all of
// the sound has left the buffer: no waiting for the device to drain, which cannot be interrupted
// alike on every kind of device. The buffer is full then too, which is what starts a short sound.
Result<std::vector<std::int16_t>, IoError> with_silence(const Pcm& pcm, const Sound& sound) {
    snd_pcm_uframes_t buffer = 0;
    snd_pcm_uframes_t period = 0;
    if (const int code = snd_pcm_get_params(pcm.get(), &buffer, &period); code < 0) {
        return fail(alsa_error("the sound device tells no buffer", code));
    }
    auto samples = sound.samples;
    samples.resize(samples.size() + buffer * static_cast<std::size_t>(sound.channels));
    return samples;
}

// Writes `frames` at most, once there is room or a period has passed. How many were.
Result<snd_pcm_uframes_t, IoError> write_some(const Pcm& pcm, const std::int16_t* samples,
                                              snd_pcm_uframes_t frames) {
    snd_pcm_sframes_t done = snd_pcm_wait(pcm.get(), kPeriodMs);
    if (done == 0) return snd_pcm_uframes_t{0};
    if (done > 0) done = snd_pcm_writei(pcm.get(), samples, frames);
    if (done == -EAGAIN) return snd_pcm_uframes_t{0};
    // We came late and the device ran dry: it is started again, and a gap was heard.
    if (done == -EPIPE) {
        done = snd_pcm_prepare(pcm.get());
        if (done >= 0) return snd_pcm_uframes_t{0};
    }
    if (done < 0) return fail(alsa_error("the sound device failed", static_cast<int>(done)));
    return static_cast<snd_pcm_uframes_t>(done);
}

}  // namespace

Result<Spoken, IoError> play(const std::string& device, const Sound& sound,
                             const Interruption& interruption) {
    const Pcm pcm = MADO_TRY(open_device(device, sound));
    const auto samples = MADO_TRY(with_silence(pcm, sound));
    const auto channels = static_cast<std::size_t>(sound.channels);
    const auto period = static_cast<snd_pcm_uframes_t>(sound.rate * kPeriodMs / 1000);

    auto advanced = Clock::now();
    for (snd_pcm_uframes_t at = 0, end = samples.size() / channels; at < end;) {
        if (const auto why = interruption()) {
            snd_pcm_drop(pcm.get());
            return *why;
        }
        const auto written =
            MADO_TRY(write_some(pcm, samples.data() + at * channels, std::min(period, end - at)));
        at += written;
        const auto now = Clock::now();
        if (written > 0) advanced = now;
        if (now - advanced > kStandsMax) {
            return fail(IoError{IoError::Kind::Unavailable, "the sound device stands still"});
        }
    }
    snd_pcm_drop(pcm.get());
    return Spoken::ToTheEnd;
}

}  // namespace mado

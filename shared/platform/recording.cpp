#include "shared/platform/recording.h"

#include <algorithm>
#include <memory>
#include <string>

#include <sndfile.h>

namespace mado {

namespace {

constexpr int kRateMin = 8'000;
constexpr int kRateMax = 48'000;
constexpr int kChannelsMax = 2;
constexpr sf_count_t kSecondsMax = 60;

struct FileClose {
    void operator()(SNDFILE* file) const { sf_close(file); }
};

bool is_key(std::string_view key) {
    const auto fits = [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') ||
               letter == '_' || letter == '-' || letter == '.';
    };
    return !key.empty() && key.front() != '.' && key.find("..") == std::string_view::npos &&
           std::ranges::all_of(key, fits);
}

bool fits(const SF_INFO& info) {
    const int kind = info.format & SF_FORMAT_TYPEMASK;
    const bool is_wav = kind == SF_FORMAT_WAV || kind == SF_FORMAT_WAVEX;
    return is_wav && (info.format & SF_FORMAT_SUBMASK) == SF_FORMAT_PCM_16 && info.channels >= 1 &&
           info.channels <= kChannelsMax && info.samplerate >= kRateMin &&
           info.samplerate <= kRateMax && info.frames >= 1 &&
           info.frames <= kSecondsMax * info.samplerate;
}

}  // namespace

std::optional<std::filesystem::path> recording_of(const std::filesystem::path& folder,
                                                  std::string_view language, std::string_view key) {
    if (!is_key(language) || !is_key(key)) return {};
    return folder / language / (std::string(key) + ".wav");
}

Result<Sound, IoError> read_recording(const std::filesystem::path& file) {
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(file, ignored)) {
        return fail(IoError{IoError::Kind::Refused, "there is no such recording"});
    }
    const auto corrupt = [&] {
        return fail(IoError{IoError::Kind::Corrupt, "no recording that fits: " + file.string()});
    };
    SF_INFO info{};
    const std::unique_ptr<SNDFILE, FileClose> opened(sf_open(file.c_str(), SFM_READ, &info));
    if (opened == nullptr || !fits(info)) return corrupt();

    Sound sound{info.samplerate, info.channels, {}};
    sound.samples.resize(static_cast<std::size_t>(info.frames * info.channels));
    if (sf_readf_short(opened.get(), sound.samples.data(), info.frames) != info.frames) {
        return corrupt();
    }
    return sound;
}

}  // namespace mado

#pragma once

// What a town may set for its kiosks, and what a kiosk's own file may set as well.
//
// The nearest wins: what stands in the machine's kiosk.toml, then what the town set for this kiosk,
// then what it set for all, then what Madoguchi has. So whoever stands before a kiosk can always
// put it right, and the town need not know what is special about a place.
//
// Names and bounds are the same in that file, on the town's command line and on the wire: they
// stand in kiosk_settings.cpp.

#include "shared/domain/voice.h"

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mado {

// The languages of the catalogues, in the order in which they are offered.
inline constexpr std::array kLanguageCodes = {"ja", "ja_easy", "en", "zh", "ko", "vi", "pt"};

// No value: not set here.
struct KioskSettings {
    std::optional<std::string> language;             // one of kLanguageCodes
    std::optional<std::chrono::seconds> idle_limit;  // the rest as in kiosk::Settings
    std::optional<std::chrono::seconds> warning;
    std::optional<std::chrono::seconds> staff_limit;
    std::optional<std::chrono::seconds> call_limit;
    std::optional<std::chrono::seconds> farewell;
    std::optional<VoiceUse> voice;

    // What is not set here is as `farther` has it.
    KioskSettings over(const KioskSettings& farther) const;
    bool empty() const { return *this == KioskSettings{}; }

    bool operator==(const KioskSettings&) const = default;
};

// "idle_seconds" and so on: all that there are.
std::vector<std::string> kiosk_setting_keys();
bool is_kiosk_setting(std::string_view key);
// Sets one, written as people write it: "90", "ja_easy", "headset"; empty takes it back. What is
// wrong comes as a sentence for whoever wrote it; nothing: ''.
std::string set_kiosk_setting(KioskSettings& settings, std::string_view key,
                              std::string_view value);
// Those that are set, as they are written.
std::vector<std::pair<std::string, std::string>> written(const KioskSettings& settings);

}  // namespace mado

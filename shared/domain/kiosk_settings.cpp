#include "shared/domain/kiosk_settings.h"

#include "shared/base/text.h"

#include <algorithm>

namespace mado {

namespace {

using Seconds = std::optional<std::chrono::seconds> KioskSettings::*;

struct SecondsRule {
    std::string_view key;
    Seconds member;
    int least;
    int most;
};

// A warning leaves 20 seconds at least (EN 301 549), and nobody is sent away while reading.
constexpr std::array kSeconds = {
    SecondsRule{"idle_seconds", &KioskSettings::idle_limit, 15, 600},
    SecondsRule{"warning_seconds", &KioskSettings::warning, 20, 120},
    SecondsRule{"staff_seconds", &KioskSettings::staff_limit, 30, 1800},
    SecondsRule{"call_seconds", &KioskSettings::call_limit, 5, 600},
    SecondsRule{"farewell_seconds", &KioskSettings::farewell, 2, 60}};

struct VoiceWord {
    std::string_view word;
    VoiceUse use;
};
constexpr std::array kVoiceWords = {VoiceWord{"always", VoiceUse::Always},
                                    VoiceWord{"headset", VoiceUse::WithHeadset},
                                    VoiceWord{"off", VoiceUse::Off}};

constexpr std::string_view kLanguage = "language";
constexpr std::string_view kVoice = "voice";

std::string set_language(KioskSettings& settings, std::string_view value) {
    if (std::ranges::find(kLanguageCodes, value) == kLanguageCodes.end()) {
        std::string known;
        for (const char* code : kLanguageCodes)
            known += (known.empty() ? "" : ", ") + std::string(code);
        return "language must be one of " + known;
    }
    settings.language = std::string(value);
    return {};
}

std::string set_voice(KioskSettings& settings, std::string_view value) {
    const auto found = std::ranges::find(kVoiceWords, value, &VoiceWord::word);
    if (found == kVoiceWords.end()) return R"(voice must be "always", "headset" or "off")";
    settings.voice = found->use;
    return {};
}

std::string set_seconds(KioskSettings& settings, const SecondsRule& rule, std::string_view value) {
    const auto number = parse_digits(value);
    if (!number || *number < rule.least || *number > rule.most) {
        return std::string(rule.key) + " must be a whole number from " +
               std::to_string(rule.least) + " to " + std::to_string(rule.most);
    }
    settings.*rule.member = std::chrono::seconds(*number);
    return {};
}

template <class Value>
void lay_under(std::optional<Value>& near, const std::optional<Value>& farther) {
    if (!near) near = farther;
}

}  // namespace

KioskSettings KioskSettings::over(const KioskSettings& farther) const {
    KioskSettings both = *this;
    lay_under(both.language, farther.language);
    lay_under(both.voice, farther.voice);
    for (const SecondsRule& rule : kSeconds)
        lay_under(both.*rule.member, farther.*rule.member);
    return both;
}

std::vector<std::string> kiosk_setting_keys() {
    std::vector<std::string> keys = {std::string(kLanguage)};
    for (const SecondsRule& rule : kSeconds)
        keys.emplace_back(rule.key);
    keys.emplace_back(kVoice);
    return keys;
}

bool is_kiosk_setting(std::string_view key) {
    const auto keys = kiosk_setting_keys();
    return std::ranges::find(keys, key) != keys.end();
}

std::string set_kiosk_setting(KioskSettings& settings, std::string_view key,
                              std::string_view value) {
    const auto rule = std::ranges::find(kSeconds, key, &SecondsRule::key);
    if (key == kLanguage) {
        settings.language.reset();
        return value.empty() ? "" : set_language(settings, value);
    }
    if (key == kVoice) {
        settings.voice.reset();
        return value.empty() ? "" : set_voice(settings, value);
    }
    if (rule == kSeconds.end()) return "there is no setting " + std::string(key);
    (settings.*rule->member).reset();
    return value.empty() ? "" : set_seconds(settings, *rule, value);
}

std::vector<std::pair<std::string, std::string>> written(const KioskSettings& settings) {
    std::vector<std::pair<std::string, std::string>> values;
    if (settings.language) values.emplace_back(kLanguage, *settings.language);
    for (const SecondsRule& rule : kSeconds) {
        const auto& seconds = settings.*rule.member;
        if (seconds) values.emplace_back(rule.key, std::to_string(seconds->count()));
    }
    if (settings.voice) {
        const auto word = std::ranges::find(kVoiceWords, *settings.voice, &VoiceWord::use);
        values.emplace_back(kVoice, word->word);
    }
    return values;
}

}  // namespace mado

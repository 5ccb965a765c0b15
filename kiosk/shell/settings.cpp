#include "kiosk/shell/settings.h"

#include "kiosk/screens/languages.h"
#include "shared/base/text.h"

#include <map>

#include <toml++/toml.h>

namespace mado::kiosk {
namespace {

using Outcome = Result<void, std::string>;

constexpr int kWindowMin = 200;
constexpr int kWindowMax = 10'000;

// Every key stands in the example, so that people see all that there are.
bool is_known(std::string_view key) {
    static const toml::table example = toml::parse(kSettingsExample);
    return example.contains(key);
}

Outcome read_text(const toml::table& table, const char* key, std::string& into) {
    const auto* node = table.get(key);
    if (node == nullptr) return {};
    const auto value = node->value_exact<std::string>();
    if (!value) return fail(std::string(key) + " must be a text");
    into = *value;
    return {};
}

Outcome read_seconds(const toml::table& table, const char* key, int min, int max,
                     std::chrono::seconds& into) {
    const auto* node = table.get(key);
    if (node == nullptr) return {};
    const auto value = node->value_exact<std::int64_t>();
    if (!value || *value < min || *value > max) {
        return fail(std::string(key) + " must be a whole number from " + std::to_string(min) +
                    " to " + std::to_string(max));
    }
    into = std::chrono::seconds(*value);
    return {};
}

Outcome read_paper(const toml::table& table, Paper& into) {
    std::string name = into == Paper::A5 ? "A5" : "A4";
    MADO_TRY(read_text(table, "paper", name));
    if (name != "A5" && name != "A4") return fail(std::string("paper must be \"A5\" or \"A4\""));
    into = name == "A5" ? Paper::A5 : Paper::A4;
    return {};
}

Outcome read_language(const toml::table& table, Language& into) {
    std::string code = code_of(into);
    MADO_TRY(read_text(table, "language", code));
    const std::optional<Language> language = language_of(code);
    if (!language) {
        std::string known;
        for (const Language one : kLanguages)
            known += std::string(known.empty() ? "" : ", ") + code_of(one);
        return fail("language must be one of " + known);
    }
    into = *language;
    return {};
}

Outcome read_voice(const toml::table& table, VoiceUse& into) {
    static const std::map<std::string, VoiceUse> uses = {
        {"always", VoiceUse::Always}, {"headset", VoiceUse::WithHeadset}, {"off", VoiceUse::Off}};
    if (!table.contains("voice")) return {};
    std::string name;
    MADO_TRY(read_text(table, "voice", name));
    const auto use = uses.find(name);
    if (use == uses.end()) {
        return fail(std::string(R"(voice must be "always", "headset" or "off")"));
    }
    into = use->second;
    return {};
}

Outcome read_panel(const toml::table& table, std::optional<ui::PanelSize>& into) {
    const auto* node = table.get("panel_mm");
    if (node == nullptr) return {};
    const auto* pair = node->as_array();
    const auto side = [&](std::size_t index) {
        return pair == nullptr || pair->size() != 2 ? std::optional<double>{}
                                                    : (*pair)[index].value<double>();
    };
    const auto width = side(0);
    const auto height = side(1);
    const auto fits = [](const std::optional<double>& mm) {
        return mm && *mm >= 50 && *mm <= 3000;
    };
    if (!fits(width) || !fits(height)) {
        return fail(std::string("panel_mm must be [width, height] in millimetres"));
    }
    into = ui::PanelSize{static_cast<float>(*width), static_cast<float>(*height)};
    return {};
}

Result<ShellSettings, std::string> read(const toml::table& table) {
    for (const auto& [key, value] : table) {
        if (!is_known(key.str())) {
            return fail("unknown key " + std::string(key.str()) +
                        "; `madoguchi-kiosk run --help` shows those that there are");
        }
    }
    ShellSettings settings;
    MADO_TRY(read_text(table, "camera", settings.camera));
    MADO_TRY(read_text(table, "printer", settings.printer));
    MADO_TRY(read_paper(table, settings.paper));
    MADO_TRY(read_panel(table, settings.panel));
    MADO_TRY(read_language(table, settings.flow.language));
    MADO_TRY(read_seconds(table, "idle_seconds", 15, 600, settings.flow.idle_limit));
    MADO_TRY(read_seconds(table, "warning_seconds", 20, 120, settings.flow.warning));
    MADO_TRY(read_seconds(table, "staff_seconds", 30, 1800, settings.flow.staff_limit));
    MADO_TRY(read_seconds(table, "farewell_seconds", 2, 60, settings.flow.farewell));
    MADO_TRY(read_text(table, "metrics", settings.metrics));
    MADO_TRY(read_voice(table, settings.flow.voice));
    MADO_TRY(read_text(table, "sound", settings.sound));
    MADO_TRY(read_text(table, "headset", settings.headset));
    MADO_TRY(read_text(table, "sound_card", settings.sound_card));
    MADO_TRY(read_text(table, "recordings", settings.recordings));
    return settings;
}

}  // namespace

Result<ShellSettings, std::string> parse_settings(std::string_view toml) {
    try {
        return read(toml::parse(toml));
    } catch (const toml::parse_error& error) {
        return fail("line " + std::to_string(error.source().begin.line) + ": " +
                    std::string(error.description()));
    }
}

std::optional<WindowSize> parse_window_size(std::string_view text) {
    const auto cross = text.find('x');
    if (cross == std::string_view::npos) return {};
    const auto width = parse_digits(text.substr(0, cross));
    const auto height = parse_digits(text.substr(cross + 1));
    const auto fits = [](const std::optional<std::int64_t>& side) {
        return side && *side >= kWindowMin && *side <= kWindowMax;
    };
    if (!fits(width) || !fits(height)) return {};
    return WindowSize{static_cast<int>(*width), static_cast<int>(*height)};
}

}  // namespace mado::kiosk

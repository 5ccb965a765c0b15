#include "kiosk/shell/settings.h"

#include "kiosk/screens/languages.h"
#include "shared/base/text.h"

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

// What the town may set too, by the same names and rules.
Outcome read_kiosk_setting(const toml::table& table, const std::string& key, KioskSettings& into) {
    const auto* node = table.get(key);
    if (node == nullptr) return {};
    // A number in quotes is none, and nothing is taken back here.
    std::string value = " ";
    if (key.ends_with("_seconds")) {
        if (const auto number = node->value_exact<std::int64_t>()) value = std::to_string(*number);
    } else {
        MADO_TRY(read_text(table, key.c_str(), value));
        if (value.empty()) value = " ";
    }
    const std::string wrong = set_kiosk_setting(into, key, value);
    if (!wrong.empty()) return fail(wrong);
    return {};
}

Outcome read_paper(const toml::table& table, Paper& into) {
    std::string name = into == Paper::A5 ? "A5" : "A4";
    MADO_TRY(read_text(table, "paper", name));
    if (name != "A5" && name != "A4") return fail(std::string("paper must be \"A5\" or \"A4\""));
    into = name == "A5" ? Paper::A5 : Paper::A4;
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
    MADO_TRY(read_text(table, "metrics", settings.metrics));
    MADO_TRY(read_text(table, "sound", settings.sound));
    MADO_TRY(read_text(table, "headset", settings.headset));
    MADO_TRY(read_text(table, "sound_card", settings.sound_card));
    MADO_TRY(read_text(table, "recordings", settings.recordings));
    for (const std::string& key : kiosk_setting_keys())
        MADO_TRY(read_kiosk_setting(table, key, settings.own));
    return settings;
}

}  // namespace

Settings ShellSettings::flow(const KioskSettings& of_town) const {
    const KioskSettings set = own.over(of_town);
    Settings settings;
    // A code that this version does not have was set by a later one.
    const auto language = set.language ? language_of(*set.language) : std::nullopt;
    settings.language = language.value_or(settings.language);
    settings.idle_limit = set.idle_limit.value_or(settings.idle_limit);
    settings.warning = set.warning.value_or(settings.warning);
    settings.staff_limit = set.staff_limit.value_or(settings.staff_limit);
    settings.call_limit = set.call_limit.value_or(settings.call_limit);
    settings.farewell = set.farewell.value_or(settings.farewell);
    settings.voice = set.voice.value_or(settings.voice);
    settings.has_printer = !printer.empty();
    return settings;
}

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

#include "kiosk/screens/screens.h"
#include "kiosk/texts/keys.h"
#include "shared/ui/widgets.h"

#include <array>

namespace mado::kiosk {

namespace {

const char* size_id(TextSize size) {
    switch (size) {
        case TextSize::Normal:
            return "size/normal";
        case TextSize::Large:
            return "size/large";
        case TextSize::Larger:
            return "size/larger";
        case TextSize::Largest:
            return "size/largest";
    }
    return "";
}

ui::Look look_of(bool chosen) {
    return chosen ? ui::Look::Primary : ui::Look::Secondary;
}

constexpr float kTileHeight = 46;

std::optional<Event> paint_sizes(TextSize chosen, const Texts& texts) {
    std::vector<ui::Tile> sizes;
    for (const TextSize size : kTextSizes) {
        sizes.push_back({size_id(size), texts.say(key_of(size)), "", look_of(size == chosen)});
    }
    const auto touched = ui::tiles(sizes, {2, kTileHeight, ui::Type::Title});
    if (!touched) return {};
    return TextSizeTouched{kTextSizes.at(*touched)};
}

std::optional<Event> paint_themes(Theme chosen, const Texts& texts) {
    const std::array themes = {
        ui::Tile{"theme/standard", texts.say(key_of(Theme::Standard)), "",
                 look_of(chosen == Theme::Standard)},
        ui::Tile{"theme/high_contrast", texts.say(key_of(Theme::HighContrast)), "",
                 look_of(chosen == Theme::HighContrast)}};
    const auto touched = ui::tiles(themes, {2, kTileHeight, ui::Type::Title});
    if (!touched) return {};
    return ThemeTouched{*touched == 0 ? Theme::Standard : Theme::HighContrast};
}

}  // namespace

// What was touched shows at once, and the choice stays: people try until they see well.
std::optional<Event> paint_choosing_comfort(const View& view) {
    const Texts& texts = view.texts;
    const Comfort& comfort = view.kiosk.visit.comfort;

    ui::heading(texts.say("comfort.text_size"_t));
    std::optional<Event> event = paint_sizes(comfort.text_size, texts);
    ui::spring();
    ui::heading(texts.say("comfort.theme"_t));
    if (const auto theme = paint_themes(comfort.theme, texts)) event = theme;
    ui::spring();
    if (const auto heard = paint_hearing(view)) event = heard;
    ui::spring();
    return event;
}

}  // namespace mado::kiosk

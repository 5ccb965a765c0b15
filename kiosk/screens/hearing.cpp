#include "kiosk/screens/screens.h"
#include "kiosk/texts/keys.h"
#include "shared/ui/widgets.h"

#include <array>

namespace mado::kiosk {

namespace {

constexpr float kHeight = 46;

// Who hears all that is said can do without the screen.
std::optional<Event> paint_screen_use(const View& view) {
    if (!may_darken(view.kiosk)) return {};
    const ScreenUse now = view.kiosk.visit.comfort.screen;
    const std::array tile = {
        ui::Tile{"screen", view.texts.say(screen_key(now)), "", ui::Look::Secondary}};
    if (!ui::tiles(tile, {1, kHeight, ui::Type::Strong})) return {};
    return ScreenTouched{now == ScreenUse::Off ? ScreenUse::Shown : ScreenUse::Off};
}

}  // namespace

// What was touched is heard at once, and the choice stays: people try until they hear well.
std::optional<Event> paint_hearing(const View& view) {
    const Texts& texts = view.texts;
    const Hearing& hearing = view.kiosk.visit.hearing;
    if (view.kiosk.settings.voice == VoiceUse::Off) return {};

    const bool speaking = speaks(view.kiosk);
    std::vector<ui::Tile> tiles;
    std::vector<Event> events;
    const auto offer = [&](const char* id, TextKey key, Event event) {
        tiles.push_back({id, texts.say(key), "", ui::Look::Secondary});
        events.push_back(std::move(event));
    };
    offer("voice", voice_key(speaking), VoiceTouched{!speaking});
    if (speaking) {
        offer("repeat", "voice.repeat"_t, RepeatTouched{});
        offer("pace", pace_key(hearing.pace), PaceTouched{other_pace(hearing.pace)});
        offer("volume", volume_key(hearing.volume), VolumeTouched{next_volume(hearing.volume)});
    }
    ui::heading(texts.say("voice.title"_t));
    const std::size_t columns = speaking ? 2 : 1;
    const auto touched = ui::tiles(tiles, {columns, kHeight, ui::Type::Strong});
    const auto screen = paint_screen_use(view);
    return touched ? events[*touched] : screen;
}

}  // namespace mado::kiosk

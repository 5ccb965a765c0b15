#include "kiosk/screens/screens.h"
#include "kiosk/screens/words.h"
#include "shared/ui/widgets.h"

namespace mado::kiosk {

namespace {

std::vector<ChosenPlace> places_of(const Choice& choice) {
    std::vector<ChosenPlace> places;
    for (const Offer& offer : *choice.applying) {
        const auto venue = choice.list.venues.find(offer.slot.venue);
        const int rank = static_cast<int>(places.size()) + 1;
        places.push_back(
            {rank, offer.slot, venue == choice.list.venues.end() ? Venue() : venue->second});
    }
    return places;
}

std::optional<Event> paint_removing(const std::vector<ChosenPlace>& places, const Texts& texts) {
    constexpr float kHeight = 24;
    std::vector<ui::Tile> tiles;
    for (const ChosenPlace& place : places) {
        const std::string number = std::to_string(place.rank);
        tiles.push_back({"remove/" + place.slot.id.text(),
                         texts.say("apply.remove"_t, {{"number", number}}),
                         "",
                         {}});
    }
    const auto touched = ui::tiles(tiles, {tiles.size(), kHeight, ui::Type::Body});
    if (!touched) return {};
    return RemoveTouched{places[*touched].slot.id};
}

}  // namespace

std::optional<Event> paint(const Applying& screen, const View& view) {
    const Texts& texts = view.texts;
    const std::vector<ChosenPlace> places = places_of(screen.choice);
    std::optional<Event> event;

    ui::heading(texts.say("apply.title"_t));
    ui::notice(texts.say("apply.not_booked"_t), ui::Mood::Plain);
    paint_choices(places, texts);
    if (const auto removed = paint_removing(places, texts)) event = removed;
    ui::spring();
    if (may_add(screen) && ui::button("add", texts.say("apply.add"_t), ui::Look::Secondary)) {
        event = AddTouched{};
    }
    ui::focus_begins();
    if (ui::button("yes", texts.say("apply.send"_t), ui::Look::Primary)) event = YesTouched{};
    return event;
}

}  // namespace mado::kiosk

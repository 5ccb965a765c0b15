#include "kiosk/screens/screens.h"
#include "kiosk/screens/words.h"
#include "shared/ui/widgets.h"

namespace mado::kiosk {

std::optional<Event> paint(const ChoosingTime& screen, const View& view) {
    const Texts& texts = view.texts;
    std::optional<Event> event;

    ui::heading(texts.say("choose_time.title"_t, {{"day", texts.day(screen.date)}}));
    paint_which_choice(screen.choice, texts);
    const auto venue = screen.choice.list.venues.find(screen.venue);
    if (venue != screen.choice.list.venues.end()) ui::aside(venue_name(venue->second, texts));
    ui::spring();
    std::vector<ui::Tile> tiles;
    const auto times = shown_on(screen.times, screen.page, kTimesAPage);
    for (const Offer& offer : times) {
        tiles.push_back(
            {"offer/" + offer.slot.id.text(), texts.time_short(offer.slot.starts), "", {}});
    }
    if (const auto touched = ui::tiles(tiles, {4, 40, ui::Type::Title})) {
        event = OfferTouched{times[*touched].slot.id};
    }
    ui::spring();
    if (const auto turn = paint_pages(screen.page, texts)) event = turn;

    return event;
}

}  // namespace mado::kiosk

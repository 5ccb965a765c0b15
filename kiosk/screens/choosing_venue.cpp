#include "kiosk/screens/screens.h"
#include "kiosk/screens/words.h"
#include "shared/ui/widgets.h"

namespace mado::kiosk {

std::optional<Event> paint(const ChoosingVenue& screen, const View& view) {
    const ui::Texts& texts = view.texts;
    std::optional<Event> event;

    ui::heading(texts.say("venue.title"_t));
    for (const VenueOffer& offer : shown_on(screen.venues, screen.page, kVenuesAPage)) {
        const std::string detail = texts.say(
            "venue.from"_t,
            {{"day", texts.day(offer.first_day)},
             {"vaccine", vaccine_name(offer.vaccine, screen.choice.list.vaccines, texts)}});
        if (ui::compact_choice("venue/" + offer.venue.id.text(), venue_name(offer.venue, texts),
                               detail)) {
            event = VenueTouched{offer.venue.id};
        }
    }
    ui::spring();
    if (const auto turn = paint_pages(screen.page, texts)) event = turn;

    return event;
}

}  // namespace mado::kiosk

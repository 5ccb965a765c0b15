#include "kiosk/screens/screens.h"
#include "kiosk/screens/words.h"
#include "shared/ui/widgets.h"

namespace mado::kiosk {

std::optional<Event> paint(const ChoosingVenue& screen, const View& view) {
    constexpr std::size_t kFew = 3;  // so many can be shown at ease
    const ui::Texts& texts = view.texts;
    const bool few = screen.venues.size() <= kFew;
    std::optional<Event> event;

    ui::heading(texts.say("venue.title"_t));
    for (const VenueOffer& offer : shown_on(screen.venues, screen.page, kVenuesAPage)) {
        const std::string id = "venue/" + offer.venue.id.text();
        const std::string& name = venue_name(offer.venue, texts);
        const std::string vaccine = vaccine_name(offer.vaccine, screen.choice.list.vaccines, texts);
        const std::string detail =
            texts.say("venue.from"_t, {{"day", texts.day(offer.first_day)},
                                       {"vaccine", few ? vaccine : without_brand(vaccine)}});
        const std::vector<std::string> details = {offer.venue.address, detail};
        const bool touched =
            few ? ui::choice(id, name, details) : ui::compact_choice(id, name, detail);
        if (touched) event = VenueTouched{offer.venue.id};
    }
    ui::spring();
    if (const auto turn = paint_pages(screen.page, texts)) event = turn;

    return event;
}

}  // namespace mado::kiosk

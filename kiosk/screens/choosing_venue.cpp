#include "kiosk/screens/screens.h"
#include "kiosk/screens/words.h"
#include "shared/ui/widgets.h"

namespace mado::kiosk {

std::optional<Event> paint(const ChoosingVenue& screen, const View& view) {
    const Texts& texts = view.texts;
    const auto shown = shown_on(screen.venues, screen.page, kVenuesAPage);
    std::optional<Event> event;

    ui::heading(texts.say("venue.title"_t));
    paint_which_choice(screen.choice, texts);
    if (const std::string notice = notice_text(screen.choice.notice, texts); !notice.empty()) {
        ui::notice(notice, ui::Mood::Bad);
    }
    std::vector<ui::Choice> cards;
    for (const VenueOffer& offer : shown) {
        const std::string vaccine = vaccine_name(offer.vaccine, screen.choice.list.vaccines, texts);
        cards.push_back({"venue/" + offer.venue.id.text(),
                         venue_name(offer.venue, texts),
                         {texts.say("venue.from"_t, {{"day", texts.day(offer.first_day)},
                                                     {"vaccine", without_brand(vaccine)}}),
                          offer.venue.address}});
    }
    if (const auto touched = ui::choices(cards)) {
        event = VenueTouched{shown[*touched].venue.id};
    }
    ui::spring();
    if (const auto turn = paint_pages(screen.page, texts)) event = turn;
    const bool may = may_apply(view.kiosk, screen);
    if (may && ui::button("apply", texts.say("apply.none_suits"_t), ui::Look::Secondary)) {
        event = ApplyTouched{};
    }

    return event;
}

}  // namespace mado::kiosk

#include "kiosk/screens/screens.h"
#include "kiosk/screens/words.h"
#include "shared/ui/widgets.h"

namespace mado::kiosk {

std::optional<Event> paint(const ConfirmingBooking& screen, const View& view) {
    const Texts& texts = view.texts;
    const OfferList& list = screen.choice.list;
    const Slot& slot = screen.offer.slot;

    const bool changes = screen.choice.applicant.instead_of.has_value();
    std::optional<Event> event;

    ui::heading(changes ? texts.say("confirm_change.title"_t)
                        : texts.say("confirm_booking.title"_t));
    paint_instead_of(screen.choice.applicant, texts);
    if (const auto venue = list.venues.find(slot.venue); venue != list.venues.end()) {
        const ui::Beside beside;
        ui::facts(facts_of(slot, venue->second, vaccine_name(slot.vaccine, list.vaccines, texts),
                           screen.choice.applicant.wish.dose, Detail::Full, texts));
    }
    ui::spring();
    if (ui::big_button("yes", changes ? texts.say("confirm_change.yes"_t)
                                      : texts.say("confirm_booking.yes"_t))) {
        event = YesTouched{};
    }
    if (ui::button("no", texts.say("confirm_booking.no"_t), ui::Look::Secondary)) {
        event = NoTouched{};
    }
    return event;
}

}  // namespace mado::kiosk

#include "kiosk/screens/screens.h"
#include "kiosk/screens/words.h"
#include "shared/ui/widgets.h"

namespace mado::kiosk {

std::optional<Event> paint(const ShowingBooking& screen, const View& view) {
    const ui::Texts& texts = view.texts;
    const Slip& slip = screen.slip;

    ui::heading(texts.say("booking.title"_t));
    ui::facts(facts_of(slip.slot, slip.venue,
                       texts.name(slip.vaccine.name_ja, slip.vaccine.name_en), slip.booking.dose,
                       Detail::Short, texts));
    if (screen.printing != SlipState::Failed) ui::aside(change_text(slip, texts));
    ui::spring();
    const std::string offer =
        screen.slip_owed ? texts.say("booking.print_owed"_t) : texts.say("booking.print_again"_t);
    return paint_printing(screen.printing, slip.booking.id, offer, view);
}

}  // namespace mado::kiosk

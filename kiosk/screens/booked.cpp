#include "kiosk/screens/screens.h"
#include "kiosk/screens/words.h"
#include "shared/ui/widgets.h"

namespace mado::kiosk {

std::optional<Event> paint(const Booked& screen, const View& view) {
    const ui::Texts& texts = view.texts;
    const Slip& slip = screen.slip;
    const bool failed = screen.printing == SlipState::Failed;

    ui::result(texts.say("booked.title"_t));
    ui::facts(facts_of(slip.slot, slip.venue,
                       texts.name(slip.vaccine.name_ja, slip.vaccine.name_en), slip.booking.dose,
                       Detail::Short, texts));
    if (!failed) ui::aside(change_text(slip, texts));
    ui::spring();
    return paint_printing(screen.printing, slip.booking.id, texts.say("slip.print_again"_t), view);
}

}  // namespace mado::kiosk

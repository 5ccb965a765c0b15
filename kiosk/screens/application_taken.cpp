#include "kiosk/screens/screens.h"
#include "kiosk/screens/words.h"
#include "shared/ui/widgets.h"

namespace mado::kiosk {

std::optional<Event> paint(const ApplicationTaken& screen, const View& view) {
    const Texts& texts = view.texts;

    ui::heading(texts.say("applied.title"_t));
    ui::notice(texts.say("applied.kept"_t), ui::Mood::Plain);
    // Where the number is copied by hand it takes all the room that there is.
    if (!is_number_copied(screen.printing, view)) paint_choices(screen.receipt.places, texts);
    ui::paragraph(texts.say("applied.next"_t, {{"telephone", screen.receipt.town.telephone}}));
    ui::spring();
    return paint_receipt_printing(screen.printing, screen.receipt, view);
}

}  // namespace mado::kiosk

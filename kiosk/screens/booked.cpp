#include "kiosk/screens/screens.h"
#include "kiosk/screens/words.h"
#include "shared/ui/widgets.h"

namespace mado::kiosk {

std::optional<Event> paint(const Booked& screen, const View& view) {
    const Texts& texts = view.texts;
    const Slip& slip = screen.slip;
    const bool copied = is_number_copied(screen.printing, view);

    ui::result(screen.changed ? texts.say("booked.changed"_t) : texts.say("booked.title"_t));
    paint_slip(slip, copied ? Detail::Least : Detail::Usual, texts);
    // Where the number is copied by hand it takes all the room that there is.
    if (screen.changed && !copied) ui::notice(texts.say("booked.old_slip"_t), ui::Mood::Plain);
    ui::spring();
    return paint_printing(screen.printing, slip.booking.id, texts.say("slip.print_again"_t), view);
}

}  // namespace mado::kiosk

#include "kiosk/screens/screens.h"
#include "kiosk/screens/words.h"
#include "shared/ui/widgets.h"

namespace mado::kiosk {

std::optional<Event> paint(const ShowingBooking& screen, const View& view) {
    const Texts& texts = view.texts;
    const Slip& slip = screen.slip;
    const bool copied = is_number_copied(screen.printing, view);

    ui::heading(texts.say("booking.title"_t));
    paint_slip(slip, copied ? Detail::Least : Detail::Full, texts);
    ui::spring();
    const std::string offer =
        screen.slip_owed ? texts.say("booking.print_owed"_t) : texts.say("booking.print_again"_t);
    return paint_printing(screen.printing, slip.booking.id, offer, view);
}

}  // namespace mado::kiosk

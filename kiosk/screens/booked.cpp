#include "kiosk/screens/screens.h"
#include "kiosk/screens/words.h"
#include "shared/ui/widgets.h"

namespace mado::kiosk {

std::optional<Event> paint(const Booked& screen, const View& view) {
    const Texts& texts = view.texts;
    const Slip& slip = screen.slip;
    const bool copied = is_number_copied(screen.printing, view);
    const bool for_staff = screen.earlier == WishProgress::ForStaff;

    const Detail detail = copied ? Detail::Least : Detail::Usual;
    if (for_staff) {
        ui::heading(texts.say("booked.title"_t));
        ui::notice(texts.say("booked.earlier_for_staff"_t), ui::Mood::Bad);
        paint_booking(slip, detail, texts);
    } else {
        ui::result(screen.earlier ? texts.say("booked.changed"_t) : texts.say("booked.title"_t));
        paint_slip(slip, detail, texts);
    }
    // Where the number is copied by hand it takes all the room that there is.
    const bool says_which = screen.earlier && !for_staff && !copied;
    if (says_which) ui::notice(texts.say("booked.use_this_slip"_t), ui::Mood::Plain);
    ui::spring();
    return paint_printing(screen.printing, slip.booking.id, texts.say("slip.print_again"_t), view);
}

}  // namespace mado::kiosk

#include "kiosk/screens/screens.h"
#include "kiosk/screens/words.h"
#include "shared/ui/widgets.h"

namespace mado::kiosk {

std::optional<Event> paint(const AskingCancel& screen, const View& view) {
    const Texts& texts = view.texts;
    std::optional<Event> event;

    ui::heading(texts.say("cancel.title"_t));
    paint_booking(screen.holder.slip, Detail::Full, texts);
    ui::spring();
    if (ui::button("yes", texts.say("cancel.yes"_t), ui::Look::Secondary)) event = YesTouched{};
    // A key that is pressed twice must not cost a booking.
    ui::focus_begins();
    if (ui::button("no", texts.say("cancel.no"_t), ui::Look::Primary)) event = NoTouched{};
    return event;
}

}  // namespace mado::kiosk

#include "kiosk/screens/screens.h"
#include "kiosk/screens/words.h"
#include "shared/ui/widgets.h"

namespace mado::kiosk {

std::optional<Event> paint(const AskingWithdrawal& screen, const View& view) {
    const Texts& texts = view.texts;
    std::optional<Event> event;

    ui::heading(texts.say("withdraw.title"_t));
    paint_choices(screen.receipt.places, texts);
    ui::spring();
    if (ui::button("yes", texts.say("withdraw.yes"_t), ui::Look::Secondary)) event = YesTouched{};
    // A key that is pressed twice must not cost an application.
    ui::focus_begins();
    if (ui::button("no", texts.say("withdraw.no"_t), ui::Look::Primary)) event = NoTouched{};
    return event;
}

}  // namespace mado::kiosk

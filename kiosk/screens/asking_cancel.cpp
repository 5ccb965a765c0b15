#include "kiosk/screens/screens.h"
#include "kiosk/screens/words.h"
#include "shared/ui/widgets.h"

namespace mado::kiosk {

std::optional<Event> paint(const AskingCancel& screen, const View& view) {
    const Texts& texts = view.texts;

    ui::heading(texts.say("cancel.title"_t));
    paint_booking(screen.holder.slip, Detail::Full, texts);
    ui::spring();
    if (ui::button("yes", texts.say("cancel.yes"_t), ui::Look::Secondary)) return YesTouched{};
    if (ui::button("no", texts.say("cancel.no"_t), ui::Look::Primary)) return NoTouched{};
    return {};
}

}  // namespace mado::kiosk

#include "kiosk/screens/screens.h"
#include "kiosk/screens/words.h"
#include "shared/ui/widgets.h"

namespace mado::kiosk {

std::optional<Event> paint(const CancelTaken& screen, const View& view) {
    const Texts& texts = view.texts;

    switch (screen.progress) {
        case WishProgress::Done:
            ui::result(texts.say("cancel_taken.done"_t));
            break;
        case WishProgress::OnItsWay:
            ui::result(texts.say("cancel_taken.accepted"_t));
            break;
        case WishProgress::ForStaff:
            ui::heading(texts.say("cancel_taken.not_done"_t));
            break;
    }
    paint_booking(screen.slip, Detail::Usual, texts);
    ui::spring();
    if (screen.progress == WishProgress::ForStaff) {
        ui::notice(texts.say("cancel_taken.for_staff"_t), ui::Mood::Bad);
        return {};
    }
    if (screen.progress == WishProgress::OnItsWay) {
        ui::notice(texts.say("cancel_taken.on_its_way"_t), ui::Mood::Plain);
    }
    ui::paragraph(texts.say("cancel_taken.old_slip"_t));
    return {};
}

}  // namespace mado::kiosk

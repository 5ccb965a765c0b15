#include "kiosk/screens/screens.h"
#include "kiosk/screens/words.h"
#include "shared/ui/widgets.h"

namespace mado::kiosk {

std::optional<Event> paint(const CancelTaken& screen, const View& view) {
    const Texts& texts = view.texts;
    const bool done = screen.progress == CancelProgress::Done;

    ui::result(done ? texts.say("cancel_taken.done"_t) : texts.say("cancel_taken.accepted"_t));
    paint_booking(screen.slip, Detail::Usual, texts);
    ui::spring();
    if (screen.progress == CancelProgress::OnItsWay) {
        ui::notice(texts.say("cancel_taken.on_its_way"_t), ui::Mood::Plain);
    }
    if (screen.progress == CancelProgress::ForStaff) {
        ui::notice(texts.say("cancel_taken.for_staff"_t), ui::Mood::Bad);
        return {};
    }
    ui::paragraph(texts.say("cancel_taken.old_slip"_t));
    return {};
}

}  // namespace mado::kiosk

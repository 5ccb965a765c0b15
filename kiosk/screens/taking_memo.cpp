#include "kiosk/screens/screens.h"
#include "kiosk/screens/words.h"
#include "shared/ui/widgets.h"

namespace mado::kiosk {

std::optional<Event> paint(const TakingMemo& screen, const View& view) {
    const Texts& texts = view.texts;
    std::optional<Event> event;

    ui::heading(texts.say("memo.title"_t));
    ui::notice(texts.say("memo.not_booked"_t), ui::Mood::Plain);
    ui::spring();
    if (const auto again = paint_memo_printing(screen.printing, view)) event = again;
    ui::spring();
    paint_telephone(view);
    if (ui::button("next", texts.say("memo.book_now"_t), ui::Look::Secondary)) {
        event = NextTouched{};
    }
    return event;
}

}  // namespace mado::kiosk

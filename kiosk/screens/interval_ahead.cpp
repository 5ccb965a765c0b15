#include "kiosk/screens/screens.h"
#include "kiosk/screens/words.h"
#include "shared/ui/widgets.h"

namespace mado::kiosk {

std::optional<Event> paint(const IntervalAhead& screen, const View& view) {
    const Texts& texts = view.texts;
    const DoseWish& wish = screen.applicant.wish;

    ui::heading(texts.say("interval.title"_t, {{"dose", dose_text(wish.dose, texts)}}));
    ui::spring();
    ui::statement(std::vector{texts.say("interval.from"_t, {{"day", texts.day(wish.not_before)}})});
    if (wish.suggested && *wish.suggested != wish.not_before) {
        ui::paragraph(texts.say("interval.suggested"_t, {{"day", texts.day(*wish.suggested)}}));
    }
    ui::paragraph(texts.say("interval.book_today"_t));
    ui::spring();
    if (ui::big_button("next", texts.say("interval.next"_t))) return NextTouched{};
    return {};
}

}  // namespace mado::kiosk

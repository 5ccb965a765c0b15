#include "kiosk/screens/screens.h"
#include "kiosk/screens/words.h"
#include "shared/ui/widgets.h"

namespace mado::kiosk {

std::optional<Event> paint(const NotMatched& screen, const View& view) {
    const Texts& texts = view.texts;
    std::optional<Event> event;

    ui::heading(texts.say("not_matched.title"_t));
    ui::aside(ticket_line(screen.ticket.reveal(), texts));
    ui::spring();
    ui::notice(texts.say("not_matched.detail"_t), ui::Mood::Bad);
    ui::spring();
    if (ui::big_button("again", texts.say("not_matched.birth_again"_t))) event = AgainTouched{};
    if (ui::button("scan_instead", texts.say("not_matched.ticket_again"_t), ui::Look::Secondary)) {
        event = ScanInsteadTouched{};
    }
    return event;
}

}  // namespace mado::kiosk

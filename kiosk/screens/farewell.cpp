#include "kiosk/screens/screens.h"
#include "kiosk/screens/words.h"
#include "shared/ui/widgets.h"

namespace mado::kiosk {

std::optional<Event> paint(const Farewell&, const View& view) {
    const Texts& texts = view.texts;

    ui::spring();
    ui::emblem(ui::Sign::Check, ui::Mood::Good, 80);
    ui::space(16);
    ui::centred(ui::Type::Display, texts.say("farewell.title"_t));
    ui::space(14);
    if (view.kiosk.visit.ticket_in_view) {
        ui::call(texts.say("farewell.ticket"_t), ui::Mood::Bad);
    } else {
        ui::centred(ui::Type::Body, texts.say("farewell.wiped"_t));
    }
    ui::spring();
    return {};
}

}  // namespace mado::kiosk

#include "kiosk/screens/screens.h"
#include "kiosk/screens/words.h"
#include "shared/ui/widgets.h"

#include <array>

namespace mado::kiosk {

std::optional<Event> paint(const AskingConditions&, const View& view) {
    const Texts& texts = view.texts;

    ui::heading(texts.say("conditions.title"_t));
    ui::paragraph(texts.say("conditions.detail"_t));
    ui::spring();
    const std::array answers = {
        ui::Tile{"no", texts.say("conditions.no"_t), "", ui::Look::Secondary},
        ui::Tile{"yes", texts.say("conditions.yes"_t), "", ui::Look::Secondary}};
    const auto touched = ui::tiles(answers, 2, 110, ui::Type::Display);
    ui::spring();
    ui::aside(texts.say("conditions.purpose"_t));
    if (!touched) return {};
    return *touched == 0 ? Event(NoTouched{}) : Event(YesTouched{});
}

}  // namespace mado::kiosk

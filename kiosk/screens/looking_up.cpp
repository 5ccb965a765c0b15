#include "kiosk/screens/screens.h"
#include "kiosk/screens/words.h"
#include "shared/ui/widgets.h"

namespace mado::kiosk {

std::optional<Event> paint(const LookingUp&, const View& view) {
    paint_waiting(view.texts.say("looking_up.title"_t), view.texts.say("looking_up.detail"_t));
    return {};
}

}  // namespace mado::kiosk

#include "kiosk/screens/screens.h"
#include "kiosk/screens/words.h"
#include "shared/ui/widgets.h"

namespace mado::kiosk {

std::optional<Event> paint(const KeepingBooking&, const View& view) {
    paint_waiting(view.texts.say("keeping.title"_t), view.texts.say("wait.detail"_t));
    return {};
}

}  // namespace mado::kiosk

#include "kiosk/screens/screens.h"
#include "kiosk/screens/words.h"

namespace mado::kiosk {

std::optional<Event> paint(const KeepingWithdrawal&, const View& view) {
    paint_waiting(view.texts.say("withdraw.keeping"_t), view.texts.say("wait.detail"_t));
    return {};
}

}  // namespace mado::kiosk

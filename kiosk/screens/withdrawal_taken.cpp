#include "kiosk/screens/screens.h"
#include "kiosk/screens/words.h"
#include "shared/ui/widgets.h"

namespace mado::kiosk {

std::optional<Event> paint(const WithdrawalTaken& screen, const View& view) {
    const Texts& texts = view.texts;

    ui::result(texts.say("withdrawn.title"_t));
    paint_choices(screen.receipt.places, texts);
    ui::spring();
    ui::paragraph(texts.say("withdrawn.detail"_t));
    return {};
}

}  // namespace mado::kiosk

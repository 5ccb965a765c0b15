#include "kiosk/screens/screens.h"
#include "kiosk/screens/words.h"
#include "kiosk/texts/keys.h"
#include "shared/ui/widgets.h"

namespace mado::kiosk {

std::optional<Event> paint(const PleaseAskStaff& screen, const View& view) {
    const Texts& texts = view.texts;

    ui::spring();
    ui::emblem(ui::Sign::Person, ui::Mood::Plain, 80);
    ui::space(16);
    ui::centred(ui::Type::Title, texts.say("ask_staff.title"_t));
    ui::centred(ui::Type::Body, texts.say(key_of(screen.reason)));
    paint_telephone(view);
    ui::spring();
    return {};
}

}  // namespace mado::kiosk

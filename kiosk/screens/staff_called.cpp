#include "kiosk/screens/screens.h"
#include "kiosk/screens/words.h"
#include "shared/ui/widgets.h"

namespace mado::kiosk {

std::optional<Event> paint_staff_called(const View& view) {
    const Texts& texts = view.texts;

    ui::spring();
    ui::emblem(ui::Sign::Person, ui::Mood::Plain, 80);
    ui::space(16);
    ui::centred(ui::Type::Title, texts.say("staff.title"_t));
    ui::centred(ui::Type::Body, texts.say("staff.detail"_t));
    paint_telephone(view);
    ui::spring();
    if (ui::big_button("return", texts.say("staff.return"_t))) return ReturnTouched{};
    return {};
}

}  // namespace mado::kiosk

#include "kiosk/screens/screens.h"
#include "kiosk/screens/words.h"
#include "shared/ui/widgets.h"

namespace mado::kiosk {

std::optional<Event> paint(const OutOfService&, const View& view) {
    ui::spring();
    ui::emblem(ui::Sign::Stop, ui::Mood::Plain, 80);
    ui::space(16);
    ui::centred(ui::Type::Title, view.texts.say("out_of_service.title"_t));
    ui::centred(ui::Type::Body, view.texts.say("out_of_service.detail"_t));
    paint_telephone(view);
    ui::spring();
    ui::staff_line(staff_text(view.kiosk, view.texts));
    return {};
}

}  // namespace mado::kiosk

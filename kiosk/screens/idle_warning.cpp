#include "kiosk/screens/screens.h"
#include "kiosk/screens/words.h"
#include "shared/ui/widgets.h"

namespace mado::kiosk {

std::optional<Event> paint(const IdleWarning& warning, const View& view) {
    const Texts& texts = view.texts;

    ui::spring();
    ui::centred(ui::Type::Display, texts.say("idle.title"_t));
    ui::space(14);
    ui::countdown(warning.seconds_left, static_cast<int>(view.kiosk.settings.warning.count()));
    ui::space(14);
    ui::centred(ui::Type::Body, texts.say("idle.detail"_t));
    ui::spring();
    if (ui::big_button("continue", texts.say("idle.continue"_t))) return ContinueTouched{};
    return {};
}

}  // namespace mado::kiosk

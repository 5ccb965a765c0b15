#include "kiosk/screens/languages.h"
#include "kiosk/screens/screens.h"
#include "kiosk/screens/words.h"
#include "shared/ui/widgets.h"

namespace mado::kiosk {

std::optional<Event> paint_choosing_language(const View& view) {
    const Texts& texts = view.texts;

    ui::heading(texts.say("language.title"_t));
    ui::spring();
    const std::optional<Event> event = paint_languages({2, 58, ui::Type::Title});
    ui::spring();
    return event;
}

}  // namespace mado::kiosk

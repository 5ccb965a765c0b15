#include "kiosk/screens/languages.h"
#include "kiosk/screens/screens.h"
#include "kiosk/screens/words.h"
#include "shared/ui/widgets.h"

namespace mado::kiosk {

std::optional<Event> paint_choosing_language(const View& view) {
    const Texts& texts = view.texts;

    ui::heading(texts.say("language.title"_t));
    ui::spring();
    std::optional<Event> event = paint_languages(2, 52, ui::Type::Title);
    ui::spring();
    if (const auto heard = paint_hearing(view)) event = heard;
    ui::spring();
    if (ui::foot_left("return", texts.say("foot.back"_t), ui::FootSign::Back)) {
        return ReturnTouched{};
    }
    return event;
}

}  // namespace mado::kiosk

#include "kiosk/screens/screens.h"
#include "kiosk/screens/ticket_sheet.h"
#include "kiosk/screens/words.h"
#include "shared/domain/town_text.h"
#include "shared/ui/widgets.h"

namespace mado::kiosk {

std::optional<Event> paint(const Welcome&, const View& view) {
    const Texts& texts = view.texts;
    std::optional<Event> event;

    ui::spring();
    ui::centred(ui::Type::Display, texts.say("welcome.title"_t));
    // What the town has to say today.
    if (texts.has({kNoticeKey})) ui::notice(texts.say({kNoticeKey}), ui::Mood::Plain);
    ui::spring();
    ticket_sheet(texts.say("welcome.needs"_t));
    ui::spring();
    {
        const ui::Beside beside;
        ui::spring();
        if (ui::big_button("start", texts.say("welcome.start"_t))) event = StartTouched{};
        ui::space(12);
        if (const auto language = paint_languages({4, 36, ui::Type::Strong})) event = language;
        ui::spring();
    }
    ui::space(12);
    ui::aside(texts.say("welcome.privacy"_t));
    ui::staff_line(staff_text(view.kiosk, texts));
    return event;
}

}  // namespace mado::kiosk

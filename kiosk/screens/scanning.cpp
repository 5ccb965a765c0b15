#include "kiosk/screens/screens.h"
#include "kiosk/screens/ticket_sheet.h"
#include "kiosk/screens/words.h"
#include "kiosk/texts/keys.h"
#include "shared/ui/widgets.h"

namespace mado::kiosk {

std::optional<Event> paint(const Scanning& screen, const View& view) {
    const Texts& texts = view.texts;

    ui::heading(texts.say("scan.title"_t));
    if (screen.camera_failed) {
        ui::notice(texts.say("scan.camera_failed"_t), ui::Mood::Bad);
    } else {
        {
            const ui::Beside beside;
            ui::live_picture(view.live, 150);
        }
        if (screen.problem) {
            ui::notice(texts.say(scan_problem_key(*screen.problem)), ui::Mood::Bad);
        } else {
            ui::notice(texts.say(key_of(screen.hint)), ui::Mood::Plain);
        }
    }
    ticket_sheet(texts.say("scan.this_sheet"_t));
    ui::spring();
    if (ui::button("type_number", texts.say("scan.type_number"_t),
                   screen.camera_failed ? ui::Look::Primary : ui::Look::Secondary)) {
        return TypeNumberTouched{};
    }
    return {};
}

}  // namespace mado::kiosk

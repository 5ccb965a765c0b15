#include "kiosk/screens/screens.h"
#include "kiosk/texts/keys.h"
#include "shared/ui/widgets.h"

namespace mado::kiosk {

std::optional<Event> paint(const Declaring& screen, const View& view) {
    const Texts& texts = view.texts;
    const Declaration declared = screen.declared.reveal();
    std::optional<Event> event;

    ui::heading(texts.say("declare.title"_t));
    ui::paragraph(texts.say("declare.detail"_t));
    ui::spring();
    for (const Declared item : kDeclared) {
        const std::string id = "declare/" + std::string(name_of(item));
        const ui::Beside beside;
        if (ui::check(id, texts.say(key_of(item)), declared.has(item)))
            event = DeclareTouched{item};
    }
    ui::spring();
    ui::aside(texts.say("declare.purpose"_t));
    if (ui::button("next", texts.say(declared.empty() ? "declare.none"_t : "declare.next"_t),
                   ui::Look::Primary)) {
        event = NextTouched{};
    }
    return event;
}

}  // namespace mado::kiosk

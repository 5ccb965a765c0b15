#include "kiosk/screens/screens.h"
#include "kiosk/screens/words.h"
#include "shared/ui/widgets.h"

namespace mado::kiosk {

namespace {

struct Item {
    Declared item;
    const char* id;
    std::string label;
};

std::vector<Item> items(const Texts& texts) {
    return {{Declared::Condition, "declare/condition", texts.say("declare.condition"_t)},
            {Declared::Wheelchair, "declare/wheelchair", texts.say("declare.wheelchair"_t)},
            {Declared::Companion, "declare/companion", texts.say("declare.companion"_t)},
            {Declared::HardOfHearing, "declare/hard-of-hearing",
             texts.say("declare.hard_of_hearing"_t)}};
}

}  // namespace

std::optional<Event> paint(const Declaring& screen, const View& view) {
    const Texts& texts = view.texts;
    const Declaration declared = screen.declared.reveal();
    std::optional<Event> event;

    ui::heading(texts.say("declare.title"_t));
    ui::paragraph(texts.say("declare.detail"_t));
    ui::spring();
    for (const Item& item : items(texts)) {
        if (ui::check(item.id, item.label, declared.has(item.item))) {
            event = DeclareTouched{item.item};
        }
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

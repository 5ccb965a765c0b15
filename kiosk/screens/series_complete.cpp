#include "kiosk/screens/screens.h"
#include "kiosk/screens/words.h"
#include "shared/ui/widgets.h"

namespace mado::kiosk {

std::optional<Event> paint(const SeriesComplete& screen, const View& view) {
    const Texts& texts = view.texts;

    ui::spring();
    ui::emblem(ui::Sign::Check, ui::Mood::Good, 70);
    ui::space(14);
    ui::centred(ui::Type::Title, texts.say("complete.title"_t));
    const std::vector<ui::Fact> facts = {
        {texts.say("fact.dose"_t), dose_text(screen.last.number, texts)},
        {texts.say("fact.received_on"_t), texts.day_and_year(screen.last.date)}};
    ui::facts(facts);
    ui::centred(ui::Type::Body, texts.say("complete.detail"_t));
    ui::spring();
    return {};
}

}  // namespace mado::kiosk

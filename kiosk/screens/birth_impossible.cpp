#include "kiosk/screens/screens.h"
#include "kiosk/screens/words.h"
#include "kiosk/texts/keys.h"
#include "shared/ui/widgets.h"

namespace mado::kiosk {

std::optional<Event> paint(const BirthImpossible& screen, const View& view) {
    const Texts& texts = view.texts;
    const BirthEntry& birth = screen.birth.reveal();

    ui::heading(texts.say("impossible.title"_t));
    ui::spring();
    ui::statement(std::vector{date_text(birth, texts)});
    ui::notice(texts.say(key_of(screen.why), {{"era", texts.say(key_of(birth.era))}}),
               ui::Mood::Bad);
    ui::spring();
    if (ui::big_button("again", texts.say("impossible.again"_t))) return AgainTouched{};
    return {};
}

}  // namespace mado::kiosk

#include "kiosk/screens/screens.h"
#include "kiosk/screens/words.h"
#include "kiosk/texts/keys.h"
#include "shared/ui/widgets.h"

namespace mado::kiosk {

std::optional<Event> paint(const ConfirmingBirth& screen, const View& view) {
    const Texts& texts = view.texts;
    const BirthEntry& birth = screen.birth.reveal();
    std::optional<Event> event;

    ui::heading(texts.say("confirm_birth.title"_t));
    ui::spring();
    // The year three times over, in words that a person knows by heart: a wrong era, or a digit
    // beside the right one, shows.
    const std::string animal = texts.say(key_of(screen.date.reveal().zodiac()));
    const std::vector<std::string> lines = {
        texts.say("confirm_birth.year"_t, {{"year", year_text(birth, texts)},
                                           {"zodiac", animal},
                                           {"age", std::to_string(screen.age.reveal())}}),
        texts.say("confirm_birth.day"_t, {{"day", month_and_day(birth, texts)}})};
    ui::statement(lines);
    ui::spring();
    if (ui::big_button("yes", texts.say("confirm_birth.yes"_t))) event = YesTouched{};
    if (ui::button("no", texts.say("confirm_birth.no"_t), ui::Look::Secondary)) {
        event = NoTouched{};
    }
    return event;
}

}  // namespace mado::kiosk

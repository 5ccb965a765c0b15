#include "kiosk/shell/slip_words.h"

#include "kiosk/screens/languages.h"

namespace mado::kiosk {

SlipWords slip_words(const Slip& slip, Language language, const Texts& texts) {
    const std::string number = std::to_string(slip.booking.dose);
    SlipWords words;
    words.script = script_of(language);
    words.title = texts.say("paper.title"_t);
    words.town = texts.name(slip.town.name, slip.town.name_en);
    words.day = texts.day(slip.slot.date);
    words.time = texts.time(slip.slot.starts);
    words.place_label = texts.say("paper.place"_t);
    words.venue = texts.name(slip.venue.name, slip.venue.name_en);
    words.dose_label = texts.say("paper.dose_label"_t);
    words.dose = texts.say(
        "paper.dose"_t,
        {{"number", number}, {"vaccine", texts.name(slip.vaccine.name_ja, slip.vaccine.name_en)}});
    words.change_label = texts.say("paper.change_label"_t);
    words.change = slip.change_until
                       ? texts.say("paper.change"_t, {{"day", texts.day(*slip.change_until)}})
                       : texts.say("paper.change_late"_t);
    words.bring_title = texts.say("paper.bring"_t);
    words.bring = {texts.say("paper.bring_ticket"_t), texts.say("paper.bring_form"_t),
                   texts.say("paper.bring_identity"_t), texts.say("paper.bring_medicine"_t),
                   texts.say("paper.bring_clothes"_t)};
    words.name_label = texts.say("paper.name"_t);
    words.number_label = texts.say("paper.number"_t);
    words.number_hint = texts.say("paper.show_at_desk"_t);
    return words;
}

}  // namespace mado::kiosk

#include "kiosk/screens/screens.h"
#include "kiosk/screens/words.h"
#include "shared/ui/widgets.h"

namespace mado::kiosk {

namespace {

std::string reason_text(BirthDateError why, const std::string& era, const Texts& texts) {
    switch (why) {
        case BirthDateError::NoSuchDay:
            return texts.say("impossible.no_such_day"_t);
        case BirthDateError::NotInThatEra:
            return texts.say("impossible.not_in_era"_t, {{"era", era}});
        case BirthDateError::InTheFuture:
            return texts.say("impossible.in_the_future"_t);
        case BirthDateError::TooLongAgo:
            return texts.say("impossible.too_long_ago"_t);
    }
    return {};
}

}  // namespace

std::optional<Event> paint(const BirthImpossible& screen, const View& view) {
    const Texts& texts = view.texts;
    const BirthEntry& birth = screen.birth.reveal();

    ui::heading(texts.say("impossible.title"_t));
    ui::spring();
    ui::statement(std::vector{date_text(birth, texts)});
    ui::notice(reason_text(screen.why, era_name(birth.era, texts), texts), ui::Mood::Bad);
    ui::spring();
    if (ui::big_button("again", texts.say("impossible.again"_t))) return AgainTouched{};
    return {};
}

}  // namespace mado::kiosk

#include "kiosk/screens/screens.h"
#include "kiosk/screens/words.h"
#include "kiosk/texts/keys.h"
#include "shared/ui/widgets.h"

#include <algorithm>

namespace mado::kiosk {

namespace {

// Where the box for the number stands in the words around it.
constexpr char kEntry = '\n';

}  // namespace

std::optional<Event> paint(const AskingYear& screen, const View& view) {
    const Texts& texts = view.texts;
    const std::optional<Era>& era = screen.birth.reveal().era;
    const std::string era_text = texts.say(key_of(era));
    std::optional<Event> event;

    ui::heading(texts.say("year.title"_t, {{"era", era_text}}));
    ui::aside(ticket_line(screen.ticket.reveal(), texts));
    if (screen.years) {
        ui::notice(texts.say("year.out_of_range"_t, {{"era", era_text},
                                                     {"first", std::to_string(screen.years->first)},
                                                     {"last", std::to_string(screen.years->last)}}),
                   ui::Mood::Bad);
    }
    ui::spring();
    const std::string around =
        texts.say("year.entry"_t, {{"era", era_text}, {"entry", std::string(1, kEntry)}});
    const std::size_t entry = std::min(around.find(kEntry), around.size() - 1);
    ui::number_entry(screen.digits.reveal(), around.substr(0, entry), around.substr(entry + 1));
    ui::space(10);
    std::optional<ui::Tile> first_year;
    if (era) first_year = ui::Tile{"first_year", texts.say("year.first"_t), "", {}};
    if (const auto touch = ui::keypad(texts.say("key.erase"_t), first_year)) {
        switch (touch->key) {
            case ui::PadTouch::Key::Digit:
                event = DigitTouched{touch->digit};
                break;
            case ui::PadTouch::Key::Erase:
                event = EraseTouched{};
                break;
            case ui::PadTouch::Key::Extra:
                event = FirstYearTouched{};
                break;
        }
    }
    if (ui::button("enter", texts.say("key.enter"_t), ui::Look::Primary)) event = EnterTouched{};

    return event;
}

}  // namespace mado::kiosk

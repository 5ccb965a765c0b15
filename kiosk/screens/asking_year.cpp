#include "kiosk/screens/screens.h"
#include "kiosk/screens/words.h"
#include "kiosk/texts/keys.h"
#include "shared/ui/widgets.h"

#include <algorithm>

namespace mado::kiosk {

namespace {

// Where the box for the number stands in the words around it.
constexpr char kEntry = '\n';

std::optional<ui::PadTouch> paint_pad(const std::string& digits, const std::optional<Era>& era,
                                      const Texts& texts) {
    const std::string around = texts.say(
        "year.entry"_t, {{"era", texts.say(key_of(era))}, {"entry", std::string(1, kEntry)}});
    const std::size_t entry = std::min(around.find(kEntry), around.size() - 1);
    std::optional<ui::Tile> first_year;
    if (era) first_year = ui::Tile{"first_year", texts.say("year.first"_t), "", {}};
    const ui::Beside beside;
    return ui::number_pad({digits, 0, around.substr(0, entry), around.substr(entry + 1)},
                          {texts.say("key.erase"_t), first_year});
}

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
    if (const auto touch = paint_pad(screen.digits.reveal(), era, texts)) {
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

#include "kiosk/screens/screens.h"
#include "kiosk/texts/keys.h"
#include "shared/ui/widgets.h"

namespace mado::kiosk {

namespace {

std::optional<ui::PadTouch> paint_pad(const TypingNumber& screen, const Texts& texts) {
    const ui::Beside beside;
    return ui::number_pad({screen.digits.reveal(), kTicketDigits, "", ""},
                          {texts.say("key.erase"_t), {}});
}

}  // namespace

std::optional<Event> paint(const TypingNumber& screen, const View& view) {
    const Texts& texts = view.texts;
    std::optional<Event> event;

    ui::heading(texts.say("typing.title"_t));
    if (screen.problem) ui::notice(texts.say(typing_problem_key(*screen.problem)), ui::Mood::Bad);
    ui::spring();
    if (const auto touch = paint_pad(screen, texts)) {
        event = touch->key == ui::PadTouch::Key::Erase ? Event(EraseTouched{})
                                                       : Event(DigitTouched{touch->digit});
    }
    if (ui::button("enter", texts.say("key.enter"_t), ui::Look::Primary)) event = EnterTouched{};
    if (ui::button("scan_instead", texts.say("typing.scan_instead"_t), ui::Look::Secondary)) {
        event = ScanInsteadTouched{};
    }

    return event;
}

}  // namespace mado::kiosk

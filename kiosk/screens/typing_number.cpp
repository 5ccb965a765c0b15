#include "kiosk/screens/screens.h"
#include "kiosk/texts/keys.h"
#include "shared/ui/widgets.h"

namespace mado::kiosk {

std::optional<Event> paint(const TypingNumber& screen, const View& view) {
    const Texts& texts = view.texts;
    std::optional<Event> event;

    ui::heading(texts.say("typing.title"_t));
    ui::digit_boxes(screen.digits.reveal(), kTicketDigits);
    if (screen.problem) ui::notice(texts.say(typing_problem_key(*screen.problem)), ui::Mood::Bad);
    ui::spring();
    if (const auto touch = ui::keypad(texts.say("key.erase"_t), {})) {
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

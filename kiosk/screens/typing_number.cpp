#include "kiosk/screens/screens.h"
#include "kiosk/screens/words.h"
#include "shared/ui/widgets.h"

namespace mado::kiosk {

namespace {

std::string problem_text(TicketError problem, const Texts& texts) {
    switch (problem) {
        case TicketError::NotATicket:
        case TicketError::Damaged:
            return texts.say("typing.damaged"_t);
        case TicketError::UnknownMunicipality:
        case TicketError::OutsideServiceArea:
            return texts.say("typing.outside_area"_t);
        case TicketError::ZeroNumber:
            return texts.say("typing.zero"_t);
    }
    return {};
}

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
    if (screen.problem) ui::notice(problem_text(*screen.problem, texts), ui::Mood::Bad);
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

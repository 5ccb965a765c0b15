#include "kiosk/screens/screens.h"
#include "kiosk/screens/words.h"
#include "shared/ui/widgets.h"

namespace mado::kiosk {

namespace {

std::optional<Event> paint_declined(const ShowingApplication& screen, const View& view) {
    const Texts& texts = view.texts;
    ui::heading(texts.say("applied.declined"_t));
    paint_choices(screen.receipt.places, texts);
    paint_telephone(view);
    ui::spring();
    if (ui::button("next", texts.say("applied.book_now"_t), ui::Look::Primary)) {
        return NextTouched{};
    }
    return {};
}

}  // namespace

std::optional<Event> paint(const ShowingApplication& screen, const View& view) {
    if (!is_waiting(screen.receipt)) return paint_declined(screen, view);
    const Texts& texts = view.texts;
    const bool prints = screen.printing == SlipState::Printing;
    std::optional<Event> event;

    ui::heading(texts.say("applied.waiting"_t));
    ui::notice(texts.say("applied.title"_t), ui::Mood::Plain);
    if (!is_number_copied(screen.printing, view)) paint_choices(screen.receipt.places, texts);
    ui::aside(texts.say("applied.next"_t, {{"telephone", screen.receipt.town.telephone}}));
    ui::spring();
    if (!prints && ui::button("next", texts.say("applied.book_now"_t), ui::Look::Primary)) {
        event = NextTouched{};
    }
    if (const auto print = paint_receipt_printing(screen.printing, screen.receipt, view)) {
        event = print;
    }
    if (!prints && ui::button("withdraw", texts.say("applied.withdraw"_t), ui::Look::Secondary)) {
        event = WithdrawTouched{};
    }
    return event;
}

}  // namespace mado::kiosk

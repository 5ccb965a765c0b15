#include "kiosk/screens/screens.h"
#include "kiosk/screens/words.h"
#include "shared/ui/widgets.h"

namespace mado::kiosk {

namespace {

std::string reason_text(StaffReason reason, const Texts& texts) {
    switch (reason) {
        case StaffReason::TooManyMisses:
            return texts.say("ask_staff.too_many_misses"_t);
        case StaffReason::Locked:
            return texts.say("ask_staff.locked"_t);
        case StaffReason::TicketNotGood:
            return texts.say("ask_staff.ticket"_t);
        case StaffReason::NotReady:
            return texts.say("ask_staff.not_ready"_t);
        case StaffReason::BookingUnclear:
            return texts.say("ask_staff.booking_unclear"_t);
        case StaffReason::StorageFailed:
            return texts.say("ask_staff.storage_failed"_t);
        case StaffReason::NothingChanged:
            return texts.say("ask_staff.nothing_changed"_t);
        case StaffReason::NoAnswer:
            return texts.say("ask_staff.no_answer"_t);
    }
    return {};
}

}  // namespace

std::optional<Event> paint(const PleaseAskStaff& screen, const View& view) {
    const Texts& texts = view.texts;

    ui::spring();
    ui::emblem(ui::Sign::Person, ui::Mood::Plain, 80);
    ui::space(16);
    ui::centred(ui::Type::Title, texts.say("ask_staff.title"_t));
    ui::centred(ui::Type::Body, reason_text(screen.reason, texts));
    paint_telephone(view);
    ui::spring();
    return {};
}

}  // namespace mado::kiosk

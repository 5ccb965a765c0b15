#include "kiosk/screens/screens.h"
#include "kiosk/screens/ticket_sheet.h"
#include "kiosk/screens/words.h"
#include "shared/ui/widgets.h"

namespace mado::kiosk {

namespace {

std::string hint_text(ScanHint hint, const Texts& texts) {
    switch (hint) {
        case ScanHint::HoldTicket:
            return texts.say("scan.hold"_t);
        case ScanHint::ComeCloser:
            return texts.say("scan.closer"_t);
        case ScanHint::MoveAway:
            return texts.say("scan.away"_t);
        case ScanHint::HoldStill:
            return texts.say("scan.still"_t);
        case ScanHint::MoreLight:
            return texts.say("scan.light"_t);
    }
    return {};
}

std::string problem_text(TicketError problem, const Texts& texts) {
    switch (problem) {
        case TicketError::NotATicket:
            return texts.say("scan.not_a_ticket"_t);
        case TicketError::Damaged:
            return texts.say("scan.damaged"_t);
        case TicketError::UnknownMunicipality:
            return texts.say("scan.unknown_municipality"_t);
        case TicketError::OutsideServiceArea:
            return texts.say("scan.outside_area"_t);
        case TicketError::ZeroNumber:
            return texts.say("scan.zero"_t);
    }
    return {};
}

}  // namespace

std::optional<Event> paint(const Scanning& screen, const View& view) {
    const Texts& texts = view.texts;

    ui::heading(texts.say("scan.title"_t));
    if (screen.camera_failed) {
        ui::notice(texts.say("scan.camera_failed"_t), ui::Mood::Bad);
    } else {
        {
            const ui::Beside beside;
            ui::live_picture(view.live, 150);
        }
        if (screen.problem) {
            ui::notice(problem_text(*screen.problem, texts), ui::Mood::Bad);
        } else {
            ui::notice(hint_text(screen.hint, texts), ui::Mood::Plain);
        }
    }
    ticket_sheet(texts.say("scan.this_sheet"_t));
    ui::spring();
    if (ui::button("type_number", texts.say("scan.type_number"_t),
                   screen.camera_failed ? ui::Look::Primary : ui::Look::Secondary)) {
        return TypeNumberTouched{};
    }
    return {};
}

}  // namespace mado::kiosk

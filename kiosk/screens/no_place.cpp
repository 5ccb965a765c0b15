#include "kiosk/screens/screens.h"
#include "kiosk/screens/words.h"
#include "shared/ui/widgets.h"

namespace mado::kiosk {

std::optional<Event> paint(const NoPlace& screen, const View& view) {
    const Texts& texts = view.texts;
    const std::string day = texts.day(screen.applicant.wish.not_before);

    ui::spring();
    ui::emblem(ui::Sign::Stop, ui::Mood::Bad, 70);
    ui::space(14);
    if (screen.offline) {
        ui::centred(ui::Type::Title, texts.say("no_place.title_offline"_t));
        ui::centred(ui::Type::Body, texts.say("no_place.offline"_t));
    } else {
        ui::centred(ui::Type::Title, texts.say("no_place.title"_t));
        ui::centred(ui::Type::Body, texts.say("no_place.detail"_t, {{"day", day}}));
    }
    if (screen.applicant.instead_of) {
        ui::centred(ui::Type::Body, texts.say("no_place.booking_stands"_t));
    }
    if (const std::string notice = notice_text(screen.notice, texts); !notice.empty()) {
        ui::notice(notice, ui::Mood::Bad);
    }
    if (screen.opening) ui::notice(opening_text(*screen.opening, texts), ui::Mood::Plain);
    paint_telephone(view);
    ui::spring();
    std::optional<Event> event;
    if (may_apply(screen) && ui::button("apply", texts.say("apply.begin"_t), ui::Look::Primary)) {
        event = ApplyTouched{};
    }
    if (const auto memo = paint_memo_printing(screen.printing, view)) event = memo;
    return event;
}

}  // namespace mado::kiosk

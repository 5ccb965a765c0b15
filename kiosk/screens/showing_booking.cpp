#include "kiosk/screens/screens.h"
#include "kiosk/screens/words.h"
#include "shared/ui/widgets.h"

namespace mado::kiosk {

namespace {

std::optional<Event> paint_wishes(const Holder& holder, const Texts& texts) {
    constexpr float kHeight = 30;
    std::vector<ui::Tile> tiles;
    std::vector<Event> events;
    if (may_change(holder)) {
        tiles.push_back({"change", texts.say("booking.change"_t), "", ui::Look::Secondary});
        events.emplace_back(ChangeTouched{});
    }
    if (may_cancel(holder)) {
        tiles.push_back({"cancel", texts.say("booking.cancel"_t), "", ui::Look::Secondary});
        events.emplace_back(CancelTouched{});
    }
    if (tiles.empty()) return {};
    const auto touched = ui::tiles(tiles, {tiles.size(), kHeight, ui::Type::Strong});
    if (!touched) return {};
    return events[*touched];
}

}  // namespace

std::optional<Event> paint(const ShowingBooking& screen, const View& view) {
    const Texts& texts = view.texts;
    const Slip& slip = screen.holder.slip;
    const bool copied = is_number_copied(screen.printing, view);

    ui::heading(texts.say("booking.title"_t));
    paint_slip(slip, copied ? Detail::Least : Detail::Usual, texts);
    ui::spring();
    const std::string offer =
        screen.slip_owed ? texts.say("booking.print_owed"_t) : texts.say("booking.print_again"_t);
    std::optional<Event> event = paint_printing(screen.printing, slip.booking.id, offer, view);
    if (screen.printing == SlipState::Printing) return event;
    if (const auto wish = paint_wishes(screen.holder, texts)) event = wish;
    return event;
}

}  // namespace mado::kiosk

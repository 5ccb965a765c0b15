#include "kiosk/screens/screens.h"
#include "kiosk/screens/words.h"
#include "shared/ui/widgets.h"

namespace mado::kiosk {

std::optional<Event> paint(const AskingMonth& screen, const View& view) {
    const Texts& texts = view.texts;

    ui::heading(texts.say("month.title"_t));
    ui::aside(year_text(screen.birth.reveal(), texts));
    ui::spring();
    std::vector<ui::Tile> months;
    for (int month = 1; month <= 12; ++month) {
        months.push_back({"month/" + std::to_string(month),
                          texts.month_name(std::chrono::month(static_cast<unsigned>(month))),
                          "",
                          {}});
    }
    const auto touched = ui::tiles(months, {3, 50, ui::Type::Title});
    ui::spring();
    if (touched) return MonthTouched{static_cast<int>(*touched) + 1};
    return {};
}

}  // namespace mado::kiosk

#include "kiosk/screens/screens.h"
#include "kiosk/screens/words.h"
#include "shared/ui/widgets.h"

namespace mado::kiosk {

std::optional<Event> paint(const AskingDay& screen, const View& view) {
    const Texts& texts = view.texts;
    const BirthEntry& birth = screen.birth.reveal();
    const auto month = std::chrono::month(static_cast<unsigned>(birth.month));

    ui::heading(texts.say("day.title"_t));
    ui::aside(texts.say("birth.year_and_month"_t,
                        {{"year", year_text(birth, texts)}, {"month", texts.month_name(month)}}));
    ui::spring();
    std::vector<ui::Tile> days;
    for (int day = 1; day <= 31; ++day) {
        const std::string number = std::to_string(day);
        days.push_back({"day/" + number, number, "", {}});
    }
    const auto touched = ui::tiles(days, {5, 38, ui::Type::Digits});
    ui::spring();
    if (touched) return DayTouched{static_cast<int>(*touched) + 1};
    return {};
}

}  // namespace mado::kiosk

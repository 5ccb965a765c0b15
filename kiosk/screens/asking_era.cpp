#include "kiosk/screens/screens.h"
#include "kiosk/screens/words.h"
#include "shared/ui/widgets.h"

#include <array>

namespace mado::kiosk {

std::optional<Event> paint(const AskingEra& screen, const View& view) {
    const Texts& texts = view.texts;

    ui::heading(texts.say("era.title"_t));
    ui::aside(ticket_line(screen.ticket.reveal(), texts));
    ui::spring();
    const std::array eras = {
        ui::Tile{"era/meiji", texts.say("era.meiji"_t), texts.say("era.meiji_years"_t), {}},
        ui::Tile{"era/taisho", texts.say("era.taisho"_t), texts.say("era.taisho_years"_t), {}},
        ui::Tile{"era/showa", texts.say("era.showa"_t), texts.say("era.showa_years"_t), {}},
        ui::Tile{"era/heisei", texts.say("era.heisei"_t), texts.say("era.heisei_years"_t), {}},
        ui::Tile{"era/reiwa", texts.say("era.reiwa"_t), texts.say("era.reiwa_years"_t), {}},
        ui::Tile{"era/western", texts.say("era.western"_t), texts.say("era.western_years"_t), {}}};
    constexpr std::array<std::optional<Era>, 6> kMeant = {Era::Meiji,  Era::Taisho, Era::Showa,
                                                          Era::Heisei, Era::Reiwa,  std::nullopt};
    const auto touched = ui::tiles(eras, {2, 68, ui::Type::Display});
    ui::spring();
    if (touched) return EraTouched{kMeant.at(*touched)};
    return {};
}

}  // namespace mado::kiosk

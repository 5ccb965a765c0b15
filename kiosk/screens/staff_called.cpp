#include "kiosk/screens/screens.h"
#include "kiosk/screens/words.h"
#include "kiosk/texts/keys.h"
#include "shared/ui/widgets.h"

namespace mado::kiosk {

namespace {

ui::Mood mood_of(CallStage stage) {
    if (stage == CallStage::Coming) return ui::Mood::Good;
    return stage == CallStage::Calling ? ui::Mood::Plain : ui::Mood::Bad;
}

// Nobody comes, or not yet: what the person can do meanwhile, large enough to be dialled from.
void paint_instead(const View& view) {
    const Texts& texts = view.texts;
    const auto& town = view.kiosk.town;
    if (!town || town->telephone.empty()) {
        ui::centred(ui::Type::Body, texts.say("staff.counter"_t));
        return;
    }
    ui::centred(ui::Type::Body, texts.say("staff.telephone"_t));
    ui::space(6);
    ui::centred(ui::Type::Display, town->telephone);
}

}  // namespace

std::optional<Event> paint_staff_called(const View& view) {
    const Texts& texts = view.texts;
    const StaffCall& call = *view.kiosk.visit.staff_called;
    const CallStage stage = call.stage();

    ui::spring();
    ui::emblem(ui::Sign::Person, mood_of(stage), 80);
    ui::space(16);
    ui::centred(ui::Type::Title, texts.say(key_of(stage)));
    ui::space(8);
    if (stage == CallStage::Calling) {
        ui::centred(ui::Type::Body, texts.say("staff.detail"_t));
        paint_telephone(view);
    } else if (stage != CallStage::Coming) {
        paint_instead(view);
    } else if (!call.by.empty()) {
        ui::centred(ui::Type::Body, texts.say("staff.coming_by"_t, {{"name", call.by}}));
    }
    ui::spring();
    if (ui::big_button("return", texts.say("staff.return"_t))) return ReturnTouched{};
    return {};
}

}  // namespace mado::kiosk

#include "kiosk/screens/screens.h"
#include "kiosk/screens/words.h"
#include "shared/ui/widgets.h"

namespace mado::kiosk {
namespace {

// The visit as the header tells it: ticket, birth date, day and time, slip.
enum class Stage { None, Ticket, Birth, Choice, Done };

template <class... Some>
bool is_any(const Screen& screen) {
    return (std::holds_alternative<Some>(screen) || ...);
}

Stage stage_of(const Screen& screen) {
    if (is_any<Scanning, TypingNumber>(screen)) return Stage::Ticket;
    if (is_any<AskingEra, AskingYear, AskingMonth, AskingDay, BirthImpossible, ConfirmingBirth,
               LookingUp, NotMatched>(screen)) {
        return Stage::Birth;
    }
    if (is_any<IntervalAhead, Declaring, ListingOffers, NoPlace, Suggesting, TakingMemo,
               ChoosingVenue, ChoosingDay, ChoosingTime, ConfirmingBooking, KeepingBooking>(
            screen)) {
        return Stage::Choice;
    }
    return is_any<Booked>(screen) ? Stage::Done : Stage::None;
}

std::string stage_name(Stage stage, const Texts& texts) {
    switch (stage) {
        case Stage::None:
            return {};
        case Stage::Ticket:
            return texts.say("step.ticket"_t);
        case Stage::Birth:
            return texts.say("step.birth"_t);
        case Stage::Choice:
            return texts.say("step.choice"_t);
        case Stage::Done:
            return texts.say("step.done"_t);
    }
    return {};
}

// The choice of languages is offered everywhere, in the same place: who cannot read the screen
// finds it.
std::optional<Event> paint_header(Stage stage, const View& view) {
    constexpr int kStages = 4;
    const Texts& texts = view.texts;
    const auto& town = view.kiosk.town;
    const std::string place =
        town ? texts.say("header.place"_t, {{"town", texts.name(town->name, town->name_en)}})
             : texts.say("header.no_town"_t);
    // Who just pulled it out, or whose it fell from, hears nothing of it.
    const bool headset_gone = view.kiosk.visit.hearing.headset_gone;
    ui::header(headset_gone ? texts.say("voice.headset_gone"_t) : place, stage_name(stage, texts),
               static_cast<int>(stage), kStages);
    if (!ui::header_globe("language", "Language")) return {};
    return ChooseLanguageTouched{};
}

std::optional<Event> paint_leave(const View& view) {
    const Texts& texts = view.texts;
    switch (leave_of(view.kiosk.screen)) {
        case Leave::Nothing:
            return {};
        case Leave::Back:
            if (!ui::foot_left("back", texts.say("foot.back"_t), ui::FootSign::Back)) return {};
            return BackTouched{};
        case Leave::Finish:
            if (!ui::foot_left("finish", texts.say("foot.finish"_t), ui::FootSign::Finish)) {
                return {};
            }
            return FinishTouched{};
    }
    return {};
}

std::optional<Event> paint_call_staff(const View& view) {
    if (!may_call_staff(view.kiosk.screen)) return {};
    if (!ui::foot_right("staff", view.texts.say("foot.staff"_t), ui::FootSign::Staff)) return {};
    return CallStaffTouched{};
}

// What lies over a screen hides it whole: it may hold what passers-by must not see.
std::optional<Event> paint_overlay(const View& view) {
    const Kiosk& kiosk = view.kiosk;
    if (kiosk.warning) return paint(*kiosk.warning, view);
    if (kiosk.visit.choosing_language) return paint_choosing_language(view);
    return paint_staff_called(view);
}

bool is_overlaid(const Kiosk& kiosk) {
    return kiosk.warning || kiosk.visit.choosing_language || kiosk.visit.staff_called;
}

// "Staff have been called" needs no button that calls them.
bool offers_staff(const Kiosk& kiosk) {
    return kiosk.warning || kiosk.visit.choosing_language || !kiosk.visit.staff_called;
}

}  // namespace

std::optional<Event> paint(const View& view) {
    const Kiosk& kiosk = view.kiosk;
    const bool overlaid = is_overlaid(kiosk);
    std::optional<Event> event =
        paint_header(overlaid ? Stage::None : stage_of(kiosk.screen), view);
    const auto take = [&](const std::optional<Event>& touched) {
        if (touched) event = touched;
    };
    if (overlaid) {
        take(paint_overlay(view));
    } else {
        take(std::visit([&](const auto& screen) { return paint(screen, view); }, kiosk.screen));
        take(paint_leave(view));
    }
    if (offers_staff(kiosk)) take(paint_call_staff(view));
    return event;
}

std::string shown_name(const Kiosk& kiosk) {
    if (kiosk.warning) return "idle_warning";
    if (kiosk.visit.choosing_language) return "choosing_language";
    if (kiosk.visit.staff_called) return "staff_called";
    return name_of(kiosk.screen);
}

std::string covered_name(const Kiosk& kiosk) {
    return is_overlaid(kiosk) ? name_of(kiosk.screen) : "";
}

}  // namespace mado::kiosk

#include "kiosk/screens/languages.h"
#include "kiosk/screens/screens.h"
#include "kiosk/screens/words.h"
#include "shared/ui/widgets.h"

#include <array>

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
               ChoosingVenue, ChoosingDay, ChoosingTime, ConfirmingBooking, KeepingBooking,
               Applying, KeepingApplication>(screen)) {
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

// How it is read is to be chosen everywhere, in the same place: who cannot read the screen finds
// it.
std::optional<Event> paint_header(Stage stage, const View& view) {
    constexpr int kStages = 4;
    const Texts& texts = view.texts;
    const auto& town = view.kiosk.town;
    const std::string place =
        town ? texts.say("header.place"_t, {{"town", texts.name(town->name, town->name_en)}})
             : texts.say("header.no_town"_t);
    // Who just pulled it out, or whose it fell from, hears nothing of it.
    const std::string said =
        view.kiosk.visit.hearing.headset_gone ? texts.say("voice.headset_gone"_t) : place;
    const std::array buttons = {
        ui::HeaderButton{"language", "Language", ui::HeaderSign::Globe},
        ui::HeaderButton{"comfort", texts.say("header.comfort"_t), ui::HeaderSign::Letters}};
    const auto touched =
        ui::header({said, stage_name(stage, texts), static_cast<int>(stage), kStages}, buttons);
    if (!touched) return {};
    return *touched == 0 ? Event(ChooseLanguageTouched{}) : Event(ChooseComfortTouched{});
}

struct LeaveButton {
    ui::FootButton button;
    Event event;
};

std::optional<LeaveButton> leave_button(const View& view) {
    const Texts& texts = view.texts;
    const Visit& visit = view.kiosk.visit;
    const std::string back = texts.say("foot.back"_t);
    if (view.kiosk.warning) return {};
    if (visit.is_choosing()) {
        return LeaveButton{{"return", back, ui::FootSign::Back}, ReturnTouched{}};
    }
    if (visit.staff_called) return {};
    switch (leave_of(view.kiosk.screen)) {
        case Leave::Nothing:
            return {};
        case Leave::Back:
            return LeaveButton{{"back", back, ui::FootSign::Back}, BackTouched{}};
        case Leave::Finish:
            return LeaveButton{{"finish", texts.say("foot.finish"_t), ui::FootSign::Finish},
                               FinishTouched{}};
    }
    return {};
}

// "Staff have been called" needs no button that calls them.
bool offers_staff(const Kiosk& kiosk) {
    const Visit& visit = kiosk.visit;
    const bool called = visit.staff_called && !kiosk.warning && !visit.is_choosing();
    return may_call_staff(kiosk.screen) && !called;
}

std::optional<Event> paint_foot(const View& view) {
    const auto leave = leave_button(view);
    std::optional<ui::FootButton> left;
    std::optional<ui::FootButton> right;
    if (leave) left = leave->button;
    if (offers_staff(view.kiosk)) {
        right = ui::FootButton{"staff", view.texts.say("foot.staff"_t), ui::FootSign::Staff};
    }
    const auto touched = ui::foot(left, right);
    if (!touched) return {};
    return *touched == ui::FootSide::Left ? leave->event : Event(CallStaffTouched{});
}

std::optional<Event> paint_part_turner(const View& view) {
    const auto part = ui::part_turner(view.texts.say("part.up"_t), view.texts.say("part.down"_t));
    if (!part) return {};
    return PartTouched{*part};
}

// What lies over a screen hides it whole: it may hold what passers-by must not see.
std::optional<Event> paint_overlay(const View& view) {
    const Kiosk& kiosk = view.kiosk;
    if (kiosk.warning) return paint(*kiosk.warning, view);
    if (kiosk.visit.choosing_language) return paint_choosing_language(view);
    if (kiosk.visit.choosing_comfort) return paint_choosing_comfort(view);
    return paint_staff_called(view);
}

bool is_overlaid(const Kiosk& kiosk) {
    return kiosk.warning || kiosk.visit.is_choosing() || kiosk.visit.staff_called.has_value();
}

// The kit's own words for what a person has chosen.
ui::Sight sight_of(const Comfort& comfort) {
    ui::Sight sight;
    switch (comfort.text_size) {
        case TextSize::Normal:
            sight.text_size = ui::TextSize::Normal;
            break;
        case TextSize::Large:
            sight.text_size = ui::TextSize::Large;
            break;
        case TextSize::Larger:
            sight.text_size = ui::TextSize::Larger;
            break;
        case TextSize::Largest:
            sight.text_size = ui::TextSize::Largest;
            break;
    }
    if (comfort.theme == Theme::HighContrast) sight.theme = ui::Theme::HighContrast;
    return sight;
}

std::string name_of(CallStage stage) {
    switch (stage) {
        case CallStage::Calling:
            return "staff_called";
        case CallStage::Coming:
            return "staff_coming";
        case CallStage::Unreachable:
            return "staff_unreachable";
        case CallStage::Unanswered:
            return "staff_unanswered";
    }
    return "";
}

std::string shown_name(const Kiosk& kiosk) {
    if (kiosk.warning) return "idle_warning";
    if (kiosk.visit.choosing_language) return "choosing_language";
    if (kiosk.visit.choosing_comfort) return "choosing_comfort";
    if (kiosk.visit.staff_called) return name_of(kiosk.visit.staff_called->stage());
    return name_of(kiosk.screen);
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
    take(paint_foot(view));
    take(overlaid
             ? paint_overlay(view)
             : std::visit([&](const auto& screen) { return paint(screen, view); }, kiosk.screen));
    take(paint_part_turner(view));
    return event;
}

ui::Shown shown(const Kiosk& kiosk) {
    const std::string covered = is_overlaid(kiosk) ? name_of(kiosk.screen) : "";
    return {shown_name(kiosk), code_of(kiosk.visit.language),
            covered,           sight_of(kiosk.visit.comfort),
            is_dark(kiosk),    kiosk.visit.part};
}

}  // namespace mado::kiosk

#include "kiosk/screens/screens.h"
#include "kiosk/screens/words.h"
#include "shared/ui/widgets.h"

namespace mado::kiosk {

namespace {

ui::CalendarDay::Mark mark_of(DayMark mark) {
    switch (mark) {
        case DayMark::Many:
            return ui::CalendarDay::Mark::Many;
        case DayMark::Few:
            return ui::CalendarDay::Mark::Few;
        case DayMark::None:
            return ui::CalendarDay::Mark::None;
        case DayMark::Closed:
            return ui::CalendarDay::Mark::Closed;
    }
    return ui::CalendarDay::Mark::Closed;
}

std::vector<std::string> weekdays(const Texts& texts) {
    return {texts.say("choose_day.head_sun"_t), texts.say("choose_day.head_mon"_t),
            texts.say("choose_day.head_tue"_t), texts.say("choose_day.head_wed"_t),
            texts.say("choose_day.head_thu"_t), texts.say("choose_day.head_fri"_t),
            texts.say("choose_day.head_sat"_t)};
}

std::optional<Event> paint_month(const ChoosingDay& screen, const Texts& texts) {
    std::vector<ui::CalendarDay> days;
    for (const DayOffer& day : screen.days) {
        const unsigned number{calendar(day.date).day()};
        days.push_back({"date/" + to_text(day.date), std::to_string(number), mark_of(day.mark)});
    }
    const auto first = std::chrono::weekday(Date(screen.month / 1));
    const ui::Beside beside;
    const auto touched = ui::calendar(weekdays(texts), static_cast<int>(first.c_encoding()), days);
    if (!touched) return {};
    return DateTouched{screen.days[*touched].date};
}

}  // namespace

std::optional<Event> paint(const ChoosingDay& screen, const View& view) {
    const Texts& texts = view.texts;
    std::optional<Event> event;

    ui::heading(texts.say("choose_day.title"_t));
    paint_which_choice(screen.choice, texts);
    const auto venue = screen.choice.list.venues.find(screen.venue);
    if (venue != screen.choice.list.venues.end()) ui::aside(venue_name(venue->second, texts));
    if (const auto turn = ui::turner(texts.month(screen.month), screen.has_earlier,
                                     texts.say("choose_day.earlier"_t), screen.has_later,
                                     texts.say("choose_day.later"_t))) {
        event = *turn == ui::Turn::Earlier ? Event(EarlierTouched{}) : Event(LaterTouched{});
    }
    if (const auto date = paint_month(screen, texts)) event = date;
    ui::spring();
    // Whether a day has a place left is not known where one applies for it.
    if (screen.choice.applying) {
        ui::aside(texts.say("apply.day_hint"_t));
    } else {
        ui::calendar_legend(texts.say("choose_day.many"_t), texts.say("choose_day.few"_t),
                            texts.say("choose_day.none"_t));
    }

    return event;
}

}  // namespace mado::kiosk

// From the log-in of somebody who may book until the place is booked.

#include "kiosk/texts/keys.h"
#include "kiosk/texts/telling.h"

#include <algorithm>

namespace mado::kiosk {

namespace {

void tell_notice(const std::optional<OfferNotice>& notice, Telling& telling) {
    if (notice) telling.say(key_of(*notice));
}

void tell_instead_of(const Applicant& applicant, Telling& telling) {
    if (!applicant.instead_of) return;
    const Slot& slot = applicant.instead_of->slot;
    telling.say("change.before"_t, {{"day", telling.readings().day(slot.date)},
                                    {"time", telling.readings().time(slot.starts)}});
}

void tell_venue(const Choice& choice, VenueId id, Telling& telling) {
    const auto venue = choice.list.venues.find(id);
    if (venue == choice.list.venues.end()) return;
    telling.say_as_read(spoken_venue(venue->second, telling.readings()));
}

void tell_which_choice(const Choice& choice, Telling& telling) {
    if (!choice.applying) return;
    const auto number = static_cast<int>(choice.applying->size() + 1);
    telling.say("apply.choosing"_t,
                {{"number", telling.readings().number(number, Counted::Plain)}});
}

void tell_page(Page page, Telling& telling) {
    if (page.count <= 1) return;
    const Readings& readings = telling.readings();
    telling.say("page.number"_t, {{"page", readings.number(page.index + 1, Counted::Plain)},
                                  {"count", readings.number(page.count, Counted::Plain)}});
}

// What the first offer has in common with the dose before.
void tell_why(const Suggesting& screen, Telling& telling) {
    if (screen.offers.empty()) return;
    const DoseWish& wish = screen.choice.applicant.wish;
    const TextKey key = key_of(likeness_of(screen.offers.front(), wish));
    if (key == TextKey{}) return;
    telling.whisper(key, {{"dose", spoken_dose(wish.dose - 1, telling.readings())}});
}

void tell_declared(Declaration declared, Telling& telling) {
    for (const Declared item : kDeclared) {
        if (declared.has(item)) telling.whisper(key_of(item));
    }
    if (declared.empty()) telling.whisper("declare.none"_t);
}

void tell_memo_printing(SlipState printing, Telling& telling) {
    if (!may_print_memo(telling.kiosk())) return;
    switch (printing) {
        case SlipState::NotAsked:
            return telling.offer({"memo.print"_t});
        case SlipState::Printing:
            return telling.say("memo.printing"_t);
        case SlipState::Printed:
            return telling.say("memo.take"_t);
        case SlipState::Failed:
            telling.printer();
            return telling.offer({"slip.print_again"_t});
    }
}

}  // namespace

void tell(const IntervalAhead& screen, Telling& telling) {
    const Readings& readings = telling.readings();
    const DoseWish& wish = screen.applicant.wish;
    telling.whisper("interval.title"_t, {{"dose", spoken_dose(wish.dose, readings)}});
    telling.whisper("interval.from"_t, {{"day", readings.day(wish.not_before)}});
    if (wish.suggested && *wish.suggested != wish.not_before) {
        telling.whisper("interval.suggested"_t, {{"day", readings.day(*wish.suggested)}});
    }
    telling.point_at_screen();
    telling.say("interval.book_today"_t);
    telling.offer({"interval.next"_t});
}

void tell(const Declaring& screen, Telling& telling) {
    telling.say("declare.title"_t);
    telling.say("declare.detail"_t);
    telling.say("declare.purpose"_t);
    telling.say("speech.you_can_press"_t);
    for (const Declared item : kDeclared)
        telling.say(key_of(item));
    // What stands on this button says whether anything was declared.
    if (telling.kiosk().headset) {
        telling.whisper(screen.declared.reveal().empty() ? "declare.none"_t : "declare.next"_t);
    } else {
        telling.say("declare.next"_t);
    }
}

void tell_news(const Declaring& screen, Telling& telling) {
    tell_declared(screen.declared.reveal(), telling);
}

void tell(const ListingOffers& screen, Telling& telling) {
    // Who changes a booking was not asked.
    if (!screen.applicant.instead_of) tell_declared(screen.declared.reveal(), telling);
    telling.say("listing.title"_t);
    telling.say("wait.detail"_t);
}

// From which day on depends on the dose before.
void tell(const NoPlace& screen, Telling& telling) {
    const Readings& readings = telling.readings();
    tell_notice(screen.notice, telling);
    if (screen.offline) {
        telling.say("no_place.title_offline"_t);
        telling.say("no_place.offline"_t);
    } else {
        telling.say("no_place.title"_t);
        telling.whisper("no_place.detail"_t,
                        {{"day", readings.day(screen.applicant.wish.not_before)}});
    }
    if (screen.applicant.instead_of) telling.say("no_place.booking_stands"_t);
    if (screen.opening) {
        telling.say("no_place.opening"_t,
                    {{"day", readings.day(date_in_japan(*screen.opening))},
                     {"time", readings.time(time_in_japan(*screen.opening))}});
    }
    telling.telephone("telephone.label"_t);
    if (may_apply(screen)) telling.offer({"apply.begin"_t});
    tell_memo_printing(screen.printing, telling);
}

void tell_news(const NoPlace& screen, Telling& telling) {
    tell_memo_printing(screen.printing, telling);
}

void tell(const TakingMemo& screen, Telling& telling) {
    telling.say("memo.title"_t);
    telling.say("memo.not_booked"_t);
    tell_memo_printing(screen.printing, telling);
    telling.telephone("telephone.label"_t);
    telling.offer({"memo.book_now"_t});
}

void tell_news(const TakingMemo& screen, Telling& telling) {
    tell_memo_printing(screen.printing, telling);
}

void tell(const Suggesting& screen, Telling& telling) {
    const Readings& readings = telling.readings();
    const Applicant& applicant = screen.choice.applicant;
    tell_notice(screen.choice.notice, telling);
    if (applicant.instead_of) {
        telling.say("suggest.title_change"_t);
    } else if (applicant.wish.suggested) {
        telling.whisper("suggest.title_next_dose"_t,
                        {{"dose", spoken_dose(applicant.wish.dose, readings)}});
    } else {
        telling.say("suggest.title"_t);
    }
    tell_instead_of(applicant, telling);
    telling.say("speech.choose_an_offer"_t);
    tell_why(screen, telling);
    for (const Offer& offer : screen.offers)
        telling.say_as_read(spoken_offer(offer, screen.choice.list, readings));
    telling.say("suggest.other"_t);
    if (may_print_memo(telling.kiosk())) telling.say("suggest.memo"_t);
}

void tell(const ChoosingVenue& screen, Telling& telling) {
    tell_notice(screen.choice.notice, telling);
    telling.say("venue.title"_t);
    tell_which_choice(screen.choice, telling);
    tell_page(screen.page, telling);
    for (const VenueOffer& offer : shown_on(screen.venues, screen.page, kVenuesAPage))
        telling.say_as_read(spoken_venue_offer(screen, offer.venue.id, telling.readings()));
    if (may_apply(telling.kiosk(), screen)) telling.say("apply.none_suits"_t);
}

void tell(const ChoosingDay& screen, Telling& telling) {
    const Readings& readings = telling.readings();
    telling.say("choose_day.title"_t);
    tell_which_choice(screen.choice, telling);
    tell_venue(screen.choice, screen.venue, telling);
    telling.say_as_read(readings.month(screen.month));
    if (screen.choice.applying) return telling.say("apply.day_hint"_t);
    const auto free = std::ranges::find_if(screen.days, [](const DayOffer& day) {
        return day.mark == DayMark::Many || day.mark == DayMark::Few;
    });
    if (free == screen.days.end()) {
        telling.say("speech.month_full"_t);
    } else {
        telling.say("speech.first_free_day"_t, {{"day", readings.day(free->date)}});
    }
}

void tell(const ChoosingTime& screen, Telling& telling) {
    const Readings& readings = telling.readings();
    telling.say("choose_time.title"_t, {{"day", readings.day(screen.date)}});
    tell_which_choice(screen.choice, telling);
    tell_venue(screen.choice, screen.venue, telling);
    tell_page(screen.page, telling);
    const auto times = shown_on(screen.times, screen.page, kTimesAPage);
    if (times.empty()) return;
    telling.say("speech.times_between"_t, {{"first", readings.time(times.front().slot.starts)},
                                           {"last", readings.time(times.back().slot.starts)}});
}

void tell(const ConfirmingBooking& screen, Telling& telling) {
    const Readings& readings = telling.readings();
    const Applicant& applicant = screen.choice.applicant;
    const bool changes = applicant.instead_of.has_value();
    telling.say(changes ? "confirm_change.title"_t : "confirm_booking.title"_t);
    tell_instead_of(applicant, telling);
    telling.say_as_read(spoken_offer(screen.offer, screen.choice.list, readings));
    telling.whisper_as_read(spoken_dose(applicant.wish.dose, readings));
    telling.offer(
        {changes ? "confirm_change.yes"_t : "confirm_booking.yes"_t, "confirm_booking.no"_t});
}

void tell(const KeepingBooking&, Telling& telling) {
    telling.say("keeping.title"_t);
    telling.say("wait.detail"_t);
}

}  // namespace mado::kiosk

#include "tests/unit/kiosk/kiosk_visit.h"

#include "shared/base/check.h"
#include "tests/support/builders.h"

#include <string_view>

namespace mado::kiosk::tests {

namespace build = mado::tests;

KioskVisit::KioskVisit(Settings settings) : now_(build::now()) {
    kiosk_.settings = settings;
    when(ServiceChanged{true, true, build::a_town()});
}

KioskVisit& KioskVisit::when(const Event& event) {
    Step next = step(kiosk_, event, now_);
    kiosk_ = std::move(next.kiosk);
    effects_ = std::move(next.effects);
    return *this;
}

KioskVisit& KioskVisit::scans(const Ticket& ticket) {
    return when(TicketScanned{camera(), Personal(ticket)});
}

KioskVisit& KioskVisit::scans(TicketError why) {
    return when(ScanRefused{camera(), why});
}

KioskVisit& KioskVisit::types(std::string_view digits) {
    for (const char digit : digits)
        when(DigitTouched{digit - '0'});
    return when(EnterTouched{});
}

KioskVisit& KioskVisit::enters_birth(std::optional<Era> era, int year, int month, int day) {
    when(EraTouched{era});
    types(std::to_string(year));
    when(MonthTouched{month});
    return when(DayTouched{day});
}

KioskVisit& KioskVisit::waits(Milliseconds duration) {
    const Instant end = now_ + duration;
    for (auto wake = wake_at(kiosk_); wake && *wake <= end; wake = wake_at(kiosk_)) {
        MADO_CHECK(*wake >= now_);
        now_ = *wake;
        when(Tick{});
        const auto next = wake_at(kiosk_);
        // A Tick at the time that was asked for must lead on, or the shell would spin.
        MADO_CHECK(!next || *next > now_);
    }
    now_ = end;
    return *this;
}

Kiosk standing(Kiosk kiosk) {
    constexpr std::chrono::seconds kWarningLeft{10};
    kiosk.active_since = mado::tests::now();
    kiosk.visit.hearing = {};
    if (kiosk.warning) kiosk.warning->ends = mado::tests::now() + kWarningLeft;
    // The camera is opened where there is one.
    return step(kiosk, ScanHinted{}, mado::tests::now()).kiosk;
}

KioskVisit a_visit_confirming_birth(Settings settings) {
    KioskVisit visit(settings);
    visit.when(StartTouched{}).scans(build::a_ticket());
    visit.enters_birth(Era::Showa, 14, 6, 14);
    return visit;
}

KioskVisit a_visit_looking_up(Settings settings) {
    KioskVisit visit = a_visit_confirming_birth(settings);
    visit.when(YesTouched{});
    return visit;
}

KioskVisit a_visit_declaring() {
    KioskVisit visit = a_visit_looking_up();
    visit.when(may_book(visit.did<LogIn>()->question));
    return visit;
}

KioskVisit a_visit_suggesting() {
    KioskVisit visit = a_visit_declaring();
    visit.when(NextTouched{});
    visit.when(OffersListed{visit.did<ListOffers>()->question, an_offer_list(), true});
    return visit;
}

KioskVisit a_visit_confirming_booking() {
    KioskVisit visit = a_visit_suggesting();
    const SlotId first = visit.shows<Suggesting>()->offers.front().slot.id;
    visit.when(OfferTouched{first});
    return visit;
}

KioskVisit a_visit_keeping_a_booking() {
    KioskVisit visit = a_visit_confirming_booking();
    visit.when(YesTouched{});
    return visit;
}

KioskVisit a_visit_booked() {
    KioskVisit visit = a_visit_keeping_a_booking();
    visit.when(BookingKept{visit.did<Book>()->question, a_slip()});
    return visit;
}

LoggedIn may_book(QuestionId question, int dose, std::optional<Date> not_before) {
    DoseWish wish;
    wish.dose = dose;
    wish.not_before = not_before.value_or(build::today());
    return {question, build::a_resident(), MayBook{wish}, {}, false};
}

LoggedIn has_booking(QuestionId question, bool slip_owed) {
    const DoseWish wish{1, build::today(), {}, {}};
    return {question, build::a_resident(), HasBooking{a_slip().booking, wish}, a_slip(), slip_owed};
}

OfferList an_offer_list() {
    OfferList list{{}, build::venues(), build::vaccines(), {}};
    std::int64_t id = 1;
    for (int day = 7; day < 47; ++day) {
        for (int time = 0; time < 24; ++time) {
            for (std::int64_t venue = 1; venue <= 3; ++venue) {
                Slot slot = build::a_slot(id++, build::in_days(day));
                slot.venue = VenueId(venue);
                slot.starts = std::chrono::minutes(9 * 60 + 15 * time);
                list.offers.push_back({slot, 10});
                list.days[{slot.venue, slot.date}] += 10;
            }
        }
    }
    return list;
}

Slip a_slip(std::int64_t number) {
    const Slot slot = build::a_slot();
    return {build::a_booking(number), slot,
            build::a_venue(),         build::a_vaccine(),
            build::a_town(),          last_day_to_change(slot.date, 2),
            "MADO1:6BFOXN%TSMAHN-H"};
}

}  // namespace mado::kiosk::tests

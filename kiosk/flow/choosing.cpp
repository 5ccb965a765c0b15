#include "kiosk/flow/transitions.h"

#include <utility>

namespace mado::kiosk::steps {

namespace {

Step back_to_birth(const At& at, const Applicant& applicant) {
    return judge_birth(at, applicant.ticket, applicant.birth.reveal());
}

// Whoever changes a booking came from it: it is looked up, since it may be another by now.
Step back_before_offers(const At& at, const Applicant& applicant,
                        const Personal<Declaration>& declared) {
    if (!applicant.instead_of) return show(at, Declaring{applicant, declared});
    return log_in(at, applicant.ticket, applicant.birth, applicant.resident.birth_date);
}

const Offer* find_offer(const std::vector<Offer>& offers, SlotId slot) {
    const auto found =
        std::ranges::find_if(offers, [&](const Offer& offer) { return offer.slot.id == slot; });
    return found == offers.end() ? nullptr : &*found;
}

Page page_showing(std::size_t position, std::size_t count, int page_size) {
    const int last =
        count == 0 ? 0 : static_cast<int>((count - 1) / static_cast<unsigned>(page_size));
    return {static_cast<int>(position) / page_size, last + 1};
}

// What can be chosen: of an application, what is not chosen yet.
OfferList open_list(const Choice& choice) {
    OfferList list = choice.list;
    if (!choice.applying) return list;
    std::erase_if(list.offers, [&](const Offer& offer) {
        return find_offer(*choice.applying, offer.slot.id) != nullptr;
    });
    return list;
}

Step choose_day(const At& at, const Choice& choice, VenueId venue,
                std::optional<std::chrono::year_month> wanted) {
    const OfferList list = open_list(choice);
    const auto months = months_of(list, venue);
    if (months.empty()) return nothing(at);
    const auto month = std::clamp(wanted.value_or(months.front()), months.front(), months.back());
    auto days = month_of(list, venue, month);
    // How many seats are left matters to nobody who applies.
    for (DayOffer& day : days) {
        if (choice.applying && day.mark == DayMark::Few) day.mark = DayMark::Many;
    }
    return show(at, ChoosingDay{choice, venue, month, std::move(days), month > months.front(),
                                month < months.back()});
}

std::chrono::year_month month_with(Date date) {
    const auto day = calendar(date);
    return {day.year(), day.month()};
}

template <class Paged>
Step turn(const At& at, Paged screen, int by) {
    const int index = screen.page.index + by;
    if (index < 0 || index >= screen.page.count) return nothing(at);
    screen.page.index = index;
    return show(at, std::move(screen));
}

}  // namespace

Choice without_notice(Choice choice) {
    choice.notice.reset();
    return choice;
}

Step choose_venue(const At& at, const Choice& choice, std::optional<VenueId> before) {
    auto venues = venue_offers(open_list(choice));
    const auto chosen = std::ranges::find_if(
        venues, [&](const VenueOffer& offer) { return before && offer.venue.id == *before; });
    const auto position =
        chosen == venues.end() ? std::size_t{0} : static_cast<std::size_t>(chosen - venues.begin());
    const Page page = page_showing(position, venues.size(), kVenuesAPage);
    return show(at, ChoosingVenue{choice, std::move(venues), page});
}

bool is_ahead(const At& at, const Applicant& applicant) {
    return applicant.wish.not_before > at.today();
}

Step on(const At& at, const IntervalAhead& screen, const NextTouched&) {
    return show(at, Declaring{screen.applicant});
}

Step on(const At& at, const IntervalAhead& screen, const BackTouched&) {
    return back_to_birth(at, screen.applicant);
}

Step list_offers(const At& at, const Applicant& applicant, const Personal<Declaration>& declared,
                 std::optional<OfferNotice> notice) {
    return ask(at, ListingOffers{applicant, declared, notice, {}},
               ListOffers{{}, applicant.resident, applicant.wish});
}

Step on(const At& at, const Declaring& screen, const DeclareTouched& touch) {
    Declaration declared = screen.declared.reveal();
    declared.turn(touch.item);
    return show(at, Declaring{screen.applicant, Personal(declared)});
}

Step on(const At& at, const Declaring& screen, const NextTouched&) {
    return list_offers(at, screen.applicant, screen.declared, {});
}

Step on(const At& at, const Declaring& screen, const BackTouched&) {
    if (is_ahead(at, screen.applicant)) return show(at, IntervalAhead{screen.applicant});
    return back_to_birth(at, screen.applicant);
}

Step suggest(const At& at, Choice choice) {
    auto offers = first_offers(choice.list, choice.applicant.wish, kOffersSuggested);
    return show(at, Suggesting{std::move(choice), std::move(offers)});
}

Step on(const At& at, const ListingOffers& screen, const OffersListed& answer) {
    if (answer.question != screen.question) return nothing(at);
    if (screen.offered == Offered::EverySlot) return begin_application(at, screen, answer.offers);
    OfferList list = answer.offers;
    if (const auto& before = screen.applicant.instead_of) {
        std::erase_if(list.offers,
                      [&](const Offer& offer) { return offer.slot.id == before->slot.id; });
    }
    if (list.offers.empty()) {
        const auto& town = at.kiosk.town;
        const auto opening = town ? town->opening_after(at.now) : std::nullopt;
        NoPlace none{screen.applicant, screen.notice, opening};
        none.offline = !answer.online;
        none.has_slots = !list.days.empty();
        none.declared = screen.declared;
        return show(at, std::move(none));
    }
    return suggest(at, Choice{screen.applicant, screen.declared, list, screen.notice});
}

Step on(const At& at, const ListingOffers& screen, const BackTouched&) {
    return back_before_offers(at, screen.applicant, screen.declared);
}

Step on(const At& at, const Suggesting& screen, const OfferTouched& touch) {
    const Offer* offer = find_offer(screen.offers, touch.slot);
    if (offer == nullptr) return nothing(at);
    return show(at,
                ConfirmingBooking{without_notice(screen.choice), *offer, ChosenFrom::Suggested});
}

Step on(const At& at, const Suggesting& screen, const OtherTouched&) {
    return choose_venue(at, without_notice(screen.choice), {});
}

Step on(const At& at, const Suggesting& screen, const BackTouched&) {
    return back_before_offers(at, screen.choice.applicant, screen.choice.declared);
}

Step on(const At& at, const ChoosingVenue& screen, const VenueTouched& touch) {
    // A dose after the first has a recommended day: its month is the one to see first.
    const auto suggested = screen.choice.applicant.wish.suggested;
    return choose_day(at, screen.choice, touch.venue,
                      suggested ? std::optional(month_with(*suggested)) : std::nullopt);
}

Step on(const At& at, const ChoosingVenue& screen, const EarlierTouched&) {
    return turn(at, screen, -1);
}

Step on(const At& at, const ChoosingVenue& screen, const LaterTouched&) {
    return turn(at, screen, +1);
}

Step on(const At& at, const ChoosingVenue& screen, const BackTouched&) {
    const Choice& choice = screen.choice;
    if (!choice.applying) return suggest(at, choice);
    if (!choice.applying->empty()) return show(at, Applying{choice});
    return list_offers(at, choice.applicant, choice.declared, {});
}

Step choose_time(const At& at, const Choice& choice, VenueId venue, Date date,
                 std::optional<SlotId> before) {
    auto times = times_of(open_list(choice), venue, date);
    if (times.empty()) return nothing(at);
    const Offer* chosen = before ? find_offer(times, *before) : nullptr;
    const auto position =
        chosen == nullptr ? std::size_t{0} : static_cast<std::size_t>(chosen - times.data());
    const Page page = page_showing(position, times.size(), kTimesAPage);
    return show(at, ChoosingTime{choice, venue, date, std::move(times), page});
}

Step on(const At& at, const ChoosingDay& screen, const DateTouched& touch) {
    return choose_time(at, screen.choice, screen.venue, touch.date, {});
}

Step on(const At& at, const ChoosingDay& screen, const EarlierTouched&) {
    return choose_day(at, screen.choice, screen.venue, screen.month - std::chrono::months(1));
}

Step on(const At& at, const ChoosingDay& screen, const LaterTouched&) {
    return choose_day(at, screen.choice, screen.venue, screen.month + std::chrono::months(1));
}

Step on(const At& at, const ChoosingDay& screen, const BackTouched&) {
    return choose_venue(at, screen.choice, screen.venue);
}

Step on(const At& at, const ChoosingTime& screen, const OfferTouched& touch) {
    const Offer* offer = find_offer(screen.times, touch.slot);
    if (offer == nullptr) return nothing(at);
    if (screen.choice.applying) return add_choice(at, screen.choice, *offer);
    return show(at, ConfirmingBooking{screen.choice, *offer, ChosenFrom::Calendar});
}

Step on(const At& at, const ChoosingTime& screen, const EarlierTouched&) {
    return turn(at, screen, -1);
}

Step on(const At& at, const ChoosingTime& screen, const LaterTouched&) {
    return turn(at, screen, +1);
}

Step on(const At& at, const ChoosingTime& screen, const BackTouched&) {
    return choose_day(at, screen.choice, screen.venue, month_with(screen.date));
}

}  // namespace mado::kiosk::steps

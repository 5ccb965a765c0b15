#include "shared/domain/offers.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <tuple>

namespace mado {

namespace {

// Few seats are few however small the venue is.
constexpr int kFewSeats = 4;
constexpr int kFewParts = 5;

using MonthAndDay = std::chrono::year_month_day;

auto order_of(const Offer& offer) {
    return std::tuple(offer.slot.date, offer.slot.starts, offer.slot.venue, offer.slot.id);
}

void sort_offers(std::vector<Offer>& offers) {
    std::ranges::sort(offers, {}, order_of);
}

std::chrono::year_month month_of(Date date) {
    const MonthAndDay day = calendar(date);
    return {day.year(), day.month()};
}

DayMark mark_of(int seats, int capacity) {
    if (seats == 0) return DayMark::None;
    return seats <= kFewSeats || seats * kFewParts <= capacity ? DayMark::Few : DayMark::Many;
}

// The offers nearest first: on or after the suggested day, or where there are none, before it.
std::vector<Offer> nearest_first(const OfferList& list, std::optional<Date> suggested) {
    if (!suggested) return list.offers;
    std::vector<Offer> later;
    std::ranges::copy_if(list.offers, std::back_inserter(later),
                         [&](const Offer& offer) { return offer.slot.date >= *suggested; });
    if (!later.empty()) return later;

    std::vector<Offer> earlier = list.offers;
    std::ranges::stable_sort(earlier, std::ranges::greater{},
                             [](const Offer& offer) { return offer.slot.date; });
    return earlier;
}

constexpr std::chrono::days kWeek{7};

bool same_weekday(Date one, Date other) {
    return (one - other) % kWeek == std::chrono::days(0);
}

// The first day of that weekday which is not before `from`.
Date weekday_from(Date from, Date weekday_of) {
    const auto ahead = (weekday_of - from) % kWeek;
    return from + (ahead + kWeek) % kWeek;
}

// The day of an offer that lies nearest on or after `wanted`, or where there is none, before it.
Date nearest_day(const std::vector<Offer>& offers, Date wanted) {
    const auto rank = [&](const Offer& offer) {
        const auto after = offer.slot.date - wanted;
        return std::pair(after < std::chrono::days(0), std::chrono::abs(after));
    };
    return std::ranges::min(offers, {}, rank).slot.date;
}

// How far this one is from the dose before, of the offers of one day.
auto distance_to(const EarlierDose& earlier, const Offer& offer) {
    const Slot& slot = offer.slot;
    const bool elsewhere = earlier.venue && *earlier.venue != slot.venue;
    const auto apart = std::chrono::abs(slot.starts - earlier.time.value_or(slot.starts));
    return std::tuple(elsewhere, apart, slot.starts, slot.venue, slot.id);
}

}  // namespace

OfferList list_offers(const Resident& resident, const DoseWish& wish, const SlotTable& slots,
                      const VenueTable& venues, const VaccineTable& vaccines,
                      const SeatsFor& seats_for, Instant from) {
    OfferList list{{}, venues, vaccines, {}};
    const Standing standing = MayBook{wish};
    for (const auto& [id, slot] : slots) {
        if (!venues.contains(slot.venue)) continue;
        if (refusal_of(resident, standing, slot, vaccines, from)) continue;
        list.days[{slot.venue, slot.date}] += slot.seats.capacity();
        const int seats = seats_for(slot);
        if (seats > 0) list.offers.push_back({slot, seats});
    }
    sort_offers(list.offers);
    return list;
}

Likeness likeness_of(const Offer& offer, const DoseWish& wish) {
    if (!wish.earlier) return {};
    return {same_weekday(offer.slot.date, wish.earlier->date),
            wish.earlier->time == offer.slot.starts};
}

std::optional<Offer> usual_offer(const OfferList& list, const DoseWish& wish) {
    if (!wish.suggested || !wish.earlier || list.offers.empty()) return {};
    const Date wanted = weekday_from(*wish.suggested, wish.earlier->date);
    const Date day = nearest_day(list.offers, wanted);
    std::optional<Offer> found;
    for (const Offer& offer : list.offers) {
        if (offer.slot.date != day) continue;
        const bool nearer =
            !found || distance_to(*wish.earlier, offer) < distance_to(*wish.earlier, *found);
        if (nearer) found = offer;
    }
    return found;
}

std::vector<Offer> first_offers(const OfferList& list, const DoseWish& wish, int count_max) {
    const std::vector<Offer> candidates = nearest_first(list, wish.suggested);
    std::vector<Offer> first;
    std::set<VenueId> venues;
    std::set<Date> days;
    const auto has_room = [&] { return static_cast<int>(first.size()) < count_max; };
    const auto take = [&](const Offer& offer) {
        venues.insert(offer.slot.venue);
        days.insert(offer.slot.date);
        first.push_back(offer);
    };

    const auto usual = usual_offer(list, wish);
    if (usual && has_room()) take(*usual);
    for (const Offer& offer : candidates) {
        if (has_room() && !venues.contains(offer.slot.venue)) take(offer);
    }
    for (const Offer& offer : candidates) {
        if (has_room() && !days.contains(offer.slot.date)) take(offer);
    }
    const auto sorted_from = first.begin() + (usual && !first.empty() ? 1 : 0);
    std::ranges::sort(sorted_from, first.end(), {}, order_of);
    return first;
}

std::vector<VenueOffer> venue_offers(const OfferList& list) {
    std::map<VenueId, VenueOffer> found;
    for (const Offer& offer : list.offers) {
        const auto venue = list.venues.find(offer.slot.venue);
        if (venue == list.venues.end()) continue;
        const VenueOffer none{venue->second, offer.slot.vaccine, offer.slot.date, 0};
        found.try_emplace(venue->first, none).first->second.seats += offer.seats;
    }

    std::vector<VenueOffer> offers;
    offers.reserve(found.size());
    for (const auto& [id, offer] : found)
        offers.push_back(offer);
    std::ranges::stable_sort(offers, {}, &VenueOffer::first_day);
    return offers;
}

std::vector<DayOffer> month_of(const OfferList& list, VenueId venue,
                               std::chrono::year_month month) {
    std::map<Date, int> seats;
    for (const Offer& offer : list.offers) {
        if (offer.slot.venue == venue) seats[offer.slot.date] += offer.seats;
    }

    std::vector<DayOffer> days;
    const Date last{month / std::chrono::last};
    for (Date date{month / 1}; date <= last; date += std::chrono::days(1)) {
        const auto capacity = list.days.find({venue, date});
        if (capacity == list.days.end()) {
            days.push_back({date, DayMark::Closed, 0});
        } else {
            days.push_back({date, mark_of(seats[date], capacity->second), seats[date]});
        }
    }
    return days;
}

std::vector<DayOffer> open_days(const OfferList& list, VenueId venue, std::size_t count_max) {
    std::vector<DayOffer> open;
    for (const auto month : months_of(list, venue)) {
        for (const DayOffer& day : month_of(list, venue, month)) {
            if (open.size() < count_max && day.seats > 0) open.push_back(day);
        }
    }
    return open;
}

std::vector<std::chrono::year_month> months_of(const OfferList& list, VenueId venue) {
    std::optional<std::chrono::year_month> first;
    std::optional<std::chrono::year_month> last;
    for (const Offer& offer : list.offers) {
        if (offer.slot.venue != venue) continue;
        const auto month = month_of(offer.slot.date);
        if (!first || month < *first) first = month;
        if (!last || month > *last) last = month;
    }

    std::vector<std::chrono::year_month> months;
    if (!first) return months;
    for (auto month = *first; month <= *last; month += std::chrono::months(1)) {
        months.push_back(month);
    }
    return months;
}

std::vector<Offer> times_of(const OfferList& list, VenueId venue, Date date) {
    std::vector<Offer> times;
    std::ranges::copy_if(list.offers, std::back_inserter(times), [&](const Offer& offer) {
        return offer.slot.venue == venue && offer.slot.date == date;
    });
    return times;
}

}  // namespace mado

#pragma once

// What can be offered to a person: the earliest places first, then a venue's days and times.

#include "shared/domain/eligibility.h"
#include "shared/domain/slot.h"

#include <chrono>
#include <functional>
#include <map>
#include <utility>
#include <vector>

namespace mado {

// A slot that this person may take and this device can book, with the seats that are left to it.
struct Offer {
    Slot slot;
    int seats = 0;  // > 0: free ones and those held here while online, those held here when not

    bool operator==(const Offer&) const = default;
};

// How full a day is, as the calendar marks it: ○ many, △ few (at most a fifth of the day's
// capacity, or at most 4 seats), × none. Closed: no slot that this person could take, were there
// seats.
enum class DayMark { Many, Few, None, Closed };

struct DayOffer {
    Date date;
    DayMark mark = DayMark::Closed;
    int seats = 0;

    bool operator==(const DayOffer&) const = default;
};

struct VenueOffer {
    Venue venue;
    VaccineCode vaccine;  // of its first offer
    Date first_day;
    int seats = 0;

    bool operator==(const VenueOffer&) const = default;
};

// All that a kiosk needs to let one person choose; sorted by date, time, then venue.
struct OfferList {
    std::vector<Offer> offers;
    VenueTable venues;
    VaccineTable vaccines;
    // The capacity of each day on which a venue has slots that this person could take, those
    // without a seat left included: what tells a full day from a closed one.
    std::map<std::pair<VenueId, Date>, int> days;

    bool operator==(const OfferList&) const = default;
};

// How many seats of a slot this device can book now; 0 or less where none.
using SeatsFor = std::function<int(const Slot&)>;

// Every slot that refusal_of() lets this person take, at a venue that is known, where `seats_for`
// has a seat.
OfferList list_offers(const Resident& resident, const DoseWish& wish, const SlotTable& slots,
                      const VenueTable& venues, const VaccineTable& vaccines,
                      const SeatsFor& seats_for, Instant from);

// How an offer is like the dose before.
struct Likeness {
    bool weekday = false;
    bool time = false;

    bool operator==(const Likeness&) const = default;
};
Likeness likeness_of(const Offer& offer, const DoseWish& wish);

// The offer that suits a dose after the first best: on the same weekday as the dose before, the
// first that is not before the suggested day, and at the same time. Where that day has no place, it
// is the nearest day after it that has one, or else the nearest before it. Of one day's offers,
// those at the same venue come first, and then the nearest in time. No value for a first dose, or
// without any offer.
std::optional<Offer> usual_offer(const OfferList& list, const DoseWish& wish);

// The offers to show first, at most `count_max`. For a dose after the first, the usual one leads.
// Then come the earliest of each venue, filled up with the first slots of further days: with a day
// suggested, those nearest on or after it, or where there are none, the nearest before it. All but
// the leading one are sorted by date, time, then venue.
std::vector<Offer> first_offers(const OfferList& list, const DoseWish& wish, int count_max);
// One for each venue that has an offer, by first day.
std::vector<VenueOffer> venue_offers(const OfferList& list);
// Every day of the month for one venue, first to last; Closed where it has no slot.
std::vector<DayOffer> month_of(const OfferList& list, VenueId venue, std::chrono::year_month month);
// The first days on which the venue has a place left, at most `count_max`.
std::vector<DayOffer> open_days(const OfferList& list, VenueId venue, std::size_t count_max);
// Every month from the first to the last that holds an offer of the venue; empty where none does.
std::vector<std::chrono::year_month> months_of(const OfferList& list, VenueId venue);
std::vector<Offer> times_of(const OfferList& list, VenueId venue, Date date);

}  // namespace mado

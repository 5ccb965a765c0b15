#pragma once

// What can be offered to a person: the earliest places first, then a venue's days and times.

#include "shared/domain/eligibility.h"
#include "shared/domain/slot.h"

#include <chrono>
#include <vector>

namespace mado {

// A slot that this person may take and this device can book, with the seats that are left to it.
struct Offer {
    Slot slot;
    int seats = 0;  // > 0: free ones and those held here while online, those held here when not

    bool operator==(const Offer&) const = default;
};

// How full a day is, as the calendar marks it: ○ many, △ few (at most a fifth, or 4 seats), × none.
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

    bool operator==(const OfferList&) const = default;
};

// The offers to show first: the earliest of each venue, at most `count_max` in all, filled up with
// the next days' first slots. With `suggested` given, those nearest on or after that day.
std::vector<Offer> first_offers(const OfferList& list, std::optional<Date> suggested,
                                int count_max);
std::vector<VenueOffer> venue_offers(const OfferList& list);
// Every day of the month for one venue, first to last; Closed where it has no slot.
std::vector<DayOffer> month_of(const OfferList& list, VenueId venue, std::chrono::year_month month);
// First and last month that hold an offer of the venue.
std::vector<std::chrono::year_month> months_of(const OfferList& list, VenueId venue);
std::vector<Offer> times_of(const OfferList& list, VenueId venue, Date date);

}  // namespace mado

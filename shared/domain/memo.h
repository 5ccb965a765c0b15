#pragma once

// A memo to take home without a booking (相談メモ): which days are open now, to talk over with the
// family, or when more places open. It names nobody.

#include "shared/base/instant.h"
#include "shared/domain/offers.h"
#include "shared/domain/town.h"

#include <optional>
#include <vector>

namespace mado {

struct MemoVenue {
    Venue venue;
    std::vector<DayOffer>
        days;  // that have a place left, Many or Few; the first ones, at least one

    bool operator==(const MemoVenue&) const = default;
};

struct Memo {
    Town town;
    Instant as_of{};                      // when it was true
    std::vector<MemoVenue> venues;        // the earliest first; none where nothing is open
    std::optional<Instant> opening = {};  // when more can be booked

    bool operator==(const Memo&) const = default;
};

// So much a sheet of A5 holds in letters for people of 80.
constexpr std::size_t kMemoVenuesMax = 3;
constexpr std::size_t kMemoDaysMax = 8;

Memo memo_of(const OfferList& list, const Town& town, Instant now);

}  // namespace mado

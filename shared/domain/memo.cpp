#include "shared/domain/memo.h"

namespace mado {

Memo memo_of(const OfferList& list, const Town& town, Instant now) {
    Memo memo{town, now, {}, town.opening_after(now)};
    for (const VenueOffer& offer : venue_offers(list)) {
        if (memo.venues.size() == kMemoVenuesMax) break;
        memo.venues.push_back({offer.venue, open_days(list, offer.venue.id, kMemoDaysMax)});
    }
    return memo;
}

}  // namespace mado

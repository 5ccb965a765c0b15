#include "shared/domain/memo.h"

#include "tests/support/builders.h"

#include <gtest/gtest.h>

namespace mado {
namespace {

// So many venues, each with a place on so many days; the later ones open later.
OfferList an_offer_list(int venues, int days) {
    OfferList list{{}, {}, tests::vaccines(), {}};
    for (int venue = 1; venue <= venues; ++venue) {
        list.venues.emplace(VenueId(venue), tests::a_venue(venue));
        for (int day = 0; day < days; ++day) {
            Slot slot = tests::a_slot(venue * 100 + day, tests::in_days(venue + day));
            slot.venue = VenueId(venue);
            list.offers.push_back({slot, 1});
            list.days[{slot.venue, slot.date}] = 10;
        }
    }
    return list;
}

TEST(Memo, HoldsTheFirstVenuesAndTheirFirstDays) {
    const Memo memo = memo_of(an_offer_list(5, 12), tests::a_town(), tests::now());
    ASSERT_EQ(memo.venues.size(), kMemoVenuesMax);
    for (std::size_t i = 0; i < memo.venues.size(); ++i) {
        const int venue = static_cast<int>(i) + 1;
        EXPECT_EQ(memo.venues[i].venue.id, VenueId(venue));
        ASSERT_EQ(memo.venues[i].days.size(), kMemoDaysMax);
        EXPECT_EQ(memo.venues[i].days.front().date, tests::in_days(venue));
        EXPECT_EQ(memo.venues[i].days.front().mark, DayMark::Few);
    }
}

TEST(Memo, LeavesOutDaysWithoutAPlace) {
    OfferList list = an_offer_list(1, 3);
    list.offers.erase(list.offers.begin() + 1);
    const Memo memo = memo_of(list, tests::a_town(), tests::now());
    ASSERT_EQ(memo.venues.size(), 1u);
    ASSERT_EQ(memo.venues[0].days.size(), 2u);
    EXPECT_EQ(memo.venues[0].days[1].date, tests::in_days(3));
}

TEST(Memo, IsEmptyWhereNothingIsOpen) {
    EXPECT_TRUE(memo_of({}, tests::a_town(), tests::now()).venues.empty());
}

}  // namespace
}  // namespace mado

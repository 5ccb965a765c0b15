#include "shared/domain/seats.h"

#include <gtest/gtest.h>

namespace mado {
namespace {

TEST(SeatCount, MovesSeatsBetweenFreeHeldAndBooked) {
    const SeatCount fresh{10, 0, 0};
    EXPECT_EQ(fresh.free(), 10);
    EXPECT_EQ(fresh.book_free(), (SeatCount{10, 1, 0}));
    EXPECT_EQ(fresh.grant(4), (SeatCount{10, 0, 4}));
    EXPECT_EQ((SeatCount{10, 0, 4}.sell_held()), (SeatCount{10, 1, 3}));
    EXPECT_EQ((SeatCount{10, 0, 4}.give_back(4)), (SeatCount{10, 0, 0}));
    EXPECT_EQ((SeatCount{10, 1, 0}.cancel()), (SeatCount{10, 0, 0}));
}

TEST(SeatCount, GivesNothingThatIsNotThere) {
    const SeatCount full{2, 1, 1};
    EXPECT_FALSE(full.book_free());
    EXPECT_FALSE(full.grant(1));
    EXPECT_FALSE(full.grant(-1));
    EXPECT_FALSE(full.give_back(2));
    EXPECT_FALSE(full.give_back(-1));
    EXPECT_FALSE((SeatCount{2, 2, 0}.sell_held()));
    EXPECT_FALSE((SeatCount{2, 0, 2}.cancel()));
    EXPECT_EQ(full.grant(0), full);
}

TEST(SeatCount, OfASlotThatWasCutSinksAsSeatsReturn) {
    SeatCount cut{0, 2, 3};
    EXPECT_EQ(cut.capacity(), 5);
    EXPECT_EQ(cut.free(), 0);
    cut = *cut.give_back(2);
    EXPECT_EQ(cut.capacity(), 3);
    EXPECT_EQ(cut.free(), 0) << "a seat that came back to a closed slot is not sold again";
    cut = *cut.cancel();
    EXPECT_EQ(cut.capacity(), 2);
    EXPECT_EQ(cut.free(), 0);
}

TEST(Lease, SellsWhatWasGrantedAndIsNotUsed) {
    EXPECT_EQ((Lease{7, 3}.left()), 4);
    EXPECT_TRUE((Lease{7, 7}.holds()));
    EXPECT_FALSE((Lease{7, 8}.holds()));
    EXPECT_FALSE((Lease{7, -1}.holds()));
}

}  // namespace
}  // namespace mado

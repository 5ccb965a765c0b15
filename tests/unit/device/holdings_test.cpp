#include "sync/device/holdings.h"

#include "tests/support/builders.h"

#include <gmock/gmock.h>

namespace mado::device {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using tests::in_days;

struct Plan {
    SlotTable slots;
    LeaseTable leases;
    Instant now = tests::now();
    Shares shares = {};

    // `count` slots of ten seats on that day, numbered from `first`.
    Plan& day(int days, std::int64_t first, int count = 4, int target = 10) {
        for (int i = 0; i < count; ++i) {
            Slot slot = tests::a_slot(first + i, in_days(days));
            slot.starts += std::chrono::minutes(15 * i);
            slot.seats = tests::seats(target);
            slots.insert_or_assign(slot.id, slot);
        }
        return *this;
    }
    Plan& full(std::int64_t slot) {
        auto& seats = slots.at(SlotId(slot)).seats;
        seats.booked = seats.target - seats.held;
        return *this;
    }
    Plan& hold(std::int64_t slot, std::int64_t granted, std::int64_t used = 0) {
        leases[SlotId(slot)] = {granted, used};
        slots.at(SlotId(slot)).seats.held += static_cast<int>(granted - used);
        return *this;
    }
    Holdings make() const { return plan_holdings(slots, leases, HoldingPolicy{}, shares, now); }
    std::vector<std::int64_t> wished() const {
        std::vector<std::int64_t> found;
        for (const auto& wish : make().wishes)
            found.push_back(wish.slot.number());
        return found;
    }
    std::vector<std::int64_t> returned() const {
        std::vector<std::int64_t> found;
        for (const auto slot : make().returns)
            found.push_back(slot.number());
        return found;
    }
};

TEST(Holdings, HoldsAGroupsSeatsInTheEarliestSlotOfTheThreeEarliestDays) {
    const auto plan = Plan().day(1, 10).day(2, 20).day(3, 30).day(4, 40);
    EXPECT_THAT(plan.wished(), ElementsAre(10, 20, 30));
    EXPECT_EQ(plan.make().wishes.front().level, 4);
}

TEST(Holdings, AsksForNothingOfASlotThatTheKiosksHaveNoPartOf) {
    Plan plan = Plan().day(1, 10).day(2, 20);
    plan.shares = {30, 70, {}, 0, 0};
    EXPECT_THAT(plan.wished(), IsEmpty()) << "three seats of ten are no group's";
    plan.shares = {50, 50, {}, 0, 0};
    EXPECT_THAT(plan.wished(), ElementsAre(10, 20));
}

TEST(Holdings, HoldsOneDayOfEveryLaterWeekForSecondDoses) {
    Plan plan;
    for (int day = 1; day <= 27; ++day)
        plan.day(day, 100 + day * 10);
    // today() is a Monday: days 7, 14 and 21 begin the weeks after.
    EXPECT_THAT(plan.wished(), ElementsAre(110, 120, 130, 170, 240, 310));
}

TEST(Holdings, CountsEachVenueAndVaccineByItself) {
    auto plan = Plan().day(1, 10).day(1, 20);
    for (std::int64_t id = 20; id < 24; ++id)
        plan.slots.at(SlotId(id)).venue = VenueId(2);
    EXPECT_THAT(plan.wished(), ElementsAre(10, 20));
}

TEST(Holdings, NeverHoldsMoreThanAFifthOfADay) {
    // 19 seats in all: a fifth is three, and a group of four does not fit.
    EXPECT_THAT(Plan().day(1, 10, 1, 19).wished(), IsEmpty());
    EXPECT_THAT(Plan().day(1, 10, 1, 20).wished(), ElementsAre(10));
}

TEST(Holdings, PassesOverFullSlotsAndFullDays) {
    auto plan = Plan().day(1, 10).day(2, 20);
    plan.full(10).full(20).full(21).full(22).full(23);
    EXPECT_THAT(plan.wished(), ElementsAre(11));
}

TEST(Holdings, TakesNothingWhereOthersWouldBeLeftWithLess) {
    auto plan = Plan().day(1, 10);
    plan.full(10).full(11).full(12);
    plan.slots.at(SlotId(13)).seats.booked = 3;  // seven free on the whole day
    EXPECT_THAT(plan.wished(), IsEmpty());
}

TEST(Holdings, FillsUpWhatWasSoldAndStaysWithTheSlotThatIsHeld) {
    auto plan = Plan().day(1, 10);
    plan.hold(12, 4, 1);
    ASSERT_THAT(plan.wished(), ElementsAre(12));
    EXPECT_EQ(plan.make().wishes.front().level, 5);
    EXPECT_THAT(plan.returned(), IsEmpty());
}

TEST(Holdings, AsksForNothingMoreOnceItHolds) {
    auto plan = Plan().day(1, 10);
    plan.hold(10, 4);
    EXPECT_THAT(plan.wished(), IsEmpty());
    EXPECT_THAT(plan.returned(), IsEmpty());
}

TEST(Holdings, GivesBackWhatHasBegunWasClosedOrIsUnknown) {
    auto plan = Plan().day(0, 10).day(1, 20).day(2, 30);
    plan.hold(10, 4).hold(20, 4);
    plan.now = instant_in_japan(in_days(0), tests::a_time("09:30"));
    plan.slots.at(SlotId(20)).seats.target = 0;
    plan.leases[SlotId(999)] = {2, 1};
    EXPECT_THAT(plan.returned(), ElementsAre(10, 20, 999));
}

TEST(Holdings, GivesBackWhenNobodyElseFindsASeatThatDay) {
    auto plan = Plan().day(1, 10);
    plan.hold(10, 4).full(10).full(11).full(12).full(13);
    EXPECT_THAT(plan.returned(), ElementsAre(10));
    EXPECT_THAT(plan.wished(), IsEmpty());
}

TEST(Holdings, DoesNotTakeBackAtOnceWhatItGaveBack) {
    auto plan = Plan().day(1, 10);
    plan.full(11).full(12).full(13);
    plan.slots.at(SlotId(10)).seats = tests::seats(10, 6);  // the four that were given back
    EXPECT_THAT(plan.wished(), IsEmpty());
}

TEST(Holdings, GivesBackSeatsOutsideThePlan) {
    auto plan = Plan().day(1, 10).day(2, 20).day(3, 30).day(4, 40);
    plan.hold(10, 4).hold(13, 1).hold(41, 1);
    EXPECT_THAT(plan.returned(), ElementsAre(13, 41));
}

}  // namespace
}  // namespace mado::device

#include "shared/domain/shares.h"

#include "tests/support/builders.h"

#include <gtest/gtest.h>

namespace mado {
namespace {

using tests::in_days;
using tests::today;

// A slot of so many seats a week ahead, of which some are taken.
Slot slot_of(int target, int booked = 0, int held = 0) {
    Slot slot = tests::a_slot();
    slot.seats = tests::seats(target, booked, held);
    return slot;
}

Shares shares(std::optional<int> kiosk, std::optional<int> web, std::optional<int> call_centre,
              int second_doses = 0, int open_days = 2) {
    return {kiosk, web, call_centre, second_doses, open_days};
}

int room(const Slot& slot, const Shares& set, Channel channel, int dose = 1) {
    return room_for(slot, set, channel, dose, today());
}

TEST(Shares, LeaveAllToEverybodyWhereNothingIsSet) {
    const Slot slot = slot_of(10, 3, 2);
    for (const Channel channel : {Channel::Kiosk, Channel::Web, Channel::CallCentre}) {
        EXPECT_EQ(room(slot, Shares{}, channel, 1), 5);
        EXPECT_EQ(room(slot, Shares{}, channel, 2), 5);
    }
    EXPECT_EQ(grant_of(slot, Shares{}, 0, 0, 4, {}, today()), (Granted{4, 0}));
}

TEST(Shares, AreOfWholeSeatsAndComeToTheWholeSlot) {
    const Shares set = shares(60, 20, 20);
    EXPECT_EQ(part_of(slot_of(10), set, Channel::Kiosk), 6);
    EXPECT_EQ(part_of(slot_of(10), set, Channel::Web), 2);
    EXPECT_EQ(part_of(slot_of(10), set, Channel::CallCentre), 2);
}

TEST(Shares, ComeToWhatWasSetOverManySmallSlots) {
    const Shares set = shares(60, 30, 10, 30);
    int call_centre = 0;
    int kept = 0;
    for (int id = 1; id <= 100; ++id) {
        Slot slot = slot_of(4);
        slot.id = SlotId(id);
        call_centre += part_of(slot, set, Channel::CallCentre);
        kept += kept_of(slot, Shares{{}, {}, {}, 30, 2}, Channel::Kiosk, today());
    }
    EXPECT_EQ(call_centre, 40);
    EXPECT_EQ(kept, 120);
}

TEST(Shares, OfAChannelThatIsNotNamedAreWhatIsLeft) {
    const Shares set = shares(60, {}, {});
    EXPECT_EQ(room(slot_of(10), set, Channel::Kiosk), 6);
    EXPECT_EQ(room(slot_of(10), set, Channel::Web), 4);
    Slot taken = slot_of(10, 3);
    taken.parts.web = 3;
    EXPECT_EQ(room(taken, set, Channel::CallCentre), 1) << "the web has had three of these four";
    EXPECT_EQ(room(taken, set, Channel::Kiosk), 6);
}

TEST(Shares, CountHeldSeatsAsTheKiosks) {
    const Shares set = shares(60, 20, 20);
    EXPECT_EQ(room(slot_of(10, 2, 3), set, Channel::Kiosk), 1);
    EXPECT_EQ(room(slot_of(10, 2, 4), set, Channel::Kiosk), 0);
    EXPECT_EQ(room(slot_of(10, 2, 6), set, Channel::Kiosk), 0) << "more than its part";
    EXPECT_EQ(room(slot_of(10, 2, 8), set, Channel::Web), 0) << "nothing is free";
}

TEST(Shares, KeepSeatsForSecondDosesUntilTheDay) {
    const Shares set = shares({}, {}, {}, 30, 2);
    const Slot slot = slot_of(10);
    EXPECT_EQ(room(slot, set, Channel::Kiosk, 1), 7);
    EXPECT_EQ(room(slot, set, Channel::Kiosk, 2), 10);
    EXPECT_EQ(room_for(slot, set, Channel::Kiosk, 1, slot.date - std::chrono::days(3)), 7);
    EXPECT_EQ(room_for(slot, set, Channel::Kiosk, 1, slot.date - std::chrono::days(2)), 10);
}

TEST(Shares, KeepFewerTheMoreSecondDosesThereAre) {
    const Shares set = shares({}, {}, {}, 30);
    Slot slot = slot_of(10, 2);
    slot.parts.later = 2;
    EXPECT_EQ(room(slot, set, Channel::Kiosk, 1), 7);
    slot.parts.later = 0;
    EXPECT_EQ(room(slot, set, Channel::Kiosk, 1), 5) << "two first doses have had theirs";
    slot.seats.booked = 7;
    EXPECT_EQ(room(slot, set, Channel::Kiosk, 1), 0);
    EXPECT_EQ(room(slot, set, Channel::Kiosk, 2), 3);
}

TEST(Shares, KeepSeatsForSecondDosesInEachChannelsPart) {
    const Shares set = shares(50, 50, 0, 40);
    Slot slot = slot_of(10, 3);
    EXPECT_EQ(room(slot, set, Channel::Kiosk, 1), 0);
    EXPECT_EQ(room(slot, set, Channel::Kiosk, 2), 2);
    EXPECT_EQ(room(slot, set, Channel::Web, 1), 3);
    EXPECT_EQ(room(slot, set, Channel::CallCentre, 2), 0);
}

TEST(Grants, AreWhatThePersonWhoWaitsMayHave) {
    const Shares set = shares({}, {}, {}, 30);
    const Slot fresh = slot_of(10);
    EXPECT_EQ(grant_of(fresh, set, 0, 0, 1, 1, today()), (Granted{1, 0}));
    EXPECT_EQ(grant_of(fresh, set, 0, 0, 1, 2, today()), (Granted{0, 1}));
    const Slot firsts = slot_of(10, 7);
    EXPECT_EQ(grant_of(firsts, set, 0, 0, 1, 1, today()), (Granted{0, 0}));
    EXPECT_EQ(grant_of(firsts, set, 0, 0, 1, 2, today()), (Granted{0, 1}));
}

TEST(Grants, OfAStockHaveTheTownsPartOfKeptOnes) {
    const Shares set = shares({}, {}, {}, 25);
    EXPECT_EQ(grant_of(slot_of(20), set, 0, 0, 4, {}, today()), (Granted{3, 1}));
    EXPECT_EQ(grant_of(slot_of(20, 0, 4), set, 4, 1, 4, {}, today()).kept, 1);
    EXPECT_EQ(grant_of(slot_of(20, 15), set, 0, 0, 4, {}, today()), (Granted{0, 1}));
}

TEST(KeptSeats, AreSoldToLaterDosesFirstAndToOthersLast) {
    const Lease lease{4, 0, 1, 0};
    EXPECT_EQ(usable(lease, 1, true), 3);
    EXPECT_EQ(usable(lease, 2, true), 4);
    EXPECT_EQ(usable(lease, 1, false), 4) << "a few days before, they are everybody's";
    EXPECT_EQ(after_sale(lease, 1), (Lease{4, 1, 1, 0}));
    EXPECT_EQ(after_sale(lease, 2), (Lease{4, 1, 1, 1}));
    EXPECT_EQ(after_sale({4, 3, 1, 0}, 1), (Lease{4, 4, 1, 1}));
    EXPECT_EQ(after_sale({4, 3, 0, 0}, 2), (Lease{4, 4, 0, 0}));
}

TEST(Shares, HoldWhereTheyComeToAWhole) {
    EXPECT_TRUE(Shares{}.holds());
    EXPECT_TRUE(shares(60, 20, {}).holds());
    EXPECT_TRUE(shares(60, 20, 20, 100).holds());
    EXPECT_FALSE(shares(60, 20, 10).holds()) << "nobody would have the rest";
    EXPECT_FALSE(shares(60, 50, {}).holds());
    EXPECT_FALSE(shares(-1, {}, {}).holds());
    EXPECT_FALSE(shares({}, {}, {}, 101).holds());
    EXPECT_FALSE(shares({}, {}, {}, 10, -1).holds());
}

TEST(Channels, HaveNames) {
    for (const Channel channel : {Channel::Kiosk, Channel::Web, Channel::CallCentre})
        EXPECT_EQ(parse_channel(name_of(channel)), channel);
    EXPECT_EQ(name_of(Channel::CallCentre), "call-centre");
    EXPECT_FALSE(parse_channel("phone"));
}

}  // namespace
}  // namespace mado

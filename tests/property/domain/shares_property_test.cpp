#include "shared/domain/shares.h"
#include "tests/support/builders.h"
#include "tests/support/dice.h"

#include <array>
#include <map>
#include <string>

#include <gtest/gtest.h>

namespace mado {
namespace {

using tests::Dice;

constexpr int kDevices = 3;
constexpr std::array kChannels = {Channel::Kiosk, Channel::Web, Channel::CallCentre};

// One slot at the server, the leases of some devices on it, and who has been sold a seat by whom.
struct World {
    Slot slot;
    Shares shares;
    std::array<Lease, kDevices> leases;
    std::map<Channel, int> firsts;
    std::map<Channel, int> all;
    int refused = 0;
};

Shares some_shares(Dice& dice) {
    Shares shares;
    int left = 100;
    for (const Channel channel : kChannels) {
        if (dice.percent(40)) continue;
        shares.of(channel) = dice.below(left + 1);
        left -= *shares.of(channel);
    }
    if (shares.kiosk && shares.web && shares.call_centre) *shares.call_centre += left;
    if (dice.percent(80)) shares.second_doses = dice.below(101);
    return shares;
}

World some_world(Dice& dice) {
    World world{tests::a_slot(dice.between(1, 1000)), some_shares(dice), {}, {}, {}};
    world.slot.seats = tests::seats(dice.between(1, 20));
    return world;
}

void sold(World& world, Channel channel, int dose) {
    world.slot.parts.count(channel, dose, 1);
    ++world.all[channel];
    if (dose == 1) ++world.firsts[channel];
}

// At the server: a channel books from free seats.
void book(World& world, Dice& dice) {
    const Channel channel = dice.percent(50) ? Channel::Web : Channel::CallCentre;
    const int dose = dice.between(1, 2);
    if (room_for(world.slot, world.shares, channel, dose, tests::today()) < 1) {
        ++world.refused;
        return;
    }
    const auto seats = world.slot.seats.book_free();
    ASSERT_TRUE(seats) << "there is room where nothing is free";
    world.slot.seats = *seats;
    sold(world, channel, dose);
}

void grant(World& world, Dice& dice) {
    Lease& lease = dice.pick(world.leases);
    std::optional<int> wished_for;
    if (dice.percent(60)) wished_for = dice.between(1, 2);
    const int most = wished_for ? 1 : dice.between(1, 4);
    const Granted more = grant_of(world.slot, world.shares, lease.left(), lease.kept_left(), most,
                                  wished_for, tests::today());
    if (more.all() == 0) ++world.refused;
    ASSERT_LE(more.all(), most);
    const auto seats = world.slot.seats.grant(more.all());
    ASSERT_TRUE(seats) << "more is granted than is free";
    world.slot.seats = *seats;
    lease.granted += more.all();
    lease.kept += more.kept;
    world.slot.parts.kept += more.kept;
}

// On a device, which asks nobody.
void sell(World& world, Dice& dice) {
    Lease& lease = dice.pick(world.leases);
    const int dose = dice.between(1, 2);
    const bool keeps = keeps_for_later(world.shares, world.slot.date, tests::today());
    if (usable(lease, dose, keeps) < 1) return;
    const Lease after = after_sale(lease, dose);
    world.slot.parts.kept -= static_cast<int>(after.kept_used - lease.kept_used);
    lease = after;
    const auto seats = world.slot.seats.sell_held();
    ASSERT_TRUE(seats);
    world.slot.seats = *seats;
    sold(world, Channel::Kiosk, dose);
}

void give_back(World& world, Dice& dice) {
    Lease& lease = dice.pick(world.leases);
    const auto seats = world.slot.seats.give_back(static_cast<int>(lease.left()));
    ASSERT_TRUE(seats);
    world.slot.seats = *seats;
    world.slot.parts.kept -= static_cast<int>(lease.kept_left());
    lease.used = lease.granted;
    lease.kept_used = lease.kept;
}

void expect_shares_kept(World& world) {
    int parts = 0;
    int rest = 0;
    for (const Channel channel : kChannels) {
        const int part = part_of(world.slot, world.shares, channel);
        if (!world.shares.of(channel)) {
            rest = part;
            continue;
        }
        parts += part;
        const int held = channel == Channel::Kiosk ? world.slot.seats.held : 0;
        EXPECT_LE(world.all[channel] + held, part) << "more than its part";
        const int kept = kept_of(world.slot, world.shares, channel, tests::today());
        EXPECT_LE(world.firsts[channel], part - kept) << "a first dose in a kept seat";
    }
    EXPECT_LE(parts + rest, world.slot.seats.capacity());
    for (const Lease& lease : world.leases)
        EXPECT_TRUE(lease.holds());
}

// Of those that are not named, who share one part.
void expect_rest_kept(World& world) {
    int firsts = 0;
    int all = 0;
    std::optional<Channel> one;
    for (const Channel channel : kChannels) {
        if (world.shares.of(channel)) continue;
        one = channel;
        firsts += world.firsts[channel];
        all += world.all[channel] + (channel == Channel::Kiosk ? world.slot.seats.held : 0);
    }
    if (!one) return;
    const int part = part_of(world.slot, world.shares, *one);
    EXPECT_LE(all, part);
    EXPECT_LE(firsts, part - kept_of(world.slot, world.shares, *one, tests::today()));
}

TEST(SharesProperty, AreNeverExceededWhateverChannelsAndDevicesDo) {
    int sales = 0;
    int refused = 0;
    int full = 0;
    for (const auto seed : tests::seeds(500)) {
        SCOPED_TRACE("MADO_SEED=" + std::to_string(seed));
        Dice dice(seed);
        World world = some_world(dice);
        for (int step = 0; step < 120; ++step) {
            const int what = dice.below(100);
            if (what < 25) book(world, dice);
            if (what >= 25 && what < 60) grant(world, dice);
            if (what >= 60 && what < 92) sell(world, dice);
            if (what >= 92) give_back(world, dice);
            expect_shares_kept(world);
            expect_rest_kept(world);
            if (HasFailure()) return;
        }
        sales += world.slot.seats.booked;
        refused += world.refused;
        full += world.slot.seats.free() == 0 ? 1 : 0;
    }
    EXPECT_GT(sales, 2'000);
    EXPECT_GT(refused, 5'000) << "the parts no longer fill";
    EXPECT_GT(full, 100);
}

// What one channel has not sold is there for it, whatever the others did.
TEST(SharesProperty, LeaveEachChannelItsPart) {
    int looked_at = 0;
    for (const auto seed : tests::seeds(300)) {
        SCOPED_TRACE("MADO_SEED=" + std::to_string(seed));
        Dice dice(seed);
        World world = some_world(dice);
        if (!world.shares.web) continue;
        for (int step = 0; step < 60; ++step) {
            grant(world, dice);
            sell(world, dice);
        }
        EXPECT_EQ(room_for(world.slot, world.shares, Channel::Web, 2, tests::today()),
                  part_of(world.slot, world.shares, Channel::Web));
        ++looked_at;
        if (HasFailure()) return;
    }
    EXPECT_GT(looked_at, 100);
}

}  // namespace
}  // namespace mado

#include "shared/domain/seats.h"
#include "tests/support/dice.h"

#include <array>
#include <string>

#include <gtest/gtest.h>

namespace mado {
namespace {

using tests::Dice;

constexpr int kDevices = 3;

// One slot at the server, with the leases of some devices on it, as the counters of both sides say.
struct World {
    SeatCount seats;
    std::array<Lease, kDevices> leases;
};

std::int64_t held_by_devices(const World& world) {
    std::int64_t held = 0;
    for (const Lease& lease : world.leases)
        held += lease.left();
    return held;
}

void expect_sound(const World& world) {
    const SeatCount& seats = world.seats;
    EXPECT_EQ(seats.booked + seats.held + seats.free(), seats.capacity());
    EXPECT_GE(seats.booked, 0);
    EXPECT_GE(seats.held, 0);
    EXPECT_GE(seats.free(), 0);
    EXPECT_GE(seats.capacity(), seats.target);
    EXPECT_EQ(held_by_devices(world), seats.held);
    for (const Lease& lease : world.leases)
        EXPECT_TRUE(lease.holds());
}

// What an operation must leave as it is: the seats, but for those that a cut slot loses.
void expect_conserved(const SeatCount& before, const SeatCount& after) {
    EXPECT_EQ(before.target, after.target);
    const int lost = before.capacity() - after.capacity();
    EXPECT_GE(lost, 0);
    if (before.capacity() == before.target) {
        EXPECT_EQ(lost, 0);
    }
}

// Tries one operation with numbers that need not fit; true where it was done.
bool try_one(World& world, Dice& dice) {
    Lease& lease = dice.pick(world.leases);
    const int count = dice.between(-2, 6);
    std::optional<SeatCount> next;
    switch (dice.below(6)) {
        case 0:
            next = world.seats.book_free();
            break;
        case 1:
            next = world.seats.cancel();
            break;
        case 2:
            next = world.seats.grant(count);
            if (next) lease.granted += count;
            break;
        case 3:
            if (lease.left() < 1) return false;
            next = world.seats.sell_held();
            EXPECT_TRUE(next) << "a seat that a device holds can always be sold";
            lease.used += 1;
            break;
        case 4:
            if (count < 0 || count > lease.left()) return false;
            next = world.seats.give_back(count);
            EXPECT_TRUE(next) << "a seat that a device holds can always be given back";
            lease.used += count;
            break;
        default:
            world.seats.target = dice.below(20);
            return true;
    }
    if (!next) return false;
    expect_conserved(world.seats, *next);
    world.seats = *next;
    return true;
}

TEST(SeatCountProperty, KeepsItsSumAndIsNeverNegativeWhateverIsTried) {
    int done = 0;
    int refused = 0;
    int cut = 0;
    for (const auto seed : tests::seeds(300)) {
        SCOPED_TRACE("MADO_SEED=" + std::to_string(seed));
        Dice dice(seed);
        World world{{dice.below(12), 0, 0}, {}};
        for (int step = 0; step < 200; ++step) {
            (try_one(world, dice) ? done : refused) += 1;
            cut += world.seats.capacity() > world.seats.target ? 1 : 0;
            expect_sound(world);
            if (testing::Test::HasFailure()) return;
        }
    }
    EXPECT_GT(done, 20'000);
    EXPECT_GT(refused, 5'000) << "the operations no longer try what does not fit";
    EXPECT_GT(cut, 2'000) << "slots are no longer cut below what is booked and held";
}

}  // namespace
}  // namespace mado

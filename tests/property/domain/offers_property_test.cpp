#include "shared/domain/offers.h"
#include "tests/support/builders.h"
#include "tests/support/dice.h"

#include <array>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace mado {
namespace {

using tests::Dice;
using tests::in_days;

constexpr std::array kVaccineCodes = {"pfizer", "moderna", "astrazeneca", "novavax", "sputnik"};

Slot some_slot(Dice& dice, int id) {
    Slot slot = tests::a_slot(id, in_days(dice.between(-2, 40)));
    slot.venue = VenueId(dice.between(1, 4));
    slot.starts = TimeOfDay(dice.between(0, 95) * 15);
    slot.vaccine = tests::a_vaccine_code(dice.pick(kVaccineCodes));
    const int target = dice.below(30);
    const int booked = dice.below(target + 2);
    slot.seats = tests::seats(target, booked, dice.below(3));
    return slot;
}

Resident some_resident(Dice& dice) {
    const std::array born = {19390614, 19800229, 19810706, 20090720, 20150101};
    Resident resident{PersonId(1), Personal(tests::a_birth_date(dice.pick(born))), {}, true};
    if (dice.percent(50)) {
        resident.last_dose = DoseRecord{1, in_days(dice.between(-40, 0)),
                                        tests::a_vaccine_code(dice.pick(kVaccineCodes))};
    }
    return resident;
}

struct World {
    Resident resident;
    Standing standing;
    SlotTable slots;
    OfferList list;
};

std::optional<World> some_world(Dice& dice) {
    World world{some_resident(dice), AskStaff{}, {}, {}};
    world.standing = standing_of(world.resident, {}, tests::vaccines(), tests::today());
    if (!std::holds_alternative<MayBook>(world.standing)) return {};
    for (int id = 1; id <= 60; ++id)
        world.slots.emplace(SlotId(id), some_slot(dice, id));
    world.list = list_offers(
        world.resident, std::get<MayBook>(world.standing).wish, world.slots, tests::venues(),
        tests::vaccines(), [](const Slot& slot) { return slot.seats.free(); }, tests::now());
    return world;
}

// Nothing refused is offered, and nothing that could be taken is kept back.
void expect_exactly_what_may_be_taken(const World& world) {
    std::set<SlotId> offered;
    for (const Offer& offer : world.list.offers) {
        offered.insert(offer.slot.id);
        EXPECT_GT(offer.seats, 0);
    }
    for (const auto& [id, slot] : world.slots) {
        const bool refused =
            refusal_of(world.resident, world.standing, slot, tests::vaccines(), tests::now())
                .has_value();
        const bool takeable = !refused && slot.seats.free() > 0 && slot.venue <= VenueId(3);
        EXPECT_EQ(offered.contains(id), takeable) << "slot " << id.text();
    }
}

// The interval, the vaccine and the age, said anew and apart from the code under test.
void expect_the_rules_kept(const World& world) {
    for (const Offer& offer : world.list.offers) {
        const Vaccine vaccine = tests::vaccines().at(offer.slot.vaccine);
        EXPECT_GE(instant_in_japan(offer.slot.date, offer.slot.starts), tests::now());
        EXPECT_GE(*world.resident.birth_date.reveal().age_on(in_days(1) +
                                                             (offer.slot.date - tests::today())),
                  vaccine.age_min);
        if (!world.resident.last_dose) continue;
        EXPECT_EQ(offer.slot.vaccine, world.resident.last_dose->vaccine);
        EXPECT_GE((offer.slot.date - world.resident.last_dose->date).count(),
                  vaccine.interval_earliest);
    }
}

// Whatever way leads to a time, it leads to an offer of the list.
void expect_choosing_leads_to_offers(const World& world, Dice& dice) {
    const std::set<SlotId> offered = [&] {
        std::set<SlotId> ids;
        for (const Offer& offer : world.list.offers)
            ids.insert(offer.slot.id);
        return ids;
    }();
    const auto& wish = std::get<MayBook>(world.standing).wish;
    const int count_max = dice.between(1, 6);
    const auto first = first_offers(world.list, wish, count_max);
    EXPECT_LE(static_cast<int>(first.size()), count_max);
    EXPECT_EQ(first.empty(), world.list.offers.empty());
    for (const Offer& offer : first)
        EXPECT_TRUE(offered.contains(offer.slot.id));

    std::set<SlotId> reached;
    for (const VenueOffer& venue : venue_offers(world.list)) {
        for (const auto month : months_of(world.list, venue.venue.id)) {
            for (const DayOffer& day : month_of(world.list, venue.venue.id, month)) {
                const auto times = times_of(world.list, venue.venue.id, day.date);
                const bool open = day.mark == DayMark::Many || day.mark == DayMark::Few;
                EXPECT_EQ(times.empty(), !open);
                for (const Offer& offer : times)
                    reached.insert(offer.slot.id);
            }
        }
    }
    EXPECT_EQ(reached, offered);
}

TEST(OffersProperty, HoldNothingThatWouldBeRefusedAndAllThatWouldNot) {
    std::size_t offers = 0;
    int second_doses = 0;
    for (const auto seed : tests::seeds(400)) {
        SCOPED_TRACE("MADO_SEED=" + std::to_string(seed));
        Dice dice(seed);
        const auto world = some_world(dice);
        if (!world) continue;
        expect_exactly_what_may_be_taken(*world);
        expect_the_rules_kept(*world);
        expect_choosing_leads_to_offers(*world, dice);
        offers += world->list.offers.size();
        const bool second = world->resident.last_dose && !world->list.offers.empty();
        if (second) ++second_doses;
        if (HasFailure()) return;
    }
    EXPECT_GT(offers, 2'000U);
    EXPECT_GT(second_doses, 50) << "too few people were offered a second dose";
}

}  // namespace
}  // namespace mado

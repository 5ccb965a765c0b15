#include "shared/domain/offers.h"

#include "tests/support/builders.h"

#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mado {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using tests::a_slot;
using tests::in_days;

DoseWish first_dose(Date date) {
    return {1, date, {}, {}};
}

// Somebody who had dose 1 today at venue 1 at 10:00, and would come on the day that is suggested.
DoseWish second_dose(int suggested = 21, std::optional<TimeOfDay> time = tests::a_time("10:00"),
                     std::optional<VenueId> venue = VenueId(1)) {
    return {2, in_days(19), in_days(suggested), tests::a_vaccine_code(),
            EarlierDose{tests::today(), time, venue}};
}

DoseWish suggesting(int day) {
    return {2, in_days(0), in_days(day), tests::a_vaccine_code()};
}

Slot slot_at(std::int64_t id, std::int64_t venue, int day, const char* starts = "09:30") {
    Slot slot = a_slot(id, in_days(day), starts);
    slot.venue = VenueId(venue);
    return slot;
}

SlotTable table_of(const std::vector<Slot>& slots) {
    SlotTable table;
    for (const Slot& slot : slots)
        table.emplace(slot.id, slot);
    return table;
}

OfferList list_of(const std::vector<Slot>& slots) {
    return list_offers(
        tests::a_resident(), first_dose(tests::today()), table_of(slots), tests::venues(),
        tests::vaccines(), [](const Slot& slot) { return slot.seats.free(); }, tests::now());
}

std::vector<std::int64_t> ids(const std::vector<Offer>& offers) {
    std::vector<std::int64_t> found;
    for (const Offer& offer : offers)
        found.push_back(offer.slot.id.number());
    return found;
}

TEST(Offers, AreSortedByDayTimeAndVenue) {
    const auto list = list_of(
        {slot_at(1, 2, 3), slot_at(2, 1, 3), slot_at(3, 1, 3, "09:00"), slot_at(4, 1, 2, "15:00")});
    EXPECT_THAT(ids(list.offers), ElementsAre(4, 3, 2, 1));
}

TEST(Offers, LeaveOutWhatIsFullRefusedOrNowhere) {
    Slot full = slot_at(1, 1, 3);
    full.seats = tests::seats(10, 6, 4);
    const Slot past = slot_at(2, 1, 0, "08:00");
    const Slot nowhere = slot_at(3, 9, 3);
    Slot closed = slot_at(4, 1, 4);
    closed.seats = tests::seats(0);
    const auto list = list_of({full, past, nowhere, closed});
    EXPECT_THAT(list.offers, IsEmpty());
    EXPECT_EQ(list.days.size(), 1U) << "of these, only the full day is shown as full";
}

TEST(FirstOffers, AreTheEarliestOfEachVenueAndThenOtherDays) {
    const auto list = list_of({slot_at(1, 1, 1), slot_at(2, 1, 1, "10:00"), slot_at(3, 1, 2),
                               slot_at(4, 2, 2), slot_at(5, 3, 9), slot_at(6, 1, 5)});
    EXPECT_THAT(ids(first_offers(list, {}, 3)), ElementsAre(1, 4, 5));
    EXPECT_THAT(ids(first_offers(list, {}, 4)), ElementsAre(1, 4, 6, 5));
    EXPECT_THAT(ids(first_offers(list, {}, 99)), ElementsAre(1, 4, 6, 5));
    EXPECT_THAT(ids(first_offers(list, {}, 2)), ElementsAre(1, 4));
    EXPECT_THAT(first_offers(list, {}, 0), IsEmpty());
    EXPECT_THAT(first_offers(OfferList{}, {}, 3), IsEmpty());
}

TEST(FirstOffers, BeginOnTheSuggestedDay) {
    const auto list = list_of({slot_at(1, 1, 19), slot_at(2, 1, 21), slot_at(3, 2, 20),
                               slot_at(4, 2, 22), slot_at(5, 1, 23)});
    EXPECT_THAT(ids(first_offers(list, suggesting(21), 2)), ElementsAre(2, 4));
}

TEST(FirstOffers, AreTheNearestBeforeWhereNothingIsLater) {
    const auto list = list_of({slot_at(1, 1, 17), slot_at(2, 1, 19), slot_at(3, 2, 18)});
    EXPECT_THAT(ids(first_offers(list, suggesting(21), 2)), ElementsAre(3, 2));
    EXPECT_THAT(ids(first_offers(list, suggesting(21), 1)), ElementsAre(2));
}

TEST(FirstOffers, OfASecondDoseBeginWithTheSameWeekdayAndTime) {
    const auto list =
        list_of({slot_at(1, 1, 20, "10:00"), slot_at(2, 1, 21, "09:00"), slot_at(3, 1, 21, "10:00"),
                 slot_at(4, 2, 21, "10:00"), slot_at(5, 1, 28, "10:00")});
    const auto first = first_offers(list, second_dose(), 3);
    EXPECT_THAT(ids(first), ElementsAre(3, 4, 5)) << "then the others, by their days";
    EXPECT_EQ(likeness_of(first.front(), second_dose()), (Likeness{true, true}));
}

TEST(UsualOffer, IsTheNearestInTimeAtTheSameVenueWhereThatTimeIsFull) {
    const auto list = list_of({slot_at(1, 1, 21, "09:00"), slot_at(2, 1, 21, "10:30"),
                               slot_at(3, 2, 21, "10:00"), slot_at(4, 1, 22, "10:00")});
    const auto usual = usual_offer(list, second_dose());
    EXPECT_EQ(usual->slot.id, SlotId(2));
    EXPECT_EQ(likeness_of(*usual, second_dose()), (Likeness{true, false}));
    EXPECT_EQ(usual_offer(list, second_dose(21, tests::a_time("10:00"), VenueId(2)))->slot.id,
              SlotId(3));
}

TEST(UsualOffer, IsOnTheNearestDayAfterAHolidayAndNotBeforeIt) {
    const auto list = list_of(
        {slot_at(1, 1, 20, "10:00"), slot_at(2, 1, 23, "10:00"), slot_at(3, 1, 28, "10:00")});
    const auto usual = usual_offer(list, second_dose());
    EXPECT_EQ(usual->slot.id, SlotId(2));
    EXPECT_EQ(likeness_of(*usual, second_dose()), (Likeness{false, true}));
}

TEST(UsualOffer, IsTheNearestDayBeforeWhereNothingIsLater) {
    const auto list = list_of({slot_at(1, 1, 19, "10:00"), slot_at(2, 1, 20, "15:00")});
    EXPECT_EQ(usual_offer(list, second_dose())->slot.id, SlotId(2));
}

TEST(UsualOffer, IsOnTheWeekdayOfTheDoseBeforeForWhoComesLate) {
    // The usual day has passed; from Wednesday on, the next Monday is the one.
    const auto list = list_of(
        {slot_at(1, 1, 23, "10:00"), slot_at(2, 1, 27, "10:00"), slot_at(3, 1, 28, "10:00")});
    EXPECT_EQ(usual_offer(list, second_dose(23))->slot.id, SlotId(3));
}

TEST(UsualOffer, IsTheFirstOfItsDayWhereNobodyKnowsTheTime) {
    const auto list = list_of({slot_at(1, 1, 21, "11:00"), slot_at(2, 2, 21, "09:00")});
    const DoseWish wish = second_dose(21, {}, {});
    EXPECT_EQ(usual_offer(list, wish)->slot.id, SlotId(2));
    EXPECT_EQ(likeness_of(*usual_offer(list, wish), wish), (Likeness{true, false}));
}

TEST(UsualOffer, IsNoneForAFirstDoseOrWithoutAnyPlace) {
    EXPECT_FALSE(usual_offer(list_of({slot_at(1, 1, 21)}), first_dose(tests::today())));
    EXPECT_FALSE(usual_offer(OfferList{}, second_dose()));
    EXPECT_THAT(first_offers(list_of({slot_at(1, 1, 21)}), second_dose(), 0), IsEmpty());
}

TEST(VenueOffers, AreOneForEachVenueByItsFirstDay) {
    const auto list = list_of({slot_at(1, 1, 5), slot_at(2, 1, 6), slot_at(3, 2, 2)});
    const auto offers = venue_offers(list);
    ASSERT_EQ(offers.size(), 2U);
    EXPECT_EQ(offers[0].venue.id, VenueId(2));
    EXPECT_EQ(offers[0].first_day, in_days(2));
    EXPECT_EQ(offers[0].seats, 10);
    EXPECT_EQ(offers[1].venue.id, VenueId(1));
    EXPECT_EQ(offers[1].seats, 20);
    EXPECT_EQ(offers[1].vaccine, tests::a_vaccine_code());
}

DayMark mark_with(int target, int booked) {
    Slot slot = slot_at(1, 1, 3);
    slot.seats = tests::seats(target, booked);
    const auto days =
        month_of(list_of({slot}), VenueId(1), std::chrono::year(2021) / std::chrono::July);
    return days.at(7).mark;  // 2021-07-08
}

TEST(MonthOffers, MarkManyFewAndNone) {
    EXPECT_EQ(mark_with(10, 5), DayMark::Many);
    EXPECT_EQ(mark_with(10, 6), DayMark::Few) << "four seats";
    EXPECT_EQ(mark_with(100, 79), DayMark::Many);
    EXPECT_EQ(mark_with(100, 80), DayMark::Few) << "a fifth";
    EXPECT_EQ(mark_with(10, 10), DayMark::None);
    EXPECT_EQ(mark_with(0, 0), DayMark::Closed);
}

TEST(MonthOffers, HoldEveryDayOfTheMonthOfOneVenue) {
    const auto list = list_of({slot_at(1, 1, 3), slot_at(2, 2, 4), slot_at(3, 1, 3, "10:00")});
    const auto days = month_of(list, VenueId(1), std::chrono::year(2021) / std::chrono::July);
    ASSERT_EQ(days.size(), 31U);
    EXPECT_EQ(to_text(days.front().date), "2021-07-01");
    EXPECT_EQ(to_text(days.back().date), "2021-07-31");
    EXPECT_EQ(days[7], (DayOffer{in_days(3), DayMark::Many, 20}));
    EXPECT_EQ(days[8].mark, DayMark::Closed) << "the other venue's";
    EXPECT_EQ(month_of(list, VenueId(1), std::chrono::year(2024) / std::chrono::February).size(),
              29U);
}

TEST(MonthsOffered, RunFromTheFirstToTheLastWithoutGaps) {
    const auto list = list_of({slot_at(1, 1, 10), slot_at(2, 1, 190), slot_at(3, 2, 400)});
    const auto months = months_of(list, VenueId(1));
    ASSERT_EQ(months.size(), 7U);
    EXPECT_EQ(months.front(), std::chrono::year(2021) / std::chrono::July);
    EXPECT_EQ(months.back(), std::chrono::year(2022) / std::chrono::January);
    EXPECT_THAT(months_of(list, VenueId(3)), IsEmpty());
}

TEST(TimesOffered, AreThoseOfOneVenueAndDay) {
    const auto list = list_of(
        {slot_at(1, 1, 3, "11:00"), slot_at(2, 1, 3, "09:00"), slot_at(3, 2, 3), slot_at(4, 1, 4)});
    EXPECT_THAT(ids(times_of(list, VenueId(1), in_days(3))), ElementsAre(2, 1));
}

}  // namespace
}  // namespace mado

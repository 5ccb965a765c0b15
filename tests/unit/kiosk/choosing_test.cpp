// From the conditions to one chosen place.

#include "tests/support/builders.h"
#include "tests/unit/kiosk/kiosk_visit.h"

#include <gtest/gtest.h>

namespace mado::kiosk::tests {
namespace {

using mado::tests::in_days;

TEST(Kiosk, ListsOffersForThePersonAndTheDose) {
    KioskVisit visit = a_visit_declaring();
    visit.when(NextTouched{});
    ASSERT_TRUE(visit.did<ListOffers>());
    EXPECT_EQ(visit.did<ListOffers>()->wish.dose, 1);
    EXPECT_EQ(visit.did<ListOffers>()->resident, mado::tests::a_resident());
    ASSERT_TRUE(visit.shows<ListingOffers>());
    EXPECT_TRUE(visit.shows<ListingOffers>()->declared.reveal().empty());
}

TEST(Kiosk, KeepsWhatWasDeclaredAndTakesItBack) {
    KioskVisit visit = a_visit_declaring();
    EXPECT_TRUE(visit.shows<Declaring>()->declared.reveal().empty()) << "nothing is filled in";
    visit.when(DeclareTouched{Declared::Wheelchair}).when(DeclareTouched{Declared::Companion});
    visit.when(DeclareTouched{Declared::Wheelchair}).when(NextTouched{});
    const Declaration declared{Declared::Companion};
    EXPECT_EQ(visit.shows<ListingOffers>()->declared.reveal(), declared);
    visit.when(BackTouched{});
    EXPECT_EQ(visit.shows<Declaring>()->declared.reveal(), declared);
}

TEST(Kiosk, SuggestsTheEarliestPlacesFirst) {
    const KioskVisit visit = a_visit_suggesting();
    const auto* screen = visit.shows<Suggesting>();
    ASSERT_TRUE(screen);
    ASSERT_EQ(screen->offers.size(), std::size_t{kOffersSuggested});
    for (const Offer& offer : screen->offers)
        EXPECT_EQ(offer.slot.date, in_days(7));
}

TEST(Kiosk, SaysThatNoPlaceIsFree) {
    KioskVisit visit = a_visit_declaring();
    visit.when(NextTouched{});
    visit.when(OffersListed{visit.did<ListOffers>()->question, {}, false});
    EXPECT_TRUE(visit.shows<NoPlace>());
    EXPECT_TRUE(visit.when(FinishTouched{}).shows<Farewell>());
}

TEST(Kiosk, IgnoresOffersThatWereAskedForEarlier) {
    KioskVisit visit = a_visit_declaring();
    visit.when(NextTouched{});
    const QuestionId earlier = visit.did<ListOffers>()->question;
    visit.when(BackTouched{}).when(NextTouched{});
    visit.when(OffersListed{earlier, an_offer_list(), true});
    EXPECT_TRUE(visit.shows<ListingOffers>());
}

TEST(Kiosk, ConfirmsASuggestedPlaceAndGoesBackToTheSuggestions) {
    KioskVisit visit = a_visit_suggesting();
    const Offer offer = visit.shows<Suggesting>()->offers.back();
    visit.when(OfferTouched{offer.slot.id});
    ASSERT_TRUE(visit.shows<ConfirmingBooking>());
    EXPECT_EQ(visit.shows<ConfirmingBooking>()->offer, offer);
    EXPECT_TRUE(visit.when(NoTouched{}).shows<Suggesting>());
}

TEST(Kiosk, TakesNoOfferThatIsNotOnTheScreen) {
    KioskVisit visit = a_visit_suggesting();
    visit.when(OfferTouched{SlotId(999'999)});
    EXPECT_TRUE(visit.shows<Suggesting>());
    EXPECT_TRUE(visit.did_nothing());
}

TEST(Kiosk, LetsAPersonChooseVenueDayAndTime) {
    KioskVisit visit = a_visit_suggesting();
    visit.when(OtherTouched{});
    ASSERT_TRUE(visit.shows<ChoosingVenue>());
    EXPECT_EQ(visit.shows<ChoosingVenue>()->venues.size(), 3u);

    visit.when(VenueTouched{VenueId(2)});
    ASSERT_TRUE(visit.shows<ChoosingDay>());
    EXPECT_EQ(visit.shows<ChoosingDay>()->days.size(), 31u);

    visit.when(DateTouched{in_days(9)});
    ASSERT_TRUE(visit.shows<ChoosingTime>());
    EXPECT_EQ(visit.shows<ChoosingTime>()->times.size(), 24u);
    const Offer wanted = visit.shows<ChoosingTime>()->times.back();

    visit.when(OfferTouched{wanted.slot.id});
    ASSERT_TRUE(visit.shows<ConfirmingBooking>());
    EXPECT_EQ(visit.shows<ConfirmingBooking>()->offer, wanted);
    EXPECT_EQ(visit.shows<ConfirmingBooking>()->offer.slot.venue, VenueId(2));

    ASSERT_TRUE(visit.when(BackTouched{}).shows<ChoosingTime>());
    // The page on which the chosen time stands.
    EXPECT_EQ(visit.shows<ChoosingTime>()->page, (Page{1, 2}));
    EXPECT_TRUE(visit.when(BackTouched{}).shows<ChoosingDay>());
    EXPECT_TRUE(visit.when(BackTouched{}).shows<ChoosingVenue>());
    EXPECT_TRUE(visit.when(BackTouched{}).shows<Suggesting>());
    EXPECT_TRUE(visit.when(BackTouched{}).shows<Declaring>());
}

TEST(Kiosk, TurnsTheCalendarWithinTheMonthsThatHavePlaces) {
    KioskVisit visit = a_visit_suggesting();
    visit.when(OtherTouched{}).when(VenueTouched{VenueId(1)});
    ASSERT_TRUE(visit.shows<ChoosingDay>());
    EXPECT_FALSE(visit.shows<ChoosingDay>()->has_earlier);
    EXPECT_TRUE(visit.shows<ChoosingDay>()->has_later);
    const auto first = visit.shows<ChoosingDay>()->month;

    visit.when(EarlierTouched{});
    EXPECT_EQ(visit.shows<ChoosingDay>()->month, first);
    visit.when(LaterTouched{});
    EXPECT_EQ(visit.shows<ChoosingDay>()->month, first + std::chrono::months(1));
    EXPECT_FALSE(visit.shows<ChoosingDay>()->has_later);
    visit.when(LaterTouched{});
    EXPECT_EQ(visit.shows<ChoosingDay>()->month, first + std::chrono::months(1));
    visit.when(EarlierTouched{});
    EXPECT_EQ(visit.shows<ChoosingDay>()->month, first);
}

TEST(Kiosk, TakesNoDayWithoutPlaces) {
    KioskVisit visit = a_visit_suggesting();
    visit.when(OtherTouched{}).when(VenueTouched{VenueId(1)});
    visit.when(DateTouched{in_days(1)});
    EXPECT_TRUE(visit.shows<ChoosingDay>());
    visit.when(DateTouched{in_days(400)});
    EXPECT_TRUE(visit.shows<ChoosingDay>());
}

TEST(Kiosk, TakesNoVenueWithoutPlaces) {
    KioskVisit visit = a_visit_suggesting();
    visit.when(OtherTouched{}).when(VenueTouched{VenueId(77)});
    EXPECT_TRUE(visit.shows<ChoosingVenue>());
}

TEST(Kiosk, OpensTheCalendarAtTheRecommendedDay) {
    KioskVisit visit = a_visit_looking_up();
    LoggedIn answer = may_book(visit.did<LogIn>()->question, 2);
    std::get<MayBook>(answer.standing).wish.suggested = in_days(30);
    visit.when(answer).when(NextTouched{});
    visit.when(OffersListed{visit.did<ListOffers>()->question, an_offer_list(), true});
    ASSERT_TRUE(visit.shows<Suggesting>());
    EXPECT_EQ(visit.shows<Suggesting>()->offers.front().slot.date, in_days(30));
    visit.when(OtherTouched{}).when(VenueTouched{VenueId(1)});
    ASSERT_TRUE(visit.shows<ChoosingDay>());
    EXPECT_EQ(visit.shows<ChoosingDay>()->month, std::chrono::year(2021) / 8);
}

TEST(Kiosk, TurnsPagesWithinTheirNumber) {
    KioskVisit visit = a_visit_suggesting();
    visit.when(OtherTouched{}).when(VenueTouched{VenueId(1)}).when(DateTouched{in_days(8)});
    ASSERT_TRUE(visit.shows<ChoosingTime>());
    EXPECT_EQ(visit.shows<ChoosingTime>()->page, (Page{0, 2}));
    visit.when(EarlierTouched{});
    EXPECT_EQ(visit.shows<ChoosingTime>()->page.index, 0);
    visit.when(LaterTouched{}).when(LaterTouched{});
    EXPECT_EQ(visit.shows<ChoosingTime>()->page.index, 1);
    const auto* screen = visit.shows<ChoosingTime>();
    EXPECT_EQ(shown_on(screen->times, screen->page, kTimesAPage).size(), 4u);
}

TEST(Pages, ShowEveryItemOnce) {
    const std::vector<int> all{1, 2, 3, 4, 5, 6, 7};
    EXPECT_EQ(shown_on(all, Page{0, 3}, 3).front(), 1);
    EXPECT_EQ(shown_on(all, Page{2, 3}, 3).size(), 1u);
    EXPECT_EQ(shown_on(all, Page{2, 3}, 3).front(), 7);
    EXPECT_TRUE(shown_on(all, Page{3, 3}, 3).empty());
    EXPECT_TRUE(shown_on(std::vector<int>{}, Page{}, 3).empty());
}

}  // namespace
}  // namespace mado::kiosk::tests

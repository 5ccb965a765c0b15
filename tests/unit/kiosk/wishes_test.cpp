// Changing and cancelling a booking at the kiosk.

#include "tests/support/builders.h"
#include "tests/unit/kiosk/kiosk_visit.h"

#include <gmock/gmock.h>

namespace mado::kiosk::tests {
namespace {

KioskVisit a_visit_showing_a_booking() {
    KioskVisit visit = a_visit_looking_up();
    visit.when(has_booking(visit.did<LogIn>()->question, false));
    return visit;
}

KioskVisit a_visit_keeping_a_cancel() {
    KioskVisit visit = a_visit_showing_a_booking();
    visit.when(CancelTouched{}).when(YesTouched{});
    return visit;
}

KioskVisit a_visit_suggesting_a_change() {
    KioskVisit visit = a_visit_showing_a_booking();
    visit.when(ChangeTouched{});
    visit.when(OffersListed{visit.did<ListOffers>()->question, an_offer_list(), true});
    return visit;
}

// As the same booking is shown when its last day for a change has passed.
LoggedIn has_a_late_booking(QuestionId question) {
    LoggedIn answer = has_booking(question, false);
    answer.slip->change_until.reset();
    return answer;
}

TEST(KioskWishes, AsksBeforeItCancels) {
    KioskVisit visit = a_visit_showing_a_booking();
    visit.when(CancelTouched{});
    ASSERT_TRUE(visit.shows<AskingCancel>());
    EXPECT_FALSE(visit.did<Cancel>());
    visit.when(YesTouched{});
    ASSERT_TRUE(visit.shows<KeepingCancel>());
    ASSERT_TRUE(visit.did<Cancel>());
    EXPECT_EQ(visit.did<Cancel>()->booking, as_seen(a_slip().booking));
    EXPECT_EQ(visit.did<Cancel>()->person, a_slip().booking.person);
}

TEST(KioskWishes, WhoDoesNotWantToCancelSeesTheBookingAsItIsNow) {
    for (const Event& no : {Event(NoTouched{}), Event(BackTouched{})}) {
        KioskVisit visit = a_visit_showing_a_booking();
        visit.when(CancelTouched{}).when(no);
        ASSERT_TRUE(visit.shows<LookingUp>());
        visit.when(has_booking(visit.did<LogIn>()->question, false));
        EXPECT_TRUE(visit.shows<ShowingBooking>());
    }
}

TEST(KioskWishes, SaysHowFarTheCancelHasCome) {
    for (const WishProgress progress :
         {WishProgress::Done, WishProgress::OnItsWay, WishProgress::ForStaff}) {
        KioskVisit visit = a_visit_keeping_a_cancel();
        visit.when(CancelKept{visit.did<Cancel>()->question, progress});
        ASSERT_TRUE(visit.shows<CancelTaken>());
        EXPECT_EQ(visit.shows<CancelTaken>()->progress, progress);
        visit.when(FinishTouched{});
        EXPECT_TRUE(visit.shows<Farewell>());
    }
}

TEST(KioskWishes, LooksAgainWhereTheBookingIsNotWhatWasShown) {
    for (const CancelRefusal reason : {CancelRefusal::OtherVersion, CancelRefusal::TooLate}) {
        KioskVisit visit = a_visit_keeping_a_cancel();
        visit.when(CancelRefused{visit.did<Cancel>()->question, reason});
        EXPECT_TRUE(visit.shows<LookingUp>());
        EXPECT_TRUE(visit.did<LogIn>());
    }
}

TEST(KioskWishes, SaysThatTheBookingStandsWhereNothingCouldBeKept) {
    for (const CancelRefusal reason : {CancelRefusal::NotReady, CancelRefusal::StorageFailed}) {
        KioskVisit visit = a_visit_keeping_a_cancel();
        visit.when(CancelRefused{visit.did<Cancel>()->question, reason});
        ASSERT_TRUE(visit.shows<PleaseAskStaff>());
        EXPECT_EQ(visit.shows<PleaseAskStaff>()->reason, StaffReason::NothingChanged);
    }
}

TEST(KioskWishes, NobodyLeavesInTheMiddleOfACancelAndItsSilenceEndsAtStaff) {
    KioskVisit visit = a_visit_keeping_a_cancel();
    const QuestionId question = visit.did<Cancel>()->question;
    visit.when(BackTouched{}).when(FinishTouched{}).when(CallStaffTouched{});
    EXPECT_TRUE(visit.shows<KeepingCancel>());
    EXPECT_FALSE(visit.kiosk().visit.staff_called);
    visit.waits(std::chrono::seconds(30));
    ASSERT_TRUE(visit.shows<PleaseAskStaff>());
    EXPECT_EQ(visit.shows<PleaseAskStaff>()->reason, StaffReason::NoAnswer);
    visit.when(CancelKept{question, WishProgress::Done});
    EXPECT_TRUE(visit.shows<PleaseAskStaff>()) << "too late for this screen";
}

TEST(KioskWishes, AnAnswerToAnotherPersonsCancelIsNothing) {
    KioskVisit visit = a_visit_keeping_a_cancel();
    visit.when(CancelKept{QuestionId(9999), WishProgress::Done});
    EXPECT_TRUE(visit.shows<KeepingCancel>());
    visit.when(CancelRefused{QuestionId(9999), CancelRefusal::TooLate});
    EXPECT_TRUE(visit.shows<KeepingCancel>());
}

TEST(KioskWishes, TakesNoWishOnceTheLastDayHasPassed) {
    KioskVisit visit = a_visit_looking_up();
    visit.when(has_a_late_booking(visit.did<LogIn>()->question));
    visit.when(CancelTouched{}).when(ChangeTouched{});
    ASSERT_TRUE(visit.shows<ShowingBooking>());
    EXPECT_TRUE(visit.did_nothing());
}

TEST(KioskWishes, ChangesNothingThatTheRulesWouldNotBookNow) {
    KioskVisit visit = a_visit_looking_up();
    LoggedIn answer = has_booking(visit.did<LogIn>()->question, false);
    std::get<HasBooking>(answer.standing).change.reset();
    visit.when(answer).when(ChangeTouched{});
    EXPECT_TRUE(visit.shows<ShowingBooking>());
    visit.when(CancelTouched{});
    EXPECT_TRUE(visit.shows<AskingCancel>()) << "to end it is possible all the same";
}

TEST(KioskWishes, OffersEveryPlaceButTheOneThatIsBooked) {
    KioskVisit visit = a_visit_showing_a_booking();
    visit.when(ChangeTouched{});
    ASSERT_TRUE(visit.shows<ListingOffers>()) << "a condition that was declared is not asked again";
    OfferList list = an_offer_list();
    list.offers.front().slot.id = a_slip().slot.id;
    visit.when(OffersListed{visit.did<ListOffers>()->question, list, true});
    ASSERT_TRUE(visit.shows<Suggesting>());
    for (const Offer& offer : visit.shows<Suggesting>()->choice.list.offers)
        EXPECT_NE(offer.slot.id, a_slip().slot.id);
}

TEST(KioskWishes, AChangeNamesTheBookingThatItEnds) {
    KioskVisit visit = a_visit_suggesting_a_change();
    visit.when(OfferTouched{visit.shows<Suggesting>()->offers.front().slot.id}).when(YesTouched{});
    ASSERT_TRUE(visit.did<Book>());
    EXPECT_EQ(visit.did<Book>()->instead_of, as_seen(a_slip().booking));
    visit.when(BookingKept{visit.did<Book>()->question, a_slip(128), WishProgress::ForStaff});
    ASSERT_TRUE(visit.shows<Booked>());
    EXPECT_EQ(visit.shows<Booked>()->earlier, WishProgress::ForStaff);
    EXPECT_TRUE(visit.did<PrintSlip>());
}

TEST(KioskWishes, TakesNoWishWhileTheSlipIsPrinting) {
    KioskVisit visit = a_visit_showing_a_booking();
    visit.when(PrintTouched{});
    const QuestionId job = visit.did<PrintSlip>()->job;
    visit.when(CancelTouched{}).when(ChangeTouched{});
    ASSERT_TRUE(visit.shows<ShowingBooking>());
    visit.when(SlipPrinted{job, a_slip().booking.id}).when(CancelTouched{});
    EXPECT_TRUE(visit.shows<AskingCancel>());
}

TEST(KioskWishes, AFirstBookingEndsNothing) {
    KioskVisit visit = a_visit_keeping_a_booking();
    EXPECT_EQ(visit.did<Book>()->instead_of, std::nullopt);
    EXPECT_FALSE(a_visit_booked().shows<Booked>()->earlier);
}

TEST(KioskWishes, BackFromTheOffersLeadsToTheBookingAsItIsNow) {
    KioskVisit visit = a_visit_suggesting_a_change();
    visit.when(BackTouched{});
    ASSERT_TRUE(visit.shows<LookingUp>());
    visit.when(has_booking(visit.did<LogIn>()->question, false));
    EXPECT_TRUE(visit.shows<ShowingBooking>());
}

TEST(KioskWishes, APlaceThatFilledLeavesTheBookingAndRenewsTheList) {
    KioskVisit visit = a_visit_suggesting_a_change();
    visit.when(OfferTouched{visit.shows<Suggesting>()->offers.front().slot.id}).when(YesTouched{});
    visit.when(BookingRefused{visit.did<Book>()->question, BookingRefusal::NoSeat});
    ASSERT_TRUE(visit.shows<ListingOffers>());
    EXPECT_TRUE(visit.shows<ListingOffers>()->applicant.instead_of);
    EXPECT_EQ(visit.shows<ListingOffers>()->notice, OfferNotice::JustFilled);
}

TEST(KioskWishes, AChangeThatIsNoLongerPossibleLooksAgain) {
    for (const BookingRefusal reason : {BookingRefusal::OtherVersion, BookingRefusal::TooLate}) {
        KioskVisit visit = a_visit_suggesting_a_change();
        visit.when(OfferTouched{visit.shows<Suggesting>()->offers.front().slot.id})
            .when(YesTouched{});
        visit.when(BookingRefused{visit.did<Book>()->question, reason});
        EXPECT_TRUE(visit.shows<LookingUp>());
    }
}

TEST(KioskWishes, AChangeOnAFullDiskSaysThatTheBookingStands) {
    KioskVisit visit = a_visit_suggesting_a_change();
    visit.when(OfferTouched{visit.shows<Suggesting>()->offers.front().slot.id}).when(YesTouched{});
    visit.when(BookingRefused{visit.did<Book>()->question, BookingRefusal::StorageFailed});
    ASSERT_TRUE(visit.shows<PleaseAskStaff>());
    EXPECT_EQ(visit.shows<PleaseAskStaff>()->reason, StaffReason::NothingChanged);
}

TEST(KioskWishes, WhoLeavesInTheMiddleOfAWishLeavesNothing) {
    for (KioskVisit visit : {a_visit_suggesting_a_change(), a_visit_showing_a_booking()}) {
        visit.when(CancelTouched{});
        visit.waits(std::chrono::minutes(3));
        EXPECT_TRUE(visit.shows<Welcome>());
    }
}

}  // namespace
}  // namespace mado::kiosk::tests

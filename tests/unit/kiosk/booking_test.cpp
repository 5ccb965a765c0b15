// Booking once, the slip, and what becomes of both when something fails.

#include "tests/support/builders.h"
#include "tests/unit/kiosk/kiosk_visit.h"

#include <gtest/gtest.h>

namespace mado::kiosk::tests {
namespace {

TEST(Kiosk, BooksWhatWasConfirmed) {
    KioskVisit visit = a_visit_confirming_booking();
    const SlotId slot = visit.shows<ConfirmingBooking>()->offer.slot.id;
    visit.when(YesTouched{});
    ASSERT_TRUE(visit.shows<KeepingBooking>());
    ASSERT_TRUE(visit.did<Book>());
    EXPECT_EQ(visit.did<Book>()->slot, slot);
    EXPECT_TRUE(visit.did<Book>()->declared.empty());
    EXPECT_FALSE(visit.did<PrintSlip>());
}

TEST(Kiosk, BooksOnceHoweverOftenYesIsTouched) {
    KioskVisit visit = a_visit_keeping_a_booking();
    visit.when(YesTouched{});
    EXPECT_TRUE(visit.shows<KeepingBooking>());
    EXPECT_TRUE(visit.did_nothing());
}

TEST(Kiosk, HandsOnWhatWasDeclared) {
    KioskVisit visit = a_visit_declaring();
    visit.when(DeclareTouched{Declared::Condition}).when(DeclareTouched{Declared::HardOfHearing});
    visit.when(NextTouched{});
    visit.when(OffersListed{visit.did<ListOffers>()->question, an_offer_list(), true});
    visit.when(OfferTouched{visit.shows<Suggesting>()->offers.front().slot.id}).when(YesTouched{});
    ASSERT_TRUE(visit.did<Book>());
    EXPECT_EQ(visit.did<Book>()->declared,
              (Declaration{Declared::Condition, Declared::HardOfHearing}));
}

TEST(Kiosk, CannotBeLeftWhileABookingIsBeingKept) {
    KioskVisit visit = a_visit_keeping_a_booking();
    EXPECT_EQ(leave_of(visit.kiosk().screen), Leave::Nothing);
    EXPECT_FALSE(may_call_staff(visit.kiosk().screen));
    visit.when(BackTouched{}).when(FinishTouched{}).when(CallStaffTouched{});
    EXPECT_TRUE(visit.shows<KeepingBooking>());
    EXPECT_FALSE(visit.kiosk().visit.staff_called);
}

TEST(Kiosk, PrintsTheSlipOnceTheBookingIsKept) {
    const KioskVisit visit = a_visit_booked();
    ASSERT_TRUE(visit.shows<Booked>());
    EXPECT_EQ(visit.shows<Booked>()->printing, SlipState::Printing);
    ASSERT_TRUE(visit.did<PrintSlip>());
    EXPECT_EQ(visit.did<PrintSlip>()->slip, a_slip());
    EXPECT_EQ(visit.did<PrintSlip>()->job, visit.shows<Booked>()->job);
}

TEST(Kiosk, PrintsInTheLanguageOfTheVisit) {
    KioskVisit visit;
    visit.when(LanguageTouched{Language::English}).when(StartTouched{});
    visit.scans(mado::tests::a_ticket()).enters_birth(Era::Showa, 14, 6, 14).when(YesTouched{});
    visit.when(has_booking(visit.did<LogIn>()->question, true)).when(PrintTouched{});
    ASSERT_TRUE(visit.did<PrintSlip>());
    EXPECT_EQ(visit.did<PrintSlip>()->language, Language::English);
}

TEST(Kiosk, SaysAndNotesThatTheSlipWasPrinted) {
    KioskVisit visit = a_visit_booked();
    visit.when(SlipPrinted{visit.shows<Booked>()->job, a_slip().booking.id});
    EXPECT_EQ(visit.shows<Booked>()->printing, SlipState::Printed);
    ASSERT_TRUE(visit.did<NoteSlip>());
    EXPECT_TRUE(visit.did<NoteSlip>()->printed);
    EXPECT_EQ(visit.did<NoteSlip>()->booking, a_slip().booking.id);
    EXPECT_FALSE(visit.when(PrintTouched{}).did<PrintSlip>());
}

TEST(Kiosk, ShowsTheShortNumberWhenThePrinterFailsAndMayTryAgain) {
    KioskVisit visit = a_visit_booked();
    const QuestionId job = visit.shows<Booked>()->job;
    visit.when(SlipNotPrinted{job, a_slip().booking.id, PrinterTrouble::NoPaper});
    ASSERT_TRUE(visit.shows<Booked>());
    EXPECT_EQ(visit.shows<Booked>()->printing, SlipState::Failed);
    EXPECT_EQ(visit.kiosk().printer_trouble, PrinterTrouble::NoPaper) << "staff can put it right";
    ASSERT_TRUE(visit.did<NoteSlip>());
    EXPECT_FALSE(visit.did<NoteSlip>()->printed);

    visit.when(PrintTouched{});
    EXPECT_TRUE(visit.did<PrintSlip>());
    EXPECT_EQ(visit.shows<Booked>()->printing, SlipState::Printing);
    EXPECT_FALSE(visit.when(PrintTouched{}).did<PrintSlip>());
}

TEST(Kiosk, KnowsOfAPrinterThatFailedUntilSomethingComesOut) {
    KioskVisit visit = a_visit_booked();
    const QuestionId job = visit.shows<Booked>()->job;
    visit.when(SlipNotPrinted{job, a_slip().booking.id, PrinterTrouble::Open});
    visit.when(FinishTouched{}).waits(visit.kiosk().settings.farewell);
    ASSERT_TRUE(visit.shows<Welcome>());
    EXPECT_EQ(visit.kiosk().printer_trouble, PrinterTrouble::Open) << "it is the kiosk's, not hers";
    visit.when(SlipPrinted{job, a_slip().booking.id});
    EXPECT_EQ(visit.kiosk().printer_trouble, std::nullopt);
}

TEST(Kiosk, IgnoresTheOutcomeOfAnEarlierJobOnTheScreenAndStillNotesIt) {
    KioskVisit visit = a_visit_booked();
    const QuestionId first = visit.shows<Booked>()->job;
    visit.when(SlipNotPrinted{first, a_slip().booking.id}).when(PrintTouched{});
    visit.when(SlipPrinted{first, a_slip().booking.id});
    EXPECT_EQ(visit.shows<Booked>()->printing, SlipState::Printing);
    EXPECT_TRUE(visit.did<NoteSlip>());
}

TEST(Kiosk, NotesASlipThatCameOutAfterThePersonHadLeft) {
    KioskVisit visit = a_visit_booked();
    const QuestionId job = visit.shows<Booked>()->job;
    visit.when(FinishTouched{}).when(FinishTouched{});
    ASSERT_TRUE(visit.shows<Welcome>());
    visit.when(SlipPrinted{job, a_slip().booking.id});
    EXPECT_TRUE(visit.shows<Welcome>());
    ASSERT_TRUE(visit.did<NoteSlip>());
    EXPECT_TRUE(visit.did<NoteSlip>()->printed);
}

TEST(Kiosk, OffersASlipThatIsOwed) {
    KioskVisit visit = a_visit_looking_up();
    visit.when(has_booking(visit.did<LogIn>()->question, true));
    ASSERT_TRUE(visit.shows<ShowingBooking>());
    EXPECT_TRUE(visit.shows<ShowingBooking>()->slip_owed);
    visit.when(PrintTouched{});
    EXPECT_TRUE(visit.did<PrintSlip>());
    EXPECT_FALSE(visit.when(PrintTouched{}).did<PrintSlip>());
    visit.when(SlipPrinted{visit.shows<ShowingBooking>()->job, a_slip().booking.id});
    EXPECT_EQ(visit.shows<ShowingBooking>()->printing, SlipState::Printed);
    EXPECT_TRUE(visit.when(PrintTouched{}).did<PrintSlip>());
}

TEST(Kiosk, RenewsTheListWhenAPlaceFilledAndLosesNothing) {
    for (const BookingRefusal reason :
         {BookingRefusal::NoSeat, BookingRefusal::SlotUnknown, BookingRefusal::SlotPast}) {
        KioskVisit visit = a_visit_keeping_a_booking();
        visit.when(BookingRefused{visit.did<Book>()->question, reason});
        ASSERT_TRUE(visit.shows<ListingOffers>());
        ASSERT_TRUE(visit.did<ListOffers>());
        visit.when(OffersListed{visit.did<ListOffers>()->question, an_offer_list(), true});
        ASSERT_TRUE(visit.shows<Suggesting>());
        EXPECT_EQ(visit.shows<Suggesting>()->choice.notice, OfferNotice::JustFilled);

        visit.when(OfferTouched{visit.shows<Suggesting>()->offers.front().slot.id});
        EXPECT_FALSE(visit.shows<ConfirmingBooking>()->choice.notice.has_value());
    }
}

TEST(Kiosk, RenewsTheListWhenAPlaceIsNotPossibleAnyMore) {
    KioskVisit visit = a_visit_keeping_a_booking();
    visit.when(BookingRefused{visit.did<Book>()->question, BookingRefusal::TooEarly});
    ASSERT_TRUE(visit.shows<ListingOffers>());
    EXPECT_EQ(visit.shows<ListingOffers>()->notice, OfferNotice::NotPossible);
}

TEST(Kiosk, SaysThatThePlaceFilledEvenWhenNoneIsLeft) {
    KioskVisit visit = a_visit_keeping_a_booking();
    visit.when(BookingRefused{visit.did<Book>()->question, BookingRefusal::NoSeat});
    visit.when(OffersListed{visit.did<ListOffers>()->question, {}, true});
    ASSERT_TRUE(visit.shows<NoPlace>());
    EXPECT_EQ(visit.shows<NoPlace>()->notice, OfferNotice::JustFilled);
}

TEST(Kiosk, LooksAgainWhenAnotherBookingHasAppeared) {
    KioskVisit visit = a_visit_keeping_a_booking();
    visit.when(BookingRefused{visit.did<Book>()->question, BookingRefusal::AlreadyBooked});
    ASSERT_TRUE(visit.shows<LookingUp>());
    ASSERT_TRUE(visit.did<LogIn>());
    EXPECT_EQ(visit.did<LogIn>()->ticket.reveal(), mado::tests::a_ticket());
    visit.when(has_booking(visit.did<LogIn>()->question, false));
    EXPECT_TRUE(visit.shows<ShowingBooking>());
}

TEST(Kiosk, SaysThatNothingWasBookedWhenTheDiskIsFull) {
    KioskVisit visit = a_visit_keeping_a_booking();
    visit.when(BookingRefused{visit.did<Book>()->question, BookingRefusal::StorageFailed});
    ASSERT_TRUE(visit.shows<PleaseAskStaff>());
    EXPECT_EQ(visit.shows<PleaseAskStaff>()->reason, StaffReason::StorageFailed);
    EXPECT_FALSE(visit.did<PrintSlip>());
}

TEST(Kiosk, IgnoresAnAnswerAboutAnotherBooking) {
    KioskVisit visit = a_visit_keeping_a_booking();
    const QuestionId earlier = visit.did<Book>()->question;
    visit.when(BookingRefused{earlier, BookingRefusal::NoSeat});
    visit.when(OffersListed{visit.did<ListOffers>()->question, an_offer_list(), true});
    visit.when(OfferTouched{visit.shows<Suggesting>()->offers.front().slot.id}).when(YesTouched{});

    visit.when(BookingKept{earlier, a_slip()});
    EXPECT_TRUE(visit.shows<KeepingBooking>());
    EXPECT_FALSE(visit.did<PrintSlip>());
    visit.when(BookingRefused{earlier, BookingRefusal::StorageFailed});
    EXPECT_TRUE(visit.shows<KeepingBooking>());
}

TEST(Kiosk, SendsAPersonToStaffWhenNoAnswerComesAboutABooking) {
    KioskVisit visit = a_visit_keeping_a_booking();
    const QuestionId question = visit.did<Book>()->question;
    visit.waits(std::chrono::seconds(29));
    EXPECT_TRUE(visit.shows<KeepingBooking>());
    visit.waits(std::chrono::seconds(1));
    ASSERT_TRUE(visit.shows<PleaseAskStaff>());
    EXPECT_EQ(visit.shows<PleaseAskStaff>()->reason, StaffReason::NoAnswer);
    // The slip is owed: the next log-in offers it, since nobody may stand here any more.
    EXPECT_FALSE(visit.when(BookingKept{question, a_slip()}).did<PrintSlip>());
}

}  // namespace
}  // namespace mado::kiosk::tests

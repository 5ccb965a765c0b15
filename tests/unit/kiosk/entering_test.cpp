// From the welcome to the log-in: language, ticket, date of birth, and what the roster says.

#include "tests/support/builders.h"
#include "tests/unit/kiosk/kiosk_visit.h"

#include <gtest/gtest.h>

namespace mado::kiosk::tests {
namespace {

using mado::tests::a_date;
using mado::tests::a_ticket;
using mado::tests::a_town;
using mado::tests::in_days;

TEST(Kiosk, IsOutOfServiceUntilItsDeviceIsReady) {
    const Kiosk fresh;
    EXPECT_TRUE(std::holds_alternative<OutOfService>(fresh.screen));

    KioskVisit visit;
    EXPECT_TRUE(visit.shows<Welcome>());
    visit.when(ServiceChanged{false, true, {}});
    EXPECT_TRUE(visit.shows<OutOfService>());
    visit.when(StartTouched{});
    EXPECT_TRUE(visit.shows<OutOfService>());
    visit.when(ServiceChanged{true, false, a_town()});
    EXPECT_TRUE(visit.shows<Welcome>());
}

TEST(Kiosk, IsNotReadyBeforeItKnowsItsTown) {
    const Step next = step(Kiosk{}, ServiceChanged{true, true, {}}, mado::tests::now());
    EXPECT_TRUE(std::holds_alternative<OutOfService>(next.kiosk.screen));
}

TEST(Kiosk, KnowsWhetherItsClockIsWrong) {
    KioskVisit visit;
    visit.when(ServiceChanged{true, true, a_town(), true});
    EXPECT_TRUE(visit.kiosk().clock_wrong);
    visit.when(ServiceChanged{true, true, a_town()});
    EXPECT_FALSE(visit.kiosk().clock_wrong);
}

TEST(Kiosk, TellsStaffOfWhatWaitsForThemOrForTheNetwork) {
    KioskVisit visit;
    const Instant since = mado::tests::now();
    const Backlog all{3, since, 1, since};
    visit.when(ServiceChanged{true, false, a_town(), false, all});
    EXPECT_EQ(visit.kiosk().backlog, all);
    visit.when(ServiceChanged{true, true, a_town(), false, all});
    EXPECT_EQ(visit.kiosk().backlog, (Backlog{0, {}, 1, since})) << "the others are on their way";
}

TEST(Kiosk, LetsAVisitGoOnWhenTheServiceGoesAndClosesAfterIt) {
    KioskVisit visit = a_visit_suggesting();
    visit.when(ServiceChanged{false, false, {}});
    EXPECT_TRUE(visit.shows<Suggesting>());
    visit.waits(std::chrono::minutes(5));
    EXPECT_TRUE(visit.shows<OutOfService>());
}

TEST(Kiosk, KeepsTheLanguageForTheVisitAlone) {
    KioskVisit visit;
    visit.when(LanguageTouched{Language::English}).when(StartTouched{});
    EXPECT_EQ(visit.kiosk().visit.language, Language::English);
    visit.when(BackTouched{});
    EXPECT_TRUE(visit.shows<Welcome>());
    EXPECT_EQ(visit.kiosk().visit.language, Language::Japanese);
}

TEST(Kiosk, ForgetsALanguageThatWasChosenAndLeft) {
    KioskVisit visit;
    visit.when(LanguageTouched{Language::English}).waits(std::chrono::minutes(2));
    EXPECT_EQ(visit.kiosk().visit.language, Language::Japanese);
    EXPECT_FALSE(wake_at(visit.kiosk()).has_value());
}

TEST(Kiosk, OpensTheCameraForAScanAndForgetsThePictureAfterIt) {
    KioskVisit visit;
    visit.when(StartTouched{});
    ASSERT_TRUE(visit.did<OpenCamera>());
    EXPECT_EQ(visit.did<OpenCamera>()->use, CameraUse::Read);

    visit.scans(a_ticket());
    ASSERT_TRUE(visit.shows<AskingEra>());
    EXPECT_EQ(visit.shows<AskingEra>()->ticket.reveal(), a_ticket());
    EXPECT_TRUE(visit.did<ForgetCapture>());
    EXPECT_TRUE(visit.did<CloseCamera>());
}

TEST(Kiosk, IgnoresATicketThatTheVisitorBeforeHeldUp) {
    KioskVisit visit;
    visit.when(StartTouched{});
    const QuestionId before = visit.camera();
    visit.when(BackTouched{}).when(StartTouched{});

    visit.when(TicketScanned{before, Personal(a_ticket())});

    EXPECT_TRUE(visit.shows<Scanning>());
    EXPECT_TRUE(visit.did_nothing());
}

TEST(Kiosk, IgnoresATicketWhereNoneIsAskedFor) {
    KioskVisit visit;
    visit.when(StartTouched{});
    const QuestionId camera = visit.camera();
    visit.scans(a_ticket());
    visit.when(TicketScanned{camera, Personal(a_ticket("0000999999"))});
    ASSERT_TRUE(visit.shows<AskingEra>());
    EXPECT_EQ(visit.shows<AskingEra>()->ticket.reveal(), a_ticket());
}

TEST(Kiosk, SaysWhatIsWrongWithACodeAndGoesOnLooking) {
    KioskVisit visit;
    visit.when(StartTouched{});
    for (const TicketError why :
         {TicketError::NotATicket, TicketError::Damaged, TicketError::UnknownMunicipality,
          TicketError::OutsideServiceArea, TicketError::ZeroNumber}) {
        visit.scans(why);
        ASSERT_TRUE(visit.shows<Scanning>());
        EXPECT_EQ(visit.shows<Scanning>()->problem, why);
    }
    visit.scans(a_ticket());
    EXPECT_TRUE(visit.shows<AskingEra>());
}

TEST(Kiosk, ShowsHintsWhileItReads) {
    KioskVisit visit;
    visit.when(StartTouched{});
    visit.when(ScanHinted{visit.camera(), ScanHint::ComeCloser});
    ASSERT_TRUE(visit.shows<Scanning>());
    EXPECT_EQ(visit.shows<Scanning>()->hint, ScanHint::ComeCloser);
}

TEST(Kiosk, OffersTheKeypadWhenTheCameraFails) {
    KioskVisit visit;
    visit.when(StartTouched{});
    visit.when(CameraFailed{visit.camera()});
    ASSERT_TRUE(visit.shows<Scanning>());
    EXPECT_TRUE(visit.shows<Scanning>()->camera_failed);
    visit.when(CameraWorks{visit.camera()});
    EXPECT_FALSE(visit.shows<Scanning>()->camera_failed);
    visit.when(TypeNumberTouched{});
    EXPECT_TRUE(visit.shows<TypingNumber>());
}

TEST(Kiosk, TakesATypedNumberAsOneOfItsOwnTown) {
    KioskVisit visit;
    visit.when(StartTouched{}).when(TypeNumberTouched{}).types("0000123456");
    ASSERT_TRUE(visit.shows<AskingEra>());
    EXPECT_EQ(visit.shows<AskingEra>()->ticket.reveal(), a_ticket());
}

TEST(Kiosk, SaysThatATypedNumberIsTooShortOrZero) {
    KioskVisit visit;
    visit.when(StartTouched{}).when(TypeNumberTouched{}).types("123");
    ASSERT_TRUE(visit.shows<TypingNumber>());
    EXPECT_EQ(visit.shows<TypingNumber>()->problem, TicketError::Damaged);
    EXPECT_EQ(visit.shows<TypingNumber>()->digits.reveal(), "123");

    visit.when(EraseTouched{}).when(EraseTouched{}).when(EraseTouched{}).when(EraseTouched{});
    EXPECT_EQ(visit.shows<TypingNumber>()->digits.reveal(), "");
    EXPECT_FALSE(visit.shows<TypingNumber>()->problem.has_value());
    visit.types("0000000000");
    EXPECT_EQ(visit.shows<TypingNumber>()->problem, TicketError::ZeroNumber);
}

TEST(Kiosk, TakesNoEleventhDigit) {
    KioskVisit visit;
    visit.when(StartTouched{}).when(TypeNumberTouched{}).types("00001234567");
    ASSERT_TRUE(visit.shows<AskingEra>());
    EXPECT_EQ(visit.shows<AskingEra>()->ticket.reveal(), a_ticket());
}

TEST(Kiosk, AsksForABirthDateWithNothingFilledIn) {
    KioskVisit visit;
    visit.when(StartTouched{}).scans(a_ticket());
    visit.when(EraTouched{Era::Showa});
    ASSERT_TRUE(visit.shows<AskingYear>());
    EXPECT_EQ(visit.shows<AskingYear>()->digits.reveal(), "");
    visit.when(EnterTouched{});
    EXPECT_TRUE(visit.shows<AskingYear>());
}

TEST(Kiosk, ConfirmsABirthDateWithItsAge) {
    const KioskVisit visit = a_visit_confirming_birth();
    const auto* screen = visit.shows<ConfirmingBirth>();
    ASSERT_TRUE(screen);
    EXPECT_EQ(screen->date.reveal().packed(), 19390614);
    EXPECT_EQ(screen->age.reveal(), 82);
    EXPECT_EQ(screen->date.reveal().zodiac(), Zodiac::Rabbit);
}

TEST(Kiosk, TakesAWesternYearFromThoseWhoWantIt) {
    KioskVisit visit;
    visit.when(StartTouched{}).scans(a_ticket());
    visit.enters_birth(std::nullopt, 1939, 6, 14);
    ASSERT_TRUE(visit.shows<ConfirmingBirth>());
    EXPECT_EQ(visit.shows<ConfirmingBirth>()->date.reveal().packed(), 19390614);
}

TEST(Kiosk, TakesTheFirstYearOfAnEraByItsName) {
    KioskVisit visit;
    visit.when(StartTouched{}).scans(a_ticket());
    visit.when(EraTouched{Era::Taisho}).when(FirstYearTouched{});
    ASSERT_TRUE(visit.shows<AskingMonth>());
    EXPECT_EQ(visit.shows<AskingMonth>()->birth.reveal().year, 1);
}

TEST(Kiosk, GoesOnOnceAYearHasAllItsDigits) {
    KioskVisit visit;
    visit.when(StartTouched{}).scans(a_ticket());
    visit.when(EraTouched{Era::Showa}).when(DigitTouched{1});
    ASSERT_TRUE(visit.shows<AskingYear>()) << "it may be year 1";
    visit.when(DigitTouched{4});
    ASSERT_TRUE(visit.shows<AskingMonth>());
    EXPECT_EQ(visit.shows<AskingMonth>()->birth.reveal().year, 14);

    // Back, there is room for no further digit: nothing is entered anew.
    visit.when(BackTouched{}).when(DigitTouched{5});
    ASSERT_TRUE(visit.shows<AskingYear>());
    EXPECT_EQ(visit.shows<AskingYear>()->digits.reveal(), "14");
    visit.when(EraseTouched{}).when(DigitTouched{5});
    ASSERT_TRUE(visit.shows<AskingMonth>());
    EXPECT_EQ(visit.shows<AskingMonth>()->birth.reveal().year, 15);
}

TEST(Kiosk, KnowsNoFirstYearInTheWesternCalendar) {
    KioskVisit visit;
    visit.when(StartTouched{}).scans(a_ticket());
    visit.when(EraTouched{std::nullopt}).when(FirstYearTouched{});
    EXPECT_TRUE(visit.shows<AskingYear>());
}

TEST(Kiosk, SaysWhichYearsAnEraHas) {
    KioskVisit visit;
    visit.when(StartTouched{}).scans(a_ticket());
    visit.when(EraTouched{Era::Showa}).types("65");
    ASSERT_TRUE(visit.shows<AskingYear>());
    ASSERT_TRUE(visit.shows<AskingYear>()->years.has_value());
    EXPECT_EQ(visit.shows<AskingYear>()->years->last, 64);
    visit.when(EraseTouched{});
    EXPECT_FALSE(visit.shows<AskingYear>()->years.has_value());
    visit.when(EraseTouched{}).types("0");
    EXPECT_TRUE(visit.shows<AskingYear>()->years.has_value());
}

TEST(Kiosk, SaysWhichWesternYearsThereAre) {
    KioskVisit visit;
    visit.when(StartTouched{}).scans(a_ticket());
    visit.when(EraTouched{std::nullopt}).types("2022");
    ASSERT_TRUE(visit.shows<AskingYear>());
    ASSERT_TRUE(visit.shows<AskingYear>()->years.has_value());
    EXPECT_EQ(visit.shows<AskingYear>()->years->last, 2021);
}

TEST(Kiosk, SaysWhyABirthDateIsImpossibleAndAsksAgain) {
    KioskVisit visit;
    visit.when(StartTouched{}).scans(a_ticket());
    visit.enters_birth(Era::Showa, 64, 2, 30);
    ASSERT_TRUE(visit.shows<BirthImpossible>());
    EXPECT_EQ(visit.shows<BirthImpossible>()->why, BirthDateError::NoSuchDay);
    visit.when(AgainTouched{});
    ASSERT_TRUE(visit.shows<AskingEra>());
    EXPECT_EQ(visit.shows<AskingEra>()->ticket.reveal(), a_ticket());

    visit.enters_birth(Era::Showa, 64, 2, 3);
    ASSERT_TRUE(visit.shows<BirthImpossible>());
    EXPECT_EQ(visit.shows<BirthImpossible>()->why, BirthDateError::NotInThatEra);
    visit.when(BackTouched{});
    EXPECT_TRUE(visit.shows<AskingDay>());
}

TEST(Kiosk, TakesBothNamesOfTheDayOnWhichAnEraChanged) {
    for (const auto& [era, year] : {std::pair(Era::Meiji, 45), std::pair(Era::Taisho, 1)}) {
        KioskVisit visit;
        visit.when(StartTouched{}).scans(a_ticket());
        visit.enters_birth(era, year, 7, 30);
        ASSERT_TRUE(visit.shows<ConfirmingBirth>());
        EXPECT_EQ(visit.shows<ConfirmingBirth>()->date.reveal().packed(), 19120730);
    }
}

TEST(Kiosk, GoesBackOneQuestionAtATime) {
    KioskVisit visit = a_visit_confirming_birth();
    EXPECT_TRUE(visit.when(BackTouched{}).shows<AskingDay>());
    EXPECT_TRUE(visit.when(BackTouched{}).shows<AskingMonth>());
    ASSERT_TRUE(visit.when(BackTouched{}).shows<AskingYear>());
    EXPECT_EQ(visit.shows<AskingYear>()->digits.reveal(), "14");
    EXPECT_TRUE(visit.when(BackTouched{}).shows<AskingEra>());
    EXPECT_TRUE(visit.when(BackTouched{}).shows<Scanning>());
    EXPECT_TRUE(visit.when(BackTouched{}).shows<Welcome>());
}

TEST(Kiosk, DoesNotSendAPersonOnWhoCameBackFromATicketThatStillLiesThere) {
    KioskVisit visit;
    visit.when(StartTouched{}).scans(a_ticket()).when(BackTouched{});
    visit.scans(a_ticket());
    EXPECT_TRUE(visit.shows<Scanning>());
    visit.waits(kReadAgainAfter).scans(a_ticket());
    EXPECT_TRUE(visit.shows<AskingEra>());

    visit.when(BackTouched{}).scans(a_ticket("0000999999"));
    EXPECT_TRUE(visit.shows<AskingEra>());
}

TEST(Kiosk, ReadsTheSameTicketAtOnceWhenAskedTo) {
    KioskVisit visit = a_visit_looking_up();
    visit.when(LoginRefused{visit.did<LogIn>()->question, LoginRefusal::NoMatch});
    visit.when(ScanInsteadTouched{}).scans(a_ticket());
    EXPECT_TRUE(visit.shows<AskingEra>());
}

TEST(Kiosk, TakesNoMonthOrDayThatIsNone) {
    KioskVisit visit;
    visit.when(StartTouched{}).scans(a_ticket());
    visit.when(EraTouched{Era::Showa}).types("14");
    EXPECT_TRUE(visit.when(MonthTouched{0}).shows<AskingMonth>());
    EXPECT_TRUE(visit.when(MonthTouched{13}).shows<AskingMonth>());
    EXPECT_TRUE(visit.when(MonthTouched{6}).shows<AskingDay>());
    EXPECT_TRUE(visit.when(DayTouched{0}).shows<AskingDay>());
    EXPECT_TRUE(visit.when(DayTouched{32}).shows<AskingDay>());
}

TEST(Kiosk, LogsInWithTheTicketAndTheDateThatWereConfirmed) {
    const KioskVisit visit = a_visit_looking_up();
    ASSERT_TRUE(visit.did<LogIn>());
    EXPECT_EQ(visit.did<LogIn>()->ticket.reveal(), a_ticket());
    EXPECT_EQ(visit.did<LogIn>()->birth_date.reveal().packed(), 19390614);
    EXPECT_EQ(visit.shows<LookingUp>()->question, visit.did<LogIn>()->question);
}

TEST(Kiosk, LogsInOnceHoweverOftenYesIsTouched) {
    KioskVisit visit = a_visit_looking_up();
    visit.when(YesTouched{});
    EXPECT_TRUE(visit.shows<LookingUp>());
    EXPECT_TRUE(visit.did_nothing());
}

TEST(Kiosk, AsksForTheDateAgainWhenItIsNotRight) {
    KioskVisit visit = a_visit_confirming_birth();
    EXPECT_TRUE(visit.when(NoTouched{}).shows<AskingEra>());
}

TEST(Kiosk, IgnoresAnAnswerToTheVisitorBefore) {
    KioskVisit visit = a_visit_looking_up();
    const QuestionId earlier = visit.shows<LookingUp>()->question;
    visit.when(BackTouched{}).when(YesTouched{});

    visit.when(may_book(earlier));
    EXPECT_TRUE(visit.shows<LookingUp>());
    visit.when(LoginRefused{earlier, LoginRefusal::NoMatch});
    EXPECT_TRUE(visit.shows<LookingUp>());
    EXPECT_EQ(visit.kiosk().visit.misses, 0);
}

TEST(Kiosk, CallsStaffAtTheThirdMissOfAVisit) {
    KioskVisit visit = a_visit_looking_up();
    for (int miss = 1; miss < kMissesMax; ++miss) {
        visit.when(LoginRefused{visit.did<LogIn>()->question, LoginRefusal::NoMatch});
        ASSERT_TRUE(visit.shows<NotMatched>());
        visit.when(AgainTouched{}).enters_birth(Era::Showa, 14, 6, 14).when(YesTouched{});
    }
    visit.when(LoginRefused{visit.did<LogIn>()->question, LoginRefusal::NoMatch});
    ASSERT_TRUE(visit.shows<PleaseAskStaff>());
    EXPECT_EQ(visit.shows<PleaseAskStaff>()->reason, StaffReason::TooManyMisses);
}

TEST(Kiosk, CountsMissesPerVisit) {
    KioskVisit visit = a_visit_looking_up();
    visit.when(LoginRefused{visit.did<LogIn>()->question, LoginRefusal::NoMatch});
    EXPECT_EQ(visit.kiosk().visit.misses, 1);
    visit.when(BackTouched{}).when(BackTouched{});
    ASSERT_TRUE(visit.shows<Welcome>());
    EXPECT_EQ(visit.kiosk().visit.misses, 0);
}

TEST(Kiosk, SendsALockedTicketToStaff) {
    KioskVisit visit = a_visit_looking_up();
    visit.when(LoginRefused{visit.did<LogIn>()->question, LoginRefusal::Locked});
    ASSERT_TRUE(visit.shows<PleaseAskStaff>());
    EXPECT_EQ(visit.shows<PleaseAskStaff>()->reason, StaffReason::Locked);
}

TEST(Kiosk, SaysWhenTheDeviceCannotLookAnybodyUp) {
    KioskVisit visit = a_visit_looking_up();
    visit.when(LoginRefused{visit.did<LogIn>()->question, LoginRefusal::NotReady});
    ASSERT_TRUE(visit.shows<PleaseAskStaff>());
    EXPECT_EQ(visit.shows<PleaseAskStaff>()->reason, StaffReason::NotReady);
}

TEST(Kiosk, TellsWhenTheIntervalWillBeOverBeforeItAsksOn) {
    KioskVisit visit = a_visit_looking_up();
    visit.when(may_book(visit.did<LogIn>()->question, 2, in_days(12)));
    ASSERT_TRUE(visit.shows<IntervalAhead>());
    EXPECT_EQ(visit.shows<IntervalAhead>()->applicant.wish.not_before, in_days(12));
    visit.when(NextTouched{});
    EXPECT_TRUE(visit.shows<Declaring>());
    EXPECT_TRUE(visit.when(BackTouched{}).shows<IntervalAhead>());
    EXPECT_TRUE(visit.when(BackTouched{}).shows<ConfirmingBirth>());
}

TEST(Kiosk, AsksForConditionsAtOnceWhenTheIntervalIsOver) {
    KioskVisit visit = a_visit_looking_up();
    visit.when(may_book(visit.did<LogIn>()->question, 2));
    EXPECT_TRUE(visit.shows<Declaring>());
}

TEST(Kiosk, ShowsTheBookingThatAPersonHas) {
    KioskVisit visit = a_visit_looking_up();
    visit.when(has_booking(visit.did<LogIn>()->question, false));
    ASSERT_TRUE(visit.shows<ShowingBooking>());
    EXPECT_FALSE(visit.shows<ShowingBooking>()->slip_owed);
    EXPECT_EQ(visit.shows<ShowingBooking>()->holder.slip, a_slip());
    EXPECT_FALSE(visit.did<PrintSlip>());
}

TEST(Kiosk, SendsABookingThatItCannotShowToStaff) {
    KioskVisit visit = a_visit_looking_up();
    LoggedIn answer = has_booking(visit.did<LogIn>()->question, false);
    answer.slip.reset();
    visit.when(answer);
    ASSERT_TRUE(visit.shows<PleaseAskStaff>());
    EXPECT_EQ(visit.shows<PleaseAskStaff>()->reason, StaffReason::BookingUnclear);
}

TEST(Kiosk, SaysThatASeriesIsComplete) {
    KioskVisit visit = a_visit_looking_up();
    const DoseRecord last{2, a_date("2021-06-20"), mado::tests::a_vaccine_code()};
    visit.when(LoggedIn{
        visit.did<LogIn>()->question, mado::tests::a_resident(), Complete{last}, {}, false});
    ASSERT_TRUE(visit.shows<SeriesComplete>());
    EXPECT_EQ(visit.shows<SeriesComplete>()->last, last);
}

TEST(Kiosk, TellsTheHolderOfABadTicketToAskStaffAndNoMore) {
    KioskVisit visit = a_visit_looking_up();
    visit.when(
        LoggedIn{visit.did<LogIn>()->question, mado::tests::a_resident(), AskStaff{}, {}, false});
    ASSERT_TRUE(visit.shows<PleaseAskStaff>());
    EXPECT_EQ(visit.shows<PleaseAskStaff>()->reason, StaffReason::TicketNotGood);
}

}  // namespace
}  // namespace mado::kiosk::tests

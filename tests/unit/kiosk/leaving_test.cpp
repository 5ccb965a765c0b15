// Time-outs, staff, the forgotten ticket, and that a visit leaves nothing behind.

#include "tests/support/builders.h"
#include "tests/unit/kiosk/kiosk_visit.h"

#include <gtest/gtest.h>

namespace mado::kiosk::tests {
namespace {

using std::chrono::seconds;

// A kiosk as it would be had nobody been there, but for its counters.
void expect_forgotten(const Kiosk& kiosk) {
    Kiosk as_new = KioskVisit().kiosk();
    as_new.question_next = kiosk.question_next;
    as_new.active_since = kiosk.active_since;
    EXPECT_TRUE(kiosk == as_new);
}

TEST(Kiosk, WarnsBeforeItsTimeOutAndWipesAfterIt) {
    KioskVisit visit = a_visit_suggesting();
    visit.waits(seconds(59));
    EXPECT_FALSE(visit.kiosk().warning.has_value());
    visit.waits(seconds(1));
    ASSERT_TRUE(visit.kiosk().warning.has_value());
    EXPECT_EQ(visit.kiosk().warning->seconds_left, 20);
    EXPECT_TRUE(visit.shows<Suggesting>());

    visit.waits(seconds(5));
    EXPECT_EQ(visit.kiosk().warning->seconds_left, 15);
    visit.waits(Milliseconds(14'999));
    EXPECT_TRUE(visit.shows<Suggesting>());
    visit.waits(Milliseconds(1));
    EXPECT_TRUE(visit.shows<Welcome>());
    expect_forgotten(visit.kiosk());
}

TEST(Kiosk, LeavesAtLeastTwentySecondsToAnswerWhateverTheSettings) {
    Settings hasty;
    hasty.idle_limit = seconds(10);
    hasty.warning = seconds(1);
    KioskVisit visit(hasty);
    visit.when(StartTouched{}).waits(seconds(29));
    EXPECT_TRUE(visit.shows<Scanning>());
    visit.waits(seconds(1));
    EXPECT_TRUE(visit.shows<Welcome>());
}

TEST(Kiosk, CanBeKeptWaitingWithoutLimit) {
    KioskVisit visit = a_visit_suggesting();
    for (int extension = 0; extension < 50; ++extension) {
        visit.waits(seconds(75));
        ASSERT_TRUE(visit.kiosk().warning.has_value());
        visit.when(ContinueTouched{});
        ASSERT_FALSE(visit.kiosk().warning.has_value());
    }
    EXPECT_TRUE(visit.shows<Suggesting>());
}

TEST(Kiosk, TakesAnyTouchAsAnAnswerToTheWarningAndNothingElse) {
    KioskVisit visit = a_visit_confirming_booking();
    visit.waits(seconds(61));
    ASSERT_TRUE(visit.kiosk().warning.has_value());
    visit.when(YesTouched{});
    EXPECT_FALSE(visit.kiosk().warning.has_value());
    EXPECT_TRUE(visit.shows<ConfirmingBooking>());
    EXPECT_TRUE(visit.did_nothing());
}

TEST(Kiosk, TakesAnySignOfLifeAsAnAnswerToTheWarning) {
    KioskVisit visit = a_visit_suggesting();
    const Kiosk before = visit.kiosk();
    for (int extension = 0; extension < 50; ++extension) {
        visit.waits(seconds(75));
        ASSERT_TRUE(visit.kiosk().warning.has_value());
        visit.when(Stirred{});
        EXPECT_TRUE(visit.did_nothing());
    }
    Kiosk same = visit.kiosk();
    EXPECT_EQ(same.active_since, visit.now());
    same.active_since = before.active_since;
    EXPECT_TRUE(same == before) << "and it does nothing more";
}

TEST(Kiosk, CountsItsTimeFromTheLastSignOfLife) {
    KioskVisit visit = a_visit_suggesting();
    for (int key = 0; key < 20; ++key)
        visit.waits(seconds(59)).when(Stirred{});
    EXPECT_FALSE(visit.kiosk().warning.has_value());
    EXPECT_TRUE(visit.shows<Suggesting>());
}

TEST(Kiosk, LeavesWhatLiesOverAScreenToItsOwnTouches) {
    for (const Event& over : {Event(CallStaffTouched{}), Event(ChooseLanguageTouched{})}) {
        KioskVisit visit = a_visit_suggesting();
        visit.when(over);
        const Visit before = visit.kiosk().visit;
        EXPECT_TRUE(visit.when(Stirred{}).kiosk().visit == before);
    }
}

TEST(Kiosk, IsNotMadeToWaitLongerForTheDeviceByAHandThatStirs) {
    KioskVisit visit = a_visit_keeping_a_booking();
    for (int key = 0; key < 29; ++key)
        visit.waits(seconds(1)).when(Stirred{});
    EXPECT_TRUE(visit.shows<KeepingBooking>());
    visit.waits(seconds(1));
    EXPECT_TRUE(visit.shows<PleaseAskStaff>());
}

TEST(Kiosk, CountsItsTimeFromTheLastTouch) {
    KioskVisit visit;
    visit.when(StartTouched{}).when(TypeNumberTouched{});
    for (int digit = 0; digit < 9; ++digit)
        visit.waits(seconds(50)).when(DigitTouched{digit});
    EXPECT_TRUE(visit.shows<TypingNumber>());
    EXPECT_FALSE(visit.kiosk().warning.has_value());
}

TEST(Kiosk, GoesOnFromTheWarningWhenATicketIsHeldUp) {
    KioskVisit visit;
    visit.when(StartTouched{}).waits(seconds(65));
    ASSERT_TRUE(visit.kiosk().warning.has_value());
    visit.scans(mado::tests::a_ticket());
    EXPECT_TRUE(visit.shows<AskingEra>());
    EXPECT_FALSE(visit.kiosk().warning.has_value());
}

TEST(Kiosk, IsNotKeptAwakeByAWrongCodeThatWasLeftBeforeTheCamera) {
    KioskVisit visit;
    visit.when(StartTouched{});
    for (int second = 0; second < 100; ++second) {
        if (visit.shows<Scanning>()) visit.scans(TicketError::NotATicket);
        visit.waits(seconds(1));
    }
    EXPECT_TRUE(visit.shows<Welcome>());
}

TEST(Kiosk, WipesEvenWhenItsClockIsSetBack) {
    KioskVisit visit = a_visit_suggesting();
    visit.clock_jumps(-std::chrono::hours(24));
    visit.when(Tick{}).waits(seconds(60));
    ASSERT_TRUE(visit.kiosk().warning.has_value());
    visit.clock_jumps(-std::chrono::hours(24));
    visit.when(Tick{}).waits(seconds(20));
    EXPECT_TRUE(visit.shows<Welcome>());
}

TEST(Kiosk, WarnsFirstWhenItsClockJumpsAhead) {
    KioskVisit visit = a_visit_suggesting();
    visit.clock_jumps(std::chrono::hours(24));
    visit.when(Tick{});
    EXPECT_TRUE(visit.shows<Suggesting>());
    EXPECT_TRUE(visit.kiosk().warning.has_value());
}

TEST(Kiosk, CallsStaffOverTheScreenAndComesBackToIt) {
    KioskVisit visit = a_visit_confirming_booking();
    const Screen before = visit.kiosk().screen;
    visit.when(CallStaffTouched{});
    EXPECT_TRUE(visit.kiosk().visit.staff_called);
    visit.when(YesTouched{});
    EXPECT_TRUE(visit.did_nothing());
    EXPECT_TRUE(visit.kiosk().visit.staff_called);
    visit.when(ReturnTouched{});
    EXPECT_FALSE(visit.kiosk().visit.staff_called);
    EXPECT_TRUE(visit.kiosk().screen == before);
}

TEST(Kiosk, CallsStaffFromTheWarningToo) {
    KioskVisit visit = a_visit_suggesting();
    visit.waits(seconds(60));
    ASSERT_TRUE(visit.kiosk().warning.has_value());
    visit.when(CallStaffTouched{});
    EXPECT_FALSE(visit.kiosk().warning.has_value());
    EXPECT_TRUE(visit.kiosk().visit.staff_called);
    visit.when(ReturnTouched{});
    EXPECT_TRUE(visit.shows<Suggesting>());
}

TEST(Kiosk, WaitsLongerWhileStaffAreCalledAndWipesAllTheSame) {
    KioskVisit visit = a_visit_suggesting();
    visit.when(CallStaffTouched{}).waits(seconds(179));
    EXPECT_FALSE(visit.kiosk().warning.has_value());
    visit.waits(seconds(1));
    EXPECT_TRUE(visit.kiosk().warning.has_value());
    visit.waits(seconds(20));
    EXPECT_TRUE(visit.shows<Welcome>());
    expect_forgotten(visit.kiosk());
}

TEST(Kiosk, CallsStaffFromTheWelcomeAndFromOutOfService) {
    KioskVisit visit;
    visit.when(CallStaffTouched{});
    EXPECT_TRUE(visit.kiosk().visit.staff_called);
    visit.waits(seconds(179));
    EXPECT_TRUE(visit.kiosk().visit.staff_called);
    visit.waits(seconds(1));
    EXPECT_FALSE(visit.kiosk().visit.staff_called);

    visit.when(ServiceChanged{false, false, {}}).when(CallStaffTouched{});
    EXPECT_TRUE(visit.kiosk().visit.staff_called);
    visit.waits(seconds(179));
    EXPECT_TRUE(visit.kiosk().visit.staff_called);
    visit.waits(seconds(1));
    EXPECT_FALSE(visit.kiosk().visit.staff_called);
}

TEST(Kiosk, AsksForNoTickAtRest) {
    EXPECT_FALSE(wake_at(KioskVisit().kiosk()).has_value());
    EXPECT_FALSE(wake_at(Kiosk{}).has_value());
}

TEST(Kiosk, WatchesForAForgottenTicketWhereAVisitEnds) {
    KioskVisit visit = a_visit_booked();
    ASSERT_TRUE(visit.did<OpenCamera>());
    EXPECT_EQ(visit.did<OpenCamera>()->use, CameraUse::Watch);
    visit.when(TicketInView{visit.camera()});
    EXPECT_TRUE(visit.kiosk().visit.ticket_in_view);

    visit.when(FinishTouched{});
    EXPECT_TRUE(visit.shows<Farewell>());
    EXPECT_TRUE(visit.kiosk().visit.ticket_in_view);
    visit.waits(seconds(20));
    EXPECT_TRUE(visit.shows<Farewell>());

    visit.when(TicketGone{visit.camera()});
    EXPECT_FALSE(visit.kiosk().visit.ticket_in_view);
    visit.waits(seconds(6));
    EXPECT_TRUE(visit.shows<Welcome>());
    expect_forgotten(visit.kiosk());
}

TEST(Kiosk, DoesNotHurryAPersonWhoWaitsForItsAnswer) {
    Settings hasty;
    hasty.idle_limit = seconds(15);
    KioskVisit visit = a_visit_looking_up(hasty);
    visit.waits(kLoginPauseMax + seconds(14));
    EXPECT_FALSE(visit.kiosk().warning.has_value());
    visit.waits(seconds(1));
    EXPECT_TRUE(visit.kiosk().warning.has_value()) << "an answer that never comes";

    visit = a_visit_looking_up(hasty);
    visit.waits(kLoginPauseMax);
    visit.when(LoginRefused{visit.shows<LookingUp>()->question, LoginRefusal::NoMatch});
    EXPECT_TRUE(visit.shows<NotMatched>());
    visit.waits(seconds(14));
    EXPECT_FALSE(visit.kiosk().warning.has_value()) << "the time to read begins with the answer";
}

TEST(Kiosk, LetsAPersonLeaveWhoWaitsForItsAnswer) {
    KioskVisit visit = a_visit_looking_up();
    const QuestionId left = visit.shows<LookingUp>()->question;
    visit.waits(kLoginPauseMax / 2).when(BackTouched{});
    EXPECT_TRUE(visit.shows<ConfirmingBirth>());
    visit.waits(kLoginPauseMax / 2).when(may_book(left));
    EXPECT_TRUE(visit.shows<ConfirmingBirth>()) << "it comes to nobody";
}

TEST(Kiosk, DoesNotWaitForEverForATicketThatWasLeftBehind) {
    KioskVisit visit = a_visit_booked();
    visit.when(TicketInView{visit.camera()}).when(FinishTouched{}).waits(std::chrono::minutes(2));
    EXPECT_TRUE(visit.shows<Welcome>());
}

TEST(Kiosk, EndsTheFarewellByItself) {
    KioskVisit visit = a_visit_booked();
    visit.when(FinishTouched{}).waits(seconds(6));
    EXPECT_TRUE(visit.shows<Welcome>());
    EXPECT_FALSE(visit.kiosk().camera.has_value());
}

TEST(Kiosk, ForgetsEverythingWhereverAPersonLeaves) {
    for (const KioskVisit& there :
         {a_visit_confirming_birth(), a_visit_looking_up(), a_visit_declaring(),
          a_visit_suggesting(), a_visit_confirming_booking(), a_visit_booked()}) {
        KioskVisit visit = there;
        visit.waits(std::chrono::minutes(5));
        EXPECT_TRUE(visit.shows<Welcome>());
        expect_forgotten(visit.kiosk());
    }
}

TEST(Kiosk, FinishesOnlyWhereThereIsNothingLeftToDo) {
    KioskVisit visit = a_visit_suggesting();
    visit.when(FinishTouched{});
    EXPECT_TRUE(visit.shows<Suggesting>());
}

TEST(Kiosk, NamesEveryScreenDifferently) {
    EXPECT_STREQ(name_of(KioskVisit().kiosk().screen), "welcome");
    EXPECT_STREQ(name_of(a_visit_confirming_birth().kiosk().screen), "confirming_birth");
    EXPECT_STREQ(name_of(a_visit_keeping_a_booking().kiosk().screen), "keeping_booking");
}

}  // namespace
}  // namespace mado::kiosk::tests

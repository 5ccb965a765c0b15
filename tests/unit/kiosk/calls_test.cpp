// Calling for staff at a kiosk: what the person is told, whatever becomes of the call.

#include "tests/support/builders.h"
#include "tests/unit/kiosk/kiosk_visit.h"

#include <gtest/gtest.h>

namespace mado::kiosk::tests {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

const StaffCall* call_of(const KioskVisit& visit) {
    const auto& call = visit.kiosk().visit.staff_called;
    return call ? &*call : nullptr;
}

CallStage stage_of(const KioskVisit& visit) {
    MADO_CHECK(call_of(visit) != nullptr);
    return call_of(visit)->stage();
}

KioskVisit a_visit_calling(Settings settings = {}) {
    KioskVisit visit(settings);
    visit.when(StartTouched{}).when(CallStaffTouched{});
    return visit;
}

CallTold told(const KioskVisit& visit, CallProgress progress, const std::string& by = "") {
    return {call_of(visit)->question, progress, by};
}

KioskVisit& goes_offline(KioskVisit& visit) {
    return visit.when(ServiceChanged{true, false, mado::tests::a_town()});
}

TEST(Calls, AskTheDeviceOnceAndASecondTouchMakesNoSecondOne) {
    KioskVisit visit = a_visit_calling();
    ASSERT_TRUE(visit.did<CallStaff>());
    EXPECT_EQ(visit.did<CallStaff>()->question, call_of(visit)->question);
    EXPECT_EQ(stage_of(visit), CallStage::Calling);
    const QuestionId question = call_of(visit)->question;
    visit.when(CallStaffTouched{});
    EXPECT_FALSE(visit.did<CallStaff>());
    EXPECT_EQ(call_of(visit)->question, question);
}

TEST(Calls, SayThatSomebodyComesAndWho) {
    KioskVisit visit = a_visit_calling();
    visit.when(told(visit, CallProgress::Coming, "佐藤"));
    EXPECT_EQ(stage_of(visit), CallStage::Coming);
    EXPECT_EQ(call_of(visit)->by, "佐藤");
    visit.waits(minutes(2));
    EXPECT_EQ(stage_of(visit), CallStage::Coming) << "nobody is told to telephone any more";
}

TEST(Calls, OfferTheTelephoneAtOnceWhereNobodyCanBeReached) {
    KioskVisit visit;
    goes_offline(visit).when(StartTouched{}).when(CallStaffTouched{});
    EXPECT_EQ(stage_of(visit), CallStage::Unreachable) << "before the device has said anything";
    ASSERT_TRUE(visit.did<CallStaff>()) << "the network may come back";
    visit.when(told(visit, CallProgress::Calling));
    EXPECT_EQ(stage_of(visit), CallStage::Calling);
}

TEST(Calls, CutInTheMiddleOfferTheTelephone) {
    KioskVisit visit = a_visit_calling();
    visit.when(told(visit, CallProgress::Unreachable));
    EXPECT_EQ(stage_of(visit), CallStage::Unreachable);
}

TEST(Calls, OfferTheTelephoneAfterAMinuteWithoutAnAnswer) {
    KioskVisit visit = a_visit_calling();
    visit.waits(seconds(59));
    EXPECT_EQ(stage_of(visit), CallStage::Calling);
    visit.waits(seconds(1));
    EXPECT_EQ(stage_of(visit), CallStage::Unanswered);
    visit.when(told(visit, CallProgress::Coming, "佐藤"));
    EXPECT_EQ(stage_of(visit), CallStage::Coming) << "late is better than never";
}

TEST(Calls, OfferTheTelephoneAsSoonAsTheTownHasSet) {
    Settings settings;
    settings.call_limit = seconds(20);
    KioskVisit visit = a_visit_calling(settings);
    visit.waits(seconds(20));
    EXPECT_EQ(stage_of(visit), CallStage::Unanswered);
}

TEST(Calls, OfferTheTelephoneFromTheWelcomeToo) {
    KioskVisit visit;
    visit.when(CallStaffTouched{}).waits(seconds(60));
    ASSERT_TRUE(call_of(visit)) << "nobody is sent away at the moment when the number is shown";
    EXPECT_EQ(stage_of(visit), CallStage::Unanswered);
    visit.waits(minutes(3));
    EXPECT_FALSE(call_of(visit));
}

TEST(Calls, EndWhenThePersonGoesOn) {
    KioskVisit visit = a_visit_calling();
    const QuestionId question = call_of(visit)->question;
    visit.when(ReturnTouched{});
    ASSERT_TRUE(visit.did<EndCall>());
    EXPECT_EQ(visit.did<EndCall>()->question, question);
    EXPECT_TRUE(visit.shows<Scanning>());
}

TEST(Calls, EndWhenThePersonHasLeft) {
    KioskVisit visit = a_visit_calling();
    visit.waits(seconds(199));
    EXPECT_TRUE(call_of(visit));
    const QuestionId question = call_of(visit)->question;
    visit.waits(seconds(1));
    EXPECT_FALSE(call_of(visit));
    ASSERT_TRUE(visit.did<EndCall>());
    EXPECT_EQ(visit.did<EndCall>()->question, question);
}

TEST(Calls, AnsweredAfterThePersonLeftAreNothingToTheNextOne) {
    KioskVisit visit = a_visit_calling();
    const CallTold late = told(visit, CallProgress::Coming, "佐藤");
    visit.when(ReturnTouched{}).when(CallStaffTouched{});
    ASSERT_NE(call_of(visit)->question, late.question);
    visit.when(late);
    EXPECT_EQ(stage_of(visit), CallStage::Calling);
    visit.when(ReturnTouched{}).when(late);
    EXPECT_FALSE(call_of(visit));
}

TEST(Calls, AnsweredTwiceSayTheLaterName) {
    KioskVisit visit = a_visit_calling();
    visit.when(told(visit, CallProgress::Coming, "佐藤"));
    visit.when(told(visit, CallProgress::Coming, "鈴木"));
    EXPECT_EQ(call_of(visit)->by, "鈴木");
}

TEST(Calls, CanBeMadeAgainLater) {
    KioskVisit visit = a_visit_calling();
    visit.waits(seconds(60)).when(ReturnTouched{}).waits(seconds(10)).when(CallStaffTouched{});
    ASSERT_TRUE(visit.did<CallStaff>());
    EXPECT_EQ(stage_of(visit), CallStage::Calling) << "its minute begins anew";
    visit.waits(seconds(60));
    EXPECT_EQ(stage_of(visit), CallStage::Unanswered);
}

TEST(Calls, GoOnWhenTheLanguageIsSwitchedOverThem) {
    KioskVisit visit = a_visit_calling();
    const QuestionId question = call_of(visit)->question;
    visit.when(ChooseLanguageTouched{}).when(LanguageTouched{Language::Vietnamese});
    ASSERT_TRUE(call_of(visit));
    EXPECT_EQ(call_of(visit)->question, question);
    EXPECT_FALSE(visit.did<EndCall>());
    visit.when(told(visit, CallProgress::Coming));
    EXPECT_EQ(stage_of(visit), CallStage::Coming);
    EXPECT_EQ(visit.kiosk().visit.language, Language::Vietnamese);
}

TEST(Calls, KeepThePersonFromBeingTimedOutWhileSomebodyIsOnTheWay) {
    KioskVisit visit = a_visit_calling();
    visit.waits(seconds(170)).when(told(visit, CallProgress::Coming));
    visit.waits(seconds(170));
    EXPECT_FALSE(visit.kiosk().warning.has_value());
}

TEST(Calls, DoNotWaitForEverWhenTheClockIsSetBack) {
    KioskVisit visit = a_visit_calling();
    visit.clock_jumps(-hours(24));
    visit.when(Tick{}).waits(seconds(60));
    EXPECT_EQ(stage_of(visit), CallStage::Unanswered);
}

TEST(Calls, StandWhenTheKioskGoesOutOfService) {
    KioskVisit visit;
    visit.when(CallStaffTouched{}).when(ServiceChanged{false, false, {}});
    EXPECT_TRUE(visit.shows<OutOfService>());
    EXPECT_TRUE(call_of(visit));
    EXPECT_FALSE(visit.did<EndCall>());
}

TEST(Calls, TellTheirNewsToWhoListens) {
    Settings settings;
    settings.voice = VoiceUse::Always;
    KioskVisit visit = a_visit_calling(settings);
    ASSERT_TRUE(visit.did<Speak>());
    EXPECT_EQ(visit.did<Speak>()->what, Say::Everything);
    visit.when(told(visit, CallProgress::Coming, "佐藤"));
    ASSERT_TRUE(visit.did<Speak>());
    EXPECT_EQ(visit.did<Speak>()->what, Say::News);
    visit.when(told(visit, CallProgress::Coming, "鈴木"));
    EXPECT_FALSE(visit.did<Speak>());
}

TEST(Calls, TellThatNobodyAnsweredToWhoListens) {
    Settings settings;
    settings.voice = VoiceUse::Always;
    KioskVisit visit = a_visit_calling(settings);
    visit.waits(seconds(60));
    ASSERT_TRUE(visit.did<Speak>());
    EXPECT_EQ(visit.did<Speak>()->what, Say::News);
}

}  // namespace
}  // namespace mado::kiosk::tests

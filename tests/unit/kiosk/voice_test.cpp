// When a kiosk speaks and when it is silent, and that its settings go with the person.

#include "tests/support/builders.h"
#include "tests/unit/kiosk/kiosk_visit.h"

#include <gtest/gtest.h>

namespace mado::kiosk::tests {
namespace {

using std::chrono::seconds;

Settings speaking_always() {
    Settings settings;
    settings.voice = VoiceUse::Always;
    return settings;
}

// With a headset, on the screen that asks for the ticket, and all of it said.
KioskVisit a_listening_visit() {
    KioskVisit visit;
    visit.when(HeadsetPluggedIn{}).when(StartTouched{});
    visit.when(SpeechEnded{visit.did<Speak>()->speech});
    return visit;
}

TEST(KioskVoice, IsSilentWithoutAHeadsetUntilSomebodyAsks) {
    KioskVisit visit;
    visit.when(StartTouched{});
    EXPECT_FALSE(visit.did<Speak>());
    visit.when(RepeatTouched{});
    EXPECT_FALSE(visit.did<Speak>());
    visit.when(VoiceTouched{true});
    ASSERT_TRUE(visit.did<Speak>());
    EXPECT_EQ(visit.did<Speak>()->what, Say::Everything);
    visit.when(TypeNumberTouched{});
    EXPECT_TRUE(visit.did<Speak>());
}

TEST(KioskVoice, SpeaksTheScreenThatStandsThereOnceAHeadsetIsPluggedIn) {
    KioskVisit visit;
    visit.when(HeadsetPluggedIn{});
    ASSERT_TRUE(visit.did<Speak>()) << "somebody stands there";
    EXPECT_EQ(visit.did<Speak>()->what, Say::Everything);

    KioskVisit later = a_visit_suggesting();
    later.when(HeadsetPluggedIn{});
    EXPECT_TRUE(later.did<Speak>());
}

// ── Where the keys lead ──────────────────────────────────────────────────────────────────────────

TEST(KioskVoice, SaysAtOnceWhereAKeyHasLedTo) {
    KioskVisit visit = a_listening_visit();
    for (const auto* const target : {"type_number", "back", "staff"}) {
        visit.when(FocusMoved{{target}, true});
        ASSERT_TRUE(visit.did<Speak>()) << "in the middle of what was said before, too";
        EXPECT_EQ(visit.did<Speak>()->what, Say::Focus);
        EXPECT_TRUE(visit.when(Stirred{}).did_nothing());
    }
    EXPECT_TRUE(visit.when(FocusMoved{{}, false}).did_nothing()) << "a finger came down";
}

TEST(KioskVoice, SaysWhereTheKeysAreOnceTheScreenWasSaid) {
    KioskVisit visit = a_listening_visit();
    visit.when(FocusMoved{{"type_number"}, true}).when(TypeNumberTouched{});
    ASSERT_TRUE(visit.did<Speak>());
    EXPECT_EQ(visit.did<Speak>()->what, Say::Everything);
    const QuestionId speech = visit.did<Speak>()->speech;
    EXPECT_TRUE(visit.when(FocusMoved{{"digit/1"}, false}).did_nothing());
    visit.when(SpeechEnded{speech});
    ASSERT_TRUE(visit.did<Speak>());
    EXPECT_EQ(visit.did<Speak>()->what, Say::Focus);
    EXPECT_TRUE(visit.when(SpeechEnded{visit.did<Speak>()->speech}).did_nothing()) << "and once";
}

TEST(KioskVoice, TellsAKioskAtRestWholeToWhoeverPressesTheFirstKey) {
    KioskVisit visit(speaking_always());
    visit.when(FocusMoved{{"start"}, true});
    ASSERT_TRUE(visit.did<Speak>());
    EXPECT_EQ(visit.did<Speak>()->what, Say::Everything);
    visit.when(SpeechEnded{visit.did<Speak>()->speech});
    EXPECT_EQ(visit.did<Speak>()->what, Say::Focus);
}

TEST(KioskVoice, ForgetsWhereTheKeysWereWhenNobodyPressesThemAnyMore) {
    KioskVisit visit;
    visit.when(FocusMoved{{"language/pt"}, true}).when(Stirred{});
    EXPECT_TRUE(visit.did_nothing()) << "nobody wants to hear it";
    EXPECT_FALSE(visit.kiosk().visit.focus.empty());
    visit.waits(seconds(60));
    EXPECT_TRUE(visit.kiosk().visit.focus.empty());
    KioskVisit later = a_visit_suggesting();
    later.when(FocusMoved{{"offer/1"}, true}).waits(seconds(80));
    EXPECT_TRUE(later.shows<Welcome>());
    EXPECT_TRUE(later.kiosk().visit.focus.empty());
}

TEST(KioskVoice, SpeaksEachScreenAndWhatLiesOverIt) {
    KioskVisit visit = a_listening_visit();
    visit.when(TypeNumberTouched{});
    EXPECT_EQ(visit.did<Speak>()->what, Say::Everything);
    visit.when(ChooseLanguageTouched{});
    EXPECT_EQ(visit.did<Speak>()->what, Say::Everything);
    visit.when(LanguageTouched{Language::English});
    EXPECT_EQ(visit.did<Speak>()->what, Say::Everything);
    visit.when(CallStaffTouched{});
    EXPECT_EQ(visit.did<Speak>()->what, Say::Everything);
    visit.when(ReturnTouched{});
    EXPECT_EQ(visit.did<Speak>()->what, Say::Everything);
    visit.waits(seconds(60));
    ASSERT_TRUE(visit.kiosk().warning);
    EXPECT_TRUE(visit.kiosk().speech) << "the warning is spoken";
}

TEST(KioskVoice, SaysTheWarningOnceAndNotEachSecond) {
    KioskVisit visit = a_listening_visit();
    visit.waits(seconds(60));
    ASSERT_TRUE(visit.kiosk().warning);
    visit.waits(seconds(3));
    EXPECT_FALSE(visit.did<Speak>());
}

TEST(KioskVoice, SaysWhatIsNewOnAScreenAndNoMore) {
    KioskVisit visit = a_listening_visit();
    visit.when(TypeNumberTouched{}).when(DigitTouched{7});
    ASSERT_TRUE(visit.did<Speak>());
    EXPECT_EQ(visit.did<Speak>()->what, Say::News);
    visit.when(EnterTouched{});
    EXPECT_EQ(visit.did<Speak>()->what, Say::News) << "what is wrong with the number";
    visit.when(EnterTouched{});
    EXPECT_FALSE(visit.did<Speak>()) << "the same again";
}

TEST(KioskVoice, HintsAboutThePictureWaitForTheEndAndTheNewestIsSaid) {
    KioskVisit visit;
    visit.when(HeadsetPluggedIn{}).when(StartTouched{});
    const QuestionId first = visit.did<Speak>()->speech;
    visit.when(ScanHinted{visit.camera(), ScanHint::ComeCloser});
    visit.when(ScanHinted{visit.camera(), ScanHint::HoldStill});
    EXPECT_FALSE(visit.did<Speak>());
    visit.when(SpeechEnded{first});
    ASSERT_TRUE(visit.did<Speak>());
    EXPECT_EQ(visit.did<Speak>()->what, Say::News);
    visit.when(SpeechEnded{visit.did<Speak>()->speech});
    EXPECT_FALSE(visit.did<Speak>());
}

TEST(KioskVoice, AProblemWithTheTicketWaitsForNothing) {
    KioskVisit visit;
    visit.when(HeadsetPluggedIn{}).when(StartTouched{}).scans(TicketError::NotATicket);
    ASSERT_TRUE(visit.did<Speak>());
    EXPECT_EQ(visit.did<Speak>()->what, Say::News);
}

TEST(KioskVoice, SaysWhetherTheSlipWasPrinted) {
    KioskVisit visit = a_visit_booked();
    const PrintSlip job = *visit.did<PrintSlip>();
    visit.when(HeadsetPluggedIn{});
    visit.when(SlipPrinted{job.job, job.slip.booking.id});
    ASSERT_TRUE(visit.did<Speak>());
    EXPECT_EQ(visit.did<Speak>()->what, Say::News);
}

TEST(KioskVoice, RepeatsAndTriesOutEachSettingAtOnce) {
    KioskVisit visit = a_listening_visit();
    visit.when(RepeatTouched{});
    EXPECT_EQ(visit.did<Speak>()->what, Say::Everything);
    visit.when(PaceTouched{Pace::Slower});
    EXPECT_EQ(visit.did<Speak>()->what, Say::Everything);
    visit.when(VolumeTouched{Volume::Loudest});
    EXPECT_EQ(visit.did<Speak>()->what, Say::Everything);
    EXPECT_EQ(visit.kiosk().visit.hearing.pace, Pace::Slower);
    EXPECT_EQ(visit.kiosk().visit.hearing.volume, Volume::Loudest);
    visit.when(PaceTouched{Pace::Slower});
    EXPECT_FALSE(visit.did<Speak>()) << "it is so already";
}

TEST(KioskVoice, RepeatsWhatLiesBelowTheChoiceInWhichThatIsTouched) {
    KioskVisit visit = a_listening_visit();
    visit.when(ChooseComfortTouched{}).when(PaceTouched{Pace::Slower});
    EXPECT_TRUE(visit.kiosk().visit.choosing_comfort) << "people try until they hear well";
    visit.when(RepeatTouched{});
    EXPECT_FALSE(visit.kiosk().visit.choosing_comfort);
    EXPECT_EQ(visit.did<Speak>()->what, Say::Everything);
}

TEST(KioskVoice, ForgetsEverySettingWithThePerson) {
    KioskVisit visit = a_listening_visit();
    visit.when(VoiceTouched{true}).when(PaceTouched{Pace::Slower});
    visit.when(VolumeTouched{Volume::Loudest});
    visit.when(BackTouched{});
    ASSERT_TRUE(visit.shows<Welcome>());
    EXPECT_EQ(visit.kiosk().visit.hearing, Hearing{});
    EXPECT_TRUE(visit.did<Hush>());
    EXPECT_TRUE(visit.kiosk().headset) << "it still hangs there";
}

TEST(KioskVoice, IsSilentWhereNobodyStands) {
    KioskVisit visit(speaking_always());
    visit.when(StartTouched{});
    ASSERT_TRUE(visit.did<Speak>()) << "by the loudspeaker";
    visit.waits(seconds(80));
    ASSERT_TRUE(visit.shows<Welcome>());
    EXPECT_FALSE(visit.kiosk().speech);
    visit.when(ServiceChanged{false, false, mado::tests::a_town()});
    EXPECT_FALSE(visit.did<Speak>()) << "to nobody";
    visit.when(ServiceChanged{true, true, mado::tests::a_town()});
    EXPECT_FALSE(visit.did<Speak>());
}

TEST(KioskVoice, AHeadsetPulledOutInMidSentenceIsSilentAndSaidOnTheScreenUntilTheNextTouch) {
    KioskVisit visit;
    visit.when(HeadsetPluggedIn{}).when(StartTouched{});
    ASSERT_TRUE(visit.kiosk().speech);
    visit.when(HeadsetPulledOut{});
    EXPECT_TRUE(visit.did<Hush>());
    EXPECT_FALSE(visit.did<Speak>());
    EXPECT_TRUE(visit.kiosk().visit.hearing.headset_gone);
    visit.when(TypeNumberTouched{});
    EXPECT_FALSE(visit.kiosk().visit.hearing.headset_gone);
    EXPECT_FALSE(visit.did<Speak>());

    visit.when(HeadsetPluggedIn{});
    EXPECT_TRUE(visit.did<Speak>());
    visit.when(HeadsetPulledOut{}).when(HeadsetPluggedIn{});
    EXPECT_FALSE(visit.kiosk().visit.hearing.headset_gone) << "it is back";
}

TEST(KioskVoice, GoesOnByTheLoudspeakerWhereThatIsOnAndTheHeadsetIsPulledOut) {
    KioskVisit visit(speaking_always());
    visit.when(HeadsetPluggedIn{}).when(StartTouched{}).when(HeadsetPulledOut{});
    ASSERT_TRUE(visit.did<Speak>()) << "what is public, from the beginning";
    EXPECT_EQ(visit.did<Speak>()->what, Say::Everything);
}

TEST(KioskVoice, AHeadsetPulledOutByNobodyIsNoVisit) {
    KioskVisit visit;
    visit.when(HeadsetPluggedIn{}).when(HeadsetPulledOut{});
    EXPECT_EQ(visit.kiosk().visit, Visit{});
    EXPECT_TRUE(visit.did<Hush>());
}

TEST(KioskVoice, GoesOnWithoutASoundDevice) {
    KioskVisit visit(speaking_always());
    visit.when(StartTouched{});
    visit.when(SpeechFailed{visit.did<Speak>()->speech});
    EXPECT_FALSE(visit.kiosk().speech);
    EXPECT_FALSE(visit.did<Speak>()) << "it is not tried again and again";
    visit.when(TypeNumberTouched{});
    EXPECT_TRUE(visit.shows<TypingNumber>());
    EXPECT_TRUE(visit.did<Speak>()) << "it may be there again";
}

TEST(KioskVoice, WhoTurnsItOffHearsNothingMore) {
    KioskVisit visit = a_listening_visit();
    visit.when(TypeNumberTouched{}).when(VoiceTouched{false});
    EXPECT_TRUE(visit.did<Hush>());
    visit.when(DigitTouched{3}).when(RepeatTouched{});
    EXPECT_FALSE(visit.did<Speak>());
}

TEST(KioskVoice, APlaceThatTurnsItOffIsObeyed) {
    Settings settings;
    settings.voice = VoiceUse::Off;
    KioskVisit visit(settings);
    visit.when(HeadsetPluggedIn{}).when(StartTouched{}).when(VoiceTouched{true});
    EXPECT_TRUE(visit.did_nothing());
}

TEST(KioskVoice, NobodyIsIdleWhoListens) {
    KioskVisit visit = a_listening_visit();
    visit.waits(seconds(50)).when(RepeatTouched{});
    const QuestionId speech = visit.did<Speak>()->speech;
    visit.waits(seconds(40)).when(SpeechEnded{speech}).waits(seconds(50));
    EXPECT_FALSE(visit.kiosk().warning);
    visit.waits(seconds(10));
    EXPECT_TRUE(visit.kiosk().warning);
}

TEST(KioskVoice, TheEndOfAnOlderSpeechSaysNothing) {
    KioskVisit visit;
    visit.when(HeadsetPluggedIn{});
    const QuestionId old = visit.did<Speak>()->speech;
    visit.when(StartTouched{}).when(SpeechEnded{old});
    EXPECT_TRUE(visit.kiosk().speech);
    EXPECT_TRUE(visit.did_nothing());
}

TEST(KioskVoice, TheWarningIsNotPutOffByItsOwnWords) {
    KioskVisit visit = a_listening_visit();
    visit.waits(seconds(60));
    visit.when(SpeechEnded{*visit.kiosk().speech}).waits(seconds(20));
    EXPECT_TRUE(visit.shows<Welcome>());
}

}  // namespace
}  // namespace mado::kiosk::tests

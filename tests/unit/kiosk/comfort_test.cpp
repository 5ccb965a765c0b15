// How the kiosk is seen can be changed on every screen; nothing of the visit is lost by it, and
// nothing of it outlives the visit.

#include "tests/gallery/boards.h"
#include "tests/support/builders.h"
#include "tests/unit/kiosk/kiosk_visit.h"

#include <set>

#include <gtest/gtest.h>

namespace mado::kiosk::tests {
namespace {

using mado::tests::boards;
using mado::tests::now;
using std::chrono::seconds;

constexpr Comfort kMost{TextSize::Largest, Theme::HighContrast};

KioskVisit& sees_best(KioskVisit& visit) {
    return visit.when(ChooseComfortTouched{})
        .when(TextSizeTouched{kMost.text_size})
        .when(ThemeTouched{kMost.theme})
        .when(ReturnTouched{});
}

TEST(Kiosk, ChangesHowItIsSeenOnEveryScreenAndNothingElse) {
    std::set<std::size_t> seen;
    for (const auto& board : boards(Language::Japanese)) {
        const Kiosk before = standing(board.kiosk);
        seen.insert(before.screen.index());
        Kiosk kiosk = before;
        const std::vector<Event> touches = {
            ChooseComfortTouched{}, TextSizeTouched{kMost.text_size}, ThemeTouched{kMost.theme}};
        for (const Event& touch : touches) {
            const Step next = step(kiosk, touch, now());
            EXPECT_TRUE(next.effects.empty()) << board.name;
            EXPECT_TRUE(next.kiosk.visit.choosing_comfort)
                << board.name << ": it stays, to be tried";
            kiosk = next.kiosk;
        }
        kiosk = step(kiosk, ReturnTouched{}, now()).kiosk;

        Kiosk expected = before;
        expected.visit.comfort = kMost;
        expected.visit.choosing_language = false;
        expected.visit.choosing_comfort = false;
        expected.warning.reset();
        EXPECT_TRUE(kiosk == expected) << board.name;
    }
    EXPECT_EQ(seen.size(), std::variant_size_v<Screen>) << "of all screens";
}

TEST(Kiosk, ForgetsHowAPersonSeesWithTheVisit) {
    KioskVisit finished = a_visit_booked();
    sees_best(finished).when(FinishTouched{});
    EXPECT_EQ(finished.kiosk().visit.comfort, kMost) << "until the last screen";
    finished.waits(seconds(6));
    EXPECT_TRUE(finished.shows<Welcome>());
    EXPECT_EQ(finished.kiosk().visit, Visit{});

    KioskVisit left = a_visit_suggesting();
    sees_best(left).waits(seconds(80));
    EXPECT_EQ(left.kiosk().visit, Visit{}) << "of somebody who walked away";

    KioskVisit tried = a_visit_booked();
    tried.when(FinishTouched{}).waits(seconds(6));
    sees_best(tried).waits(seconds(60));
    EXPECT_EQ(tried.kiosk().visit, Visit{}) << "of somebody who touched nothing else";
}

TEST(Kiosk, ShowsOneChoiceAtATime) {
    KioskVisit visit = a_visit_suggesting();
    visit.when(ChooseLanguageTouched{}).when(ChooseComfortTouched{});
    EXPECT_FALSE(visit.kiosk().visit.choosing_language);
    EXPECT_TRUE(visit.kiosk().visit.choosing_comfort);
    visit.when(ChooseLanguageTouched{});
    EXPECT_TRUE(visit.kiosk().visit.choosing_language);
    EXPECT_FALSE(visit.kiosk().visit.choosing_comfort);
    visit.when(ChooseComfortTouched{}).when(CallStaffTouched{});
    EXPECT_TRUE(visit.kiosk().visit.staff_called);
    EXPECT_FALSE(visit.kiosk().visit.choosing_comfort);
}

TEST(Kiosk, LetsNothingThroughTheChoiceOfComfort) {
    KioskVisit visit = a_visit_confirming_booking();
    visit.when(ChooseComfortTouched{}).when(YesTouched{});
    EXPECT_TRUE(visit.did_nothing());
    EXPECT_TRUE(visit.shows<ConfirmingBooking>());
}

TEST(Kiosk, KeepsABookingUnderTheChoiceOfComfort) {
    KioskVisit visit = a_visit_keeping_a_booking();
    const QuestionId question = visit.shows<KeepingBooking>()->question;
    visit.when(ChooseComfortTouched{}).when(BookingKept{question, a_slip()});
    EXPECT_TRUE(visit.shows<Booked>());
    EXPECT_TRUE(visit.kiosk().visit.choosing_comfort);
    EXPECT_TRUE(visit.did<PrintSlip>());
}

TEST(Kiosk, BeginsEveryPageWithItsFirstPart) {
    KioskVisit visit = a_visit_suggesting();
    visit.when(PartTouched{2});
    EXPECT_EQ(visit.kiosk().visit.part, 2);
    visit.when(PartTouched{-1});
    EXPECT_EQ(visit.kiosk().visit.part, 0);
    visit.when(PartTouched{1}).when(OtherTouched{});
    EXPECT_TRUE(visit.shows<ChoosingVenue>());
    EXPECT_EQ(visit.kiosk().visit.part, 0) << "on another screen";
    visit.when(PartTouched{1}).when(ChooseComfortTouched{});
    EXPECT_EQ(visit.kiosk().visit.part, 0) << "on what lies over it";
    visit.when(PartTouched{1}).when(TextSizeTouched{TextSize::Large});
    EXPECT_EQ(visit.kiosk().visit.part, 0) << "in letters of another size";
}

TEST(Kiosk, TurningAPartIsASignOfLifeAndAWarningLosesNotThePlace) {
    KioskVisit visit = a_visit_suggesting();
    visit.waits(seconds(50)).when(PartTouched{1}).waits(seconds(50));
    EXPECT_FALSE(visit.kiosk().warning.has_value());
    visit.waits(seconds(10));
    EXPECT_TRUE(visit.kiosk().warning.has_value());
    visit.when(ContinueTouched{});
    EXPECT_EQ(visit.kiosk().visit.part, 1);
}

}  // namespace
}  // namespace mado::kiosk::tests

// The language can be changed on every screen, and nothing of the visit is lost by it.

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

TEST(Kiosk, ChangesTheLanguageOnEveryScreenAndNothingElse) {
    std::set<std::size_t> seen;
    for (const auto& board : boards(Language::Japanese)) {
        const Kiosk before = standing(board.kiosk);
        seen.insert(before.screen.index());
        Step next = step(before, ChooseLanguageTouched{}, now());
        EXPECT_TRUE(next.kiosk.visit.choosing_language) << board.name;
        EXPECT_TRUE(next.effects.empty()) << board.name;
        next = step(next.kiosk, LanguageTouched{Language::Korean}, now());
        EXPECT_TRUE(next.effects.empty()) << board.name;

        Kiosk expected = before;
        expected.visit.language = Language::Korean;
        expected.visit.choosing_language = false;
        expected.visit.choosing_comfort = false;
        expected.warning.reset();
        EXPECT_TRUE(next.kiosk == expected) << board.name;
    }
    EXPECT_EQ(seen.size(), std::variant_size_v<Screen>) << "of all screens";
}

TEST(Kiosk, LetsNothingThroughTheChoiceOfLanguages) {
    KioskVisit visit = a_visit_confirming_booking();
    const Screen before = visit.kiosk().screen;
    visit.when(ChooseLanguageTouched{}).when(YesTouched{});
    EXPECT_TRUE(visit.did_nothing());
    EXPECT_TRUE(visit.kiosk().screen == before);
    visit.when(ReturnTouched{});
    EXPECT_FALSE(visit.kiosk().visit.choosing_language);
    EXPECT_EQ(visit.kiosk().visit.language, Language::Japanese);
    EXPECT_TRUE(visit.kiosk().screen == before);
}

TEST(Kiosk, ComesBackFromTheChoiceToTheCallForStaff) {
    KioskVisit visit = a_visit_suggesting();
    visit.when(CallStaffTouched{}).when(ChooseLanguageTouched{}).when(ReturnTouched{});
    EXPECT_FALSE(visit.kiosk().visit.choosing_language);
    EXPECT_TRUE(visit.kiosk().visit.staff_called);
    visit.when(ChooseLanguageTouched{}).when(CallStaffTouched{});
    EXPECT_FALSE(visit.kiosk().visit.choosing_language);
    EXPECT_TRUE(visit.kiosk().visit.staff_called);
}

TEST(Kiosk, TimesOutInTheChoiceOfLanguagesAsElsewhere) {
    KioskVisit visit = a_visit_suggesting();
    visit.when(ChooseLanguageTouched{}).waits(seconds(60));
    EXPECT_TRUE(visit.kiosk().warning.has_value());
    visit.when(LanguageTouched{Language::Chinese});
    EXPECT_FALSE(visit.kiosk().warning.has_value()) << "a touch is a sign of life";
    EXPECT_TRUE(visit.shows<Suggesting>());
    visit.when(ChooseLanguageTouched{}).waits(seconds(80));
    EXPECT_TRUE(visit.shows<Welcome>());
    EXPECT_EQ(visit.kiosk().visit, Visit{});

    visit.when(ChooseLanguageTouched{}).waits(seconds(60));
    EXPECT_EQ(visit.kiosk().visit, Visit{}) << "of the first screen too";
}

TEST(Kiosk, GivesTheLastScreenTimeToChooseALanguage) {
    KioskVisit visit = a_visit_booked();
    visit.when(FinishTouched{}).when(ChooseLanguageTouched{}).waits(seconds(20));
    EXPECT_TRUE(visit.shows<Farewell>());
    visit.when(LanguageTouched{Language::Vietnamese}).waits(seconds(6));
    EXPECT_TRUE(visit.shows<Welcome>());
}

TEST(Kiosk, KeepsABookingUnderTheChoiceAndPrintsItInTheNewLanguage) {
    KioskVisit visit = a_visit_keeping_a_booking();
    const QuestionId question = visit.shows<KeepingBooking>()->question;
    visit.when(ChooseLanguageTouched{}).when(LanguageTouched{Language::Portuguese});
    visit.when(ChooseLanguageTouched{}).when(BookingKept{question, a_slip()});
    EXPECT_TRUE(visit.shows<Booked>());
    EXPECT_TRUE(visit.kiosk().visit.choosing_language);
    ASSERT_TRUE(visit.did<PrintSlip>());
    EXPECT_EQ(visit.did<PrintSlip>()->language, Language::Portuguese);
}

}  // namespace
}  // namespace mado::kiosk::tests

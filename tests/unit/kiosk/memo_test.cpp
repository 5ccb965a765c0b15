// What goes home on paper without a booking.

#include "tests/support/builders.h"
#include "tests/unit/kiosk/kiosk_visit.h"

#include <gtest/gtest.h>

namespace mado::kiosk::tests {
namespace {

KioskVisit a_visit_without_a_place(Settings settings = {}, Town town = mado::tests::a_town()) {
    KioskVisit visit = a_visit_looking_up(settings);
    const QuestionId log_in = visit.did<LogIn>()->question;
    visit.when(ServiceChanged{true, true, town}).when(may_book(log_in)).when(NextTouched{});
    return visit.when(OffersListed{visit.did<ListOffers>()->question, {}, true});
}

TEST(KioskMemo, TakesTheOpenDaysHome) {
    KioskVisit visit = a_visit_suggesting();
    visit.when(LanguageTouched{Language::English}).when(MemoTouched{});
    ASSERT_TRUE(visit.shows<TakingMemo>());
    EXPECT_EQ(visit.shows<TakingMemo>()->printing, SlipState::Printing);
    const auto* asked = visit.did<PrintMemo>();
    ASSERT_TRUE(asked);
    EXPECT_EQ(asked->language, Language::English);
    EXPECT_EQ(asked->memo.as_of, visit.now());
    ASSERT_EQ(asked->memo.venues.size(), kMemoVenuesMax);
    for (const MemoVenue& open : asked->memo.venues) {
        ASSERT_EQ(open.days.size(), kMemoDaysMax);
        EXPECT_EQ(open.days.front().date, mado::tests::in_days(7));
    }
    EXPECT_FALSE(visit.did<Book>());

    visit.when(MemoPrinted{asked->job});
    EXPECT_EQ(visit.shows<TakingMemo>()->printing, SlipState::Printed);
    EXPECT_FALSE(visit.did<NoteSlip>()) << "no booking has a slip by it";
    EXPECT_FALSE(visit.when(PrintTouched{}).did<PrintMemo>()) << "one is enough";
    EXPECT_TRUE(visit.when(FinishTouched{}).shows<Farewell>());
}

TEST(KioskMemo, CanStillBookAfterTakingOne) {
    KioskVisit visit = a_visit_suggesting();
    visit.when(MemoTouched{}).when(NextTouched{});
    EXPECT_TRUE(visit.shows<Suggesting>());
}

TEST(KioskMemo, IsPrintedAgainOnceItFailed) {
    KioskVisit visit = a_visit_suggesting();
    visit.when(MemoTouched{});
    const QuestionId first = visit.did<PrintMemo>()->job;
    visit.when(MemoNotPrinted{first});
    EXPECT_EQ(visit.shows<TakingMemo>()->printing, SlipState::Failed);
    visit.when(PrintTouched{});
    ASSERT_TRUE(visit.did<PrintMemo>());
    EXPECT_NE(visit.did<PrintMemo>()->job, first);
    visit.when(MemoPrinted{first});
    EXPECT_EQ(visit.shows<TakingMemo>()->printing, SlipState::Printing)
        << "that was the one before";
}

TEST(KioskMemo, IsNotOfferedWithoutAPrinter) {
    Settings settings;
    settings.has_printer = false;
    KioskVisit visit = a_visit_looking_up(settings);
    visit.when(may_book(visit.did<LogIn>()->question)).when(NextTouched{});
    visit.when(OffersListed{visit.did<ListOffers>()->question, an_offer_list(), true});
    EXPECT_FALSE(may_print_memo(visit.kiosk()));
    EXPECT_TRUE(visit.when(MemoTouched{}).shows<Suggesting>());
    EXPECT_TRUE(visit.did_nothing());
    EXPECT_FALSE(a_visit_without_a_place(settings).when(PrintTouched{}).did<PrintMemo>());
}

TEST(KioskMemo, SaysWhenMoreOpensWhereAllIsFull) {
    Town town = mado::tests::a_town();
    EXPECT_FALSE(a_visit_without_a_place({}, town).shows<NoPlace>()->opening.has_value());

    const Instant opening = mado::tests::now() + std::chrono::hours(48);
    town.next_opening = opening;
    KioskVisit visit = a_visit_without_a_place({}, town);
    ASSERT_TRUE(visit.shows<NoPlace>());
    EXPECT_EQ(visit.shows<NoPlace>()->opening, opening);
    visit.when(PrintTouched{});
    ASSERT_TRUE(visit.did<PrintMemo>());
    EXPECT_EQ(visit.did<PrintMemo>()->memo.opening, opening);
    EXPECT_TRUE(visit.did<PrintMemo>()->memo.venues.empty());
    EXPECT_FALSE(visit.when(PrintTouched{}).did<PrintMemo>()) << "it is being printed";
    visit.when(MemoPrinted{visit.shows<NoPlace>()->job});
    EXPECT_EQ(visit.shows<NoPlace>()->printing, SlipState::Printed);

    town.next_opening = mado::tests::now() - std::chrono::hours(1);
    EXPECT_FALSE(a_visit_without_a_place({}, town).shows<NoPlace>()->opening.has_value())
        << "that one has been";
}

}  // namespace
}  // namespace mado::kiosk::tests

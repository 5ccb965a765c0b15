// A dose record held out in the ticket's place, and what is suggested after dose 1.

#include "tests/support/builders.h"
#include "tests/unit/kiosk/kiosk_visit.h"

#include <gtest/gtest.h>

namespace mado::kiosk::tests {
namespace {

using mado::tests::a_ticket;
using mado::tests::in_days;

const std::string kRecord = "A STATEMENT";

// Somebody whose record was read and who has said when they were born.
KioskVisit a_visit_by_record() {
    KioskVisit visit;
    visit.when(StartTouched{});
    visit.when(TicketScanned{visit.camera(), Personal(a_ticket()), kRecord});
    visit.enters_birth(Era::Showa, 14, 6, 14).when(YesTouched{});
    return visit;
}

LoggedIn answer_to(const KioskVisit& visit, RecordUse use, int dose = 2) {
    LoggedIn answer = may_book(visit.did<LogIn>()->question, dose);
    answer.record = use;
    return answer;
}

TEST(DoseRecord, StandsForTheTicketAndTheBirthDateIsAskedAsAlways) {
    KioskVisit visit;
    visit.when(StartTouched{});
    visit.when(TicketScanned{visit.camera(), Personal(a_ticket()), kRecord});
    ASSERT_TRUE(visit.shows<AskingEra>());
    visit.enters_birth(Era::Showa, 14, 6, 14).when(YesTouched{});
    ASSERT_TRUE(visit.did<LogIn>());
    EXPECT_EQ(visit.did<LogIn>()->record, kRecord);
    EXPECT_EQ(visit.did<LogIn>()->ticket, Personal(a_ticket()));
}

TEST(DoseRecord, GoesIntoTheBookingThatItAloneAllows) {
    KioskVisit visit = a_visit_by_record();
    visit.when(answer_to(visit, RecordUse::Used)).when(NextTouched{});
    visit.when(OffersListed{visit.did<ListOffers>()->question, an_offer_list(), true});
    const auto offers = visit.shows<Suggesting>()->offers;
    visit.when(OfferTouched{offers.front().slot.id}).when(YesTouched{});
    EXPECT_EQ(visit.did<Book>()->record, kRecord);
}

TEST(DoseRecord, IsForgottenWhereTheRosterKnowsTheDose) {
    KioskVisit visit = a_visit_by_record();
    visit.when(answer_to(visit, RecordUse::None));
    EXPECT_TRUE(visit.shows<Declaring>());
    EXPECT_FALSE(visit.kiosk().visit.record);
}

TEST(DoseRecord, ThatIsNotGoodLeadsToStaffAndNeverToABooking) {
    for (const auto& [use, reason] : {std::pair(RecordUse::NotGood, StaffReason::RecordNotGood),
                                      std::pair(RecordUse::Differs, StaffReason::RecordDiffers)}) {
        KioskVisit visit = a_visit_by_record();
        visit.when(answer_to(visit, use, 1));
        ASSERT_TRUE(visit.shows<PleaseAskStaff>());
        EXPECT_EQ(visit.shows<PleaseAskStaff>()->reason, reason);
        EXPECT_FALSE(visit.kiosk().visit.record);
    }
}

TEST(DoseRecord, GoesWithItsTicketAndWithItsPerson) {
    KioskVisit visit;
    visit.when(StartTouched{});
    visit.when(TicketScanned{visit.camera(), Personal(a_ticket()), kRecord});
    visit.when(BackTouched{});
    visit.when(TicketScanned{visit.camera(), Personal(a_ticket("0000000077"))});
    EXPECT_FALSE(visit.kiosk().visit.record) << "another ticket was held out";

    visit = KioskVisit();
    visit.when(StartTouched{});
    visit.when(TicketScanned{visit.camera(), Personal(a_ticket()), kRecord});
    visit.when(BackTouched{}).when(TypeNumberTouched{}).types("0000000077").when(EnterTouched{});
    EXPECT_FALSE(visit.kiosk().visit.record) << "another ticket was typed";

    visit = a_visit_by_record();
    visit.waits(std::chrono::minutes(5));
    ASSERT_TRUE(visit.shows<Welcome>());
    EXPECT_FALSE(visit.kiosk().visit.record);
}

TEST(SecondDose, IsSuggestedFirstOnTheSameWeekdayAndTime) {
    KioskVisit visit = a_visit_looking_up();
    LoggedIn answer = may_book(visit.did<LogIn>()->question, 2);
    DoseWish& wish = std::get<MayBook>(answer.standing).wish;
    wish.suggested = in_days(21);
    const OfferList list = an_offer_list();
    const Offer& usual = *std::ranges::find_if(list.offers, [](const Offer& offer) {
        return offer.slot.date == in_days(21) && offer.slot.venue == VenueId(2);
    });
    wish.earlier = EarlierDose{in_days(0), usual.slot.starts, VenueId(2)};
    visit.when(answer).when(NextTouched{});
    visit.when(OffersListed{visit.did<ListOffers>()->question, list, true});
    ASSERT_TRUE(visit.shows<Suggesting>());
    EXPECT_EQ(visit.shows<Suggesting>()->offers.front(), usual);
}

}  // namespace
}  // namespace mado::kiosk::tests

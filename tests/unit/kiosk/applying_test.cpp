// Applying for a place where the kiosk has neither network nor a seat that suits.

#include "tests/support/builders.h"
#include "tests/unit/kiosk/kiosk_visit.h"

#include <algorithm>
#include <utility>

#include <gtest/gtest.h>

namespace mado::kiosk::tests {
namespace {

namespace build = mado::tests;

const ApplicationId kId{DeviceId(3), EventNumber(127)};

Receipt a_receipt(std::vector<SlotId> choices = {SlotId(1)}) {
    const Application application{kId, PersonId(1), 1, std::move(choices), {}};
    SlotTable slots;
    for (const Offer& offer : an_offer_list().offers)
        slots.emplace(offer.slot.id, offer.slot);
    return receipt_of(application, slots, build::venues(), build::a_town());
}

void goes_offline(KioskVisit& visit) {
    visit.when(ServiceChanged{true, false, build::a_town()});
}

// Offline, no seat is held, and there are slots.
KioskVisit a_visit_without_a_seat(Settings settings = {}) {
    KioskVisit visit = a_visit_looking_up(settings);
    goes_offline(visit);
    visit.when(may_book(visit.shows<LookingUp>()->question));
    visit.when(DeclareTouched{Declared::Wheelchair}).when(NextTouched{});
    OfferList list = an_offer_list();
    list.offers.clear();
    return visit.when(OffersListed{visit.did<ListOffers>()->question, list, false});
}

void lists_every_slot(KioskVisit& visit) {
    const auto* asked = visit.did<ListOffers>();
    ASSERT_TRUE(asked);
    EXPECT_EQ(asked->offered, Offered::EverySlot);
    visit.when(OffersListed{asked->question, an_offer_list(), false});
}

KioskVisit a_visit_beginning_to_apply(Settings settings = {}) {
    KioskVisit visit = a_visit_without_a_seat(settings);
    visit.when(ApplyTouched{});
    lists_every_slot(visit);
    return visit;
}

// The nth time of the first day of this venue.
SlotId choose(KioskVisit& visit, std::int64_t venue = 1, std::size_t time = 0) {
    visit.when(VenueTouched{VenueId(venue)}).when(DateTouched{build::in_days(7)});
    const auto* times = visit.shows<ChoosingTime>();
    if (times == nullptr || times->times.size() <= time) return {};
    const SlotId slot = times->times[time].slot.id;
    visit.when(OfferTouched{slot});
    return slot;
}

KioskVisit a_visit_applying(std::size_t choices = 1, Settings settings = {}) {
    KioskVisit visit = a_visit_beginning_to_apply(settings);
    choose(visit, 1);
    for (std::size_t i = 1; i < choices; ++i) {
        visit.when(AddTouched{});
        choose(visit, static_cast<std::int64_t>(i) + 1);
    }
    return visit;
}

std::vector<SlotId> chosen(const KioskVisit& visit) {
    std::vector<SlotId> slots;
    const auto* applying = visit.shows<Applying>();
    if (applying == nullptr) return slots;
    for (const Offer& offer : *applying->choice.applying)
        slots.push_back(offer.slot.id);
    return slots;
}

KioskVisit a_visit_that_has_applied(Settings settings = {}) {
    KioskVisit visit = a_visit_applying(1, settings);
    visit.when(YesTouched{});
    visit.when(ApplicationKept{visit.did<Apply>()->question, a_receipt()});
    return visit;
}

KioskVisit a_visit_coming_back() {
    KioskVisit visit = a_visit_looking_up();
    LoggedIn known = may_book(visit.did<LogIn>()->question);
    known.application = a_receipt();
    return visit.when(known);
}

TEST(KioskApplying, IsOfferedOfflineWithoutASeatAndLeadsThroughThreeChoices) {
    KioskVisit visit = a_visit_without_a_seat();
    ASSERT_TRUE(visit.shows<NoPlace>());
    EXPECT_TRUE(may_apply(*visit.shows<NoPlace>()));
    visit.when(ApplyTouched{});
    ASSERT_TRUE(visit.shows<ListingOffers>());
    lists_every_slot(visit);
    ASSERT_TRUE(visit.shows<ChoosingVenue>());
    std::vector<SlotId> wanted = {choose(visit, 2, 3)};
    EXPECT_EQ(chosen(visit), wanted);
    wanted.push_back((visit.when(AddTouched{}), choose(visit, 1)));
    wanted.push_back((visit.when(AddTouched{}), choose(visit, 3)));
    EXPECT_EQ(chosen(visit), wanted) << "in the order in which they were chosen";

    visit.when(YesTouched{});
    ASSERT_TRUE(visit.shows<KeepingApplication>());
    const auto* asked = visit.did<Apply>();
    ASSERT_TRUE(asked);
    EXPECT_EQ(asked->choices, wanted);
    EXPECT_TRUE(asked->declared.has(Declared::Wheelchair)) << "what was declared goes along";
    EXPECT_FALSE(visit.did<Book>());

    visit.when(ApplicationKept{asked->question, a_receipt(wanted)});
    ASSERT_TRUE(visit.shows<ApplicationTaken>());
    EXPECT_EQ(visit.shows<ApplicationTaken>()->printing, SlipState::Printing);
    ASSERT_TRUE(visit.did<PrintApplication>());
    EXPECT_EQ(visit.did<PrintApplication>()->receipt, a_receipt(wanted));
    visit.when(ApplicationPrinted{visit.did<PrintApplication>()->job});
    EXPECT_EQ(visit.shows<ApplicationTaken>()->printing, SlipState::Printed);
    EXPECT_FALSE(visit.did<NoteSlip>()) << "no booking has a slip by it";
    EXPECT_TRUE(visit.when(FinishTouched{}).shows<Farewell>());
}

TEST(KioskApplying, IsNotOfferedOnlineWhereAllIsFull) {
    KioskVisit visit = a_visit_declaring();
    visit.when(NextTouched{});
    OfferList list = an_offer_list();
    list.offers.clear();
    visit.when(OffersListed{visit.did<ListOffers>()->question, list, true});
    ASSERT_TRUE(visit.shows<NoPlace>());
    EXPECT_FALSE(may_apply(*visit.shows<NoPlace>()));
    EXPECT_TRUE(visit.when(ApplyTouched{}).shows<NoPlace>());
}

TEST(KioskApplying, IsOfferedOfflineWhereWhatIsHeldDoesNotSuit) {
    KioskVisit visit = a_visit_suggesting();
    visit.when(OtherTouched{});
    ASSERT_TRUE(visit.shows<ChoosingVenue>());
    EXPECT_FALSE(may_apply(visit.kiosk(), *visit.shows<ChoosingVenue>())) << "it is online";
    EXPECT_TRUE(visit.when(ApplyTouched{}).shows<ChoosingVenue>());
    goes_offline(visit);
    EXPECT_TRUE(may_apply(visit.kiosk(), *visit.shows<ChoosingVenue>()));
    visit.when(ApplyTouched{});
    lists_every_slot(visit);
    ASSERT_TRUE(visit.shows<ChoosingVenue>());
    EXPECT_FALSE(may_apply(visit.kiosk(), *visit.shows<ChoosingVenue>())) << "it is begun";
    choose(visit);
    EXPECT_EQ(chosen(visit).size(), 1u);
}

TEST(KioskApplying, IsNotOfferedToWhoChangesABooking) {
    KioskVisit visit = a_visit_looking_up();
    visit.when(has_booking(visit.did<LogIn>()->question, false));
    goes_offline(visit);
    visit.when(ChangeTouched{});
    OfferList list = an_offer_list();
    visit.when(OffersListed{visit.did<ListOffers>()->question, list, false});
    visit.when(OtherTouched{});
    ASSERT_TRUE(visit.shows<ChoosingVenue>());
    EXPECT_FALSE(may_apply(visit.kiosk(), *visit.shows<ChoosingVenue>()));
}

TEST(KioskApplying, ListsSeatsAgainOnceTheNetworkIsBack) {
    KioskVisit visit = a_visit_without_a_seat();
    visit.when(ServiceChanged{true, true, build::a_town()}).when(ApplyTouched{});
    ASSERT_TRUE(visit.did<ListOffers>());
    EXPECT_EQ(visit.did<ListOffers>()->offered, Offered::Seats);
    visit.when(OffersListed{visit.did<ListOffers>()->question, an_offer_list(), true});
    EXPECT_TRUE(visit.shows<Suggesting>());
}

TEST(KioskApplying, TakesNoFourthChoice) {
    KioskVisit visit = a_visit_applying(3);
    ASSERT_EQ(chosen(visit).size(), 3u);
    EXPECT_FALSE(may_add(*visit.shows<Applying>()));
    EXPECT_TRUE(visit.when(AddTouched{}).shows<Applying>());
    EXPECT_EQ(chosen(visit).size(), 3u);
}

TEST(KioskApplying, DoesNotOfferTheSameSlotTwice) {
    KioskVisit visit = a_visit_applying();
    const SlotId first = chosen(visit).front();
    visit.when(AddTouched{}).when(VenueTouched{VenueId(1)}).when(DateTouched{build::in_days(7)});
    const auto* times = visit.shows<ChoosingTime>();
    ASSERT_TRUE(times);
    EXPECT_EQ(std::ranges::count_if(times->times,
                                    [&](const Offer& offer) { return offer.slot.id == first; }),
              0);
    visit.when(OfferTouched{first});
    EXPECT_TRUE(visit.shows<ChoosingTime>());
}

TEST(KioskApplying, OffersNoMoreChoicesThanThereAreSlots) {
    KioskVisit visit = a_visit_without_a_seat();
    visit.when(ApplyTouched{});
    OfferList list = an_offer_list();
    list.offers.erase(list.offers.begin() + 1, list.offers.end());
    visit.when(OffersListed{visit.did<ListOffers>()->question, list, false});
    visit.when(VenueTouched{VenueId(1)}).when(DateTouched{build::in_days(7)});
    visit.when(OfferTouched{list.offers.front().slot.id});
    ASSERT_EQ(chosen(visit).size(), 1u);
    EXPECT_FALSE(may_add(*visit.shows<Applying>()));
}

TEST(KioskApplying, EveryDayWithASlotLooksTheSame) {
    KioskVisit visit = a_visit_without_a_seat();
    visit.when(ApplyTouched{});
    OfferList list = an_offer_list();
    for (Offer& offer : list.offers)
        offer.seats = 1;
    visit.when(OffersListed{visit.did<ListOffers>()->question, list, false});
    visit.when(VenueTouched{VenueId(1)});
    const auto* days = visit.shows<ChoosingDay>();
    ASSERT_TRUE(days);
    for (const DayOffer& day : days->days)
        EXPECT_NE(day.mark, DayMark::Few) << "what is left is not known";
}

TEST(KioskApplying, AChoiceIsRemovedAndTheLastOneLeadsBackToTheVenues) {
    KioskVisit visit = a_visit_applying(2);
    const std::vector<SlotId> both = chosen(visit);
    visit.when(RemoveTouched{SlotId(9999)});
    EXPECT_EQ(chosen(visit), both);
    visit.when(RemoveTouched{both.front()});
    EXPECT_EQ(chosen(visit), std::vector<SlotId>{both.back()}) << "the second is the first now";
    visit.when(RemoveTouched{both.back()});
    ASSERT_TRUE(visit.shows<ChoosingVenue>());
    EXPECT_TRUE(visit.shows<ChoosingVenue>()->choice.applying->empty());
    visit.when(BackTouched{});
    ASSERT_TRUE(visit.did<ListOffers>()) << "and from there to what can be booked";
    EXPECT_EQ(visit.did<ListOffers>()->offered, Offered::Seats);
}

TEST(KioskApplying, BackTakesTheLastChoiceBackAndKeepsTheOthers) {
    KioskVisit visit = a_visit_applying(2);
    const std::vector<SlotId> both = chosen(visit);
    visit.when(BackTouched{});
    ASSERT_TRUE(visit.shows<ChoosingTime>());
    EXPECT_EQ(visit.shows<ChoosingTime>()->venue, VenueId(2));
    visit.when(BackTouched{}).when(BackTouched{});
    ASSERT_TRUE(visit.shows<ChoosingVenue>());
    visit.when(BackTouched{});
    EXPECT_EQ(chosen(visit), std::vector<SlotId>{both.front()});
}

TEST(KioskApplying, AChoiceThatHasPassedMeanwhileIsChosenAnew) {
    KioskVisit visit = a_visit_applying();
    visit.when(YesTouched{});
    visit.when(ApplicationRefused{visit.did<Apply>()->question, ApplicationRefusal::ChoiceGone});
    lists_every_slot(visit);
    ASSERT_TRUE(visit.shows<ChoosingVenue>());
    EXPECT_EQ(visit.shows<ChoosingVenue>()->choice.notice, OfferNotice::NotPossible);
    EXPECT_TRUE(visit.shows<ChoosingVenue>()->choice.applying->empty());
}

TEST(KioskApplying, WhoHasABookingOrAnApplicationByNowIsLookedUpAgain) {
    KioskVisit visit = a_visit_applying();
    visit.when(YesTouched{});
    visit.when(ApplicationRefused{visit.did<Apply>()->question, ApplicationRefusal::NotPossible});
    EXPECT_TRUE(visit.shows<LookingUp>());
}

TEST(KioskApplying, WhatTheStorageDidNotTakeIsSaid) {
    for (const auto why : {ApplicationRefusal::StorageFailed, ApplicationRefusal::NotReady}) {
        KioskVisit visit = a_visit_applying();
        visit.when(YesTouched{});
        visit.when(ApplicationRefused{visit.did<Apply>()->question, why});
        ASSERT_TRUE(visit.shows<PleaseAskStaff>());
        EXPECT_EQ(visit.shows<PleaseAskStaff>()->reason, StaffReason::NotApplied);
    }
}

TEST(KioskApplying, AKioskThatGivesNoAnswerSendsToStaff) {
    KioskVisit visit = a_visit_applying();
    visit.when(YesTouched{});
    EXPECT_FALSE(may_call_staff(visit.kiosk().screen));
    visit.waits(visit.kiosk().settings.keeping_limit);
    ASSERT_TRUE(visit.shows<PleaseAskStaff>());
    EXPECT_EQ(visit.shows<PleaseAskStaff>()->reason, StaffReason::NoAnswer);
}

TEST(KioskApplying, APrinterWithoutPaperLeavesTheNumberAndIsTriedAgain) {
    KioskVisit visit = a_visit_that_has_applied();
    const QuestionId first = visit.did<PrintApplication>()->job;
    visit.when(ApplicationNotPrinted{first, PrinterTrouble::NoPaper});
    EXPECT_EQ(visit.shows<ApplicationTaken>()->printing, SlipState::Failed);
    EXPECT_EQ(visit.kiosk().printer_trouble, PrinterTrouble::NoPaper);
    visit.when(PrintTouched{});
    ASSERT_TRUE(visit.did<PrintApplication>());
    EXPECT_NE(visit.did<PrintApplication>()->job, first);
    visit.when(ApplicationPrinted{visit.did<PrintApplication>()->job});
    EXPECT_EQ(visit.shows<ApplicationTaken>()->printing, SlipState::Printed);
    EXPECT_EQ(visit.kiosk().printer_trouble, std::nullopt);
    EXPECT_FALSE(visit.when(PrintTouched{}).did<PrintApplication>()) << "one is enough";
}

TEST(KioskApplying, WithoutAPrinterTheNumberIsCopied) {
    Settings settings;
    settings.has_printer = false;
    KioskVisit visit = a_visit_that_has_applied(settings);
    EXPECT_FALSE(visit.did<PrintApplication>());
    EXPECT_EQ(visit.shows<ApplicationTaken>()->printing, SlipState::NotAsked);
}

TEST(KioskApplying, WhoComesBackSeesTheApplicationAndPrintsItAgain) {
    KioskVisit visit = a_visit_coming_back();
    ASSERT_TRUE(visit.shows<ShowingApplication>());
    EXPECT_EQ(visit.shows<ShowingApplication>()->receipt, a_receipt());
    visit.when(PrintTouched{});
    ASSERT_TRUE(visit.did<PrintApplication>());
    EXPECT_TRUE(visit.when(WithdrawTouched{}).shows<ShowingApplication>()) << "it prints";
    EXPECT_TRUE(visit.when(NextTouched{}).shows<ShowingApplication>());
}

TEST(KioskApplying, WhoComesBackBooksWhatIsFreeNow) {
    KioskVisit visit = a_visit_coming_back();
    visit.when(NextTouched{});
    visit.when(OffersListed{visit.did<ListOffers>()->question, an_offer_list(), true});
    ASSERT_TRUE(visit.shows<Suggesting>());
    goes_offline(visit);
    visit.when(OtherTouched{});
    EXPECT_FALSE(may_apply(visit.kiosk(), *visit.shows<ChoosingVenue>())) << "one is enough";
}

TEST(KioskApplying, WhoseApplicationWasDeclinedIsToldAndMayApplyAnew) {
    KioskVisit visit = a_visit_looking_up();
    goes_offline(visit);
    LoggedIn known = may_book(visit.shows<LookingUp>()->question);
    known.application = a_receipt();
    known.application->application.state = ApplicationState::Declined;
    visit.when(known);
    ASSERT_TRUE(visit.shows<ShowingApplication>());
    EXPECT_TRUE(visit.when(WithdrawTouched{}).shows<ShowingApplication>());
    EXPECT_FALSE(visit.when(PrintTouched{}).did<PrintApplication>());
    visit.when(NextTouched{});
    OfferList list = an_offer_list();
    list.offers.clear();
    visit.when(OffersListed{visit.did<ListOffers>()->question, list, false});
    ASSERT_TRUE(visit.shows<NoPlace>());
    EXPECT_TRUE(may_apply(*visit.shows<NoPlace>()));
}

TEST(KioskApplying, IsTakenBackOnceItIsAskedTwice) {
    KioskVisit visit = a_visit_coming_back();
    visit.when(WithdrawTouched{});
    ASSERT_TRUE(visit.shows<AskingWithdrawal>());
    visit.when(YesTouched{});
    ASSERT_TRUE(visit.shows<KeepingWithdrawal>());
    ASSERT_TRUE(visit.did<Withdraw>());
    EXPECT_EQ(visit.did<Withdraw>()->application, kId);
    visit.when(WithdrawalKept{visit.did<Withdraw>()->question});
    EXPECT_TRUE(visit.shows<WithdrawalTaken>());
}

TEST(KioskApplying, WhoDoesNotWantToTakeItBackIsLookedUpAgain) {
    for (const Event& stays : {Event(NoTouched{}), Event(BackTouched{})}) {
        KioskVisit visit = a_visit_coming_back();
        visit.when(WithdrawTouched{}).when(stays);
        EXPECT_TRUE(visit.shows<LookingUp>());
        EXPECT_FALSE(visit.did<Withdraw>());
    }
}

TEST(KioskApplying, WhatTheTownHasDecidedMeanwhileIsShownInstead) {
    KioskVisit visit = a_visit_coming_back();
    visit.when(WithdrawTouched{}).when(YesTouched{});
    visit.when(WithdrawalRefused{visit.did<Withdraw>()->question, ApplicationRefusal::NotWaiting});
    EXPECT_TRUE(visit.shows<LookingUp>());
}

TEST(KioskApplying, AWithdrawalThatWasNotKeptLeavesTheApplication) {
    KioskVisit visit = a_visit_coming_back();
    visit.when(WithdrawTouched{}).when(YesTouched{});
    visit.when(
        WithdrawalRefused{visit.did<Withdraw>()->question, ApplicationRefusal::StorageFailed});
    ASSERT_TRUE(visit.shows<PleaseAskStaff>());
    EXPECT_EQ(visit.shows<PleaseAskStaff>()->reason, StaffReason::StillWaiting);
}

TEST(KioskApplying, ALateAnswerOfAnotherQuestionChangesNothing) {
    KioskVisit visit = a_visit_applying();
    visit.when(YesTouched{});
    const QuestionId other{9999};
    EXPECT_TRUE(visit.when(ApplicationKept{other, a_receipt()}).shows<KeepingApplication>());
    EXPECT_TRUE(visit.when(ApplicationRefused{other, {}}).shows<KeepingApplication>());
}

}  // namespace
}  // namespace mado::kiosk::tests

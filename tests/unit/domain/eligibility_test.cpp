#include "shared/domain/eligibility.h"

#include "tests/support/builders.h"

#include <vector>

#include <gtest/gtest.h>

namespace mado {
namespace {

using tests::a_booking;
using tests::a_resident;
using tests::a_resident_after_dose;
using tests::a_slot;
using tests::in_days;
using tests::now;
using tests::today;
using tests::vaccines;

Standing standing(const Resident& resident, const std::vector<Booking>& bookings = {}) {
    return standing_of(resident, bookings, vaccines(), today());
}

std::optional<BookingRefusal> refusal(const Resident& resident, const Slot& slot) {
    return refusal_of(resident, standing(resident), slot, vaccines(), now());
}

TEST(Standing, OfAPersonWithoutADoseIsToBookTheFirst) {
    const auto found = standing(a_resident());
    ASSERT_TRUE(std::holds_alternative<MayBook>(found));
    EXPECT_EQ(std::get<MayBook>(found).wish, (DoseWish{1, today(), {}, {}}));
}

TEST(Standing, AfterDoseOneIsToBookTheSecondOfTheSameVaccine) {
    const auto found = standing(a_resident_after_dose(1, today(), "moderna"));
    ASSERT_TRUE(std::holds_alternative<MayBook>(found));
    EXPECT_EQ(std::get<MayBook>(found).wish,
              (DoseWish{2, in_days(21), in_days(28), tests::a_vaccine_code("moderna"),
                        EarlierDose{today()}}));
}

TEST(Standing, OfALateDoseTwoIsFromToday) {
    const auto found = standing(a_resident_after_dose(1, in_days(-200)));
    ASSERT_TRUE(std::holds_alternative<MayBook>(found));
    EXPECT_EQ(std::get<MayBook>(found).wish.not_before, today());
    EXPECT_EQ(std::get<MayBook>(found).wish.suggested, today());
}

TEST(Standing, AfterDoseTwoIsComplete) {
    const auto found = standing(a_resident_after_dose(2, in_days(-5)));
    ASSERT_TRUE(std::holds_alternative<Complete>(found));
    EXPECT_EQ(std::get<Complete>(found).last.number, 2);
}

TEST(Standing, WithALiveBookingIsThatBooking) {
    for (const auto state : {BookingState::Live, BookingState::Doubled, BookingState::ToMove}) {
        Booking booking = a_booking(5);
        booking.state = state;
        const auto found = standing(a_resident(), {booking});
        ASSERT_TRUE(std::holds_alternative<HasBooking>(found));
        EXPECT_EQ(std::get<HasBooking>(found).booking, booking);
    }
}

TEST(Standing, PrefersTheBookingThatStands) {
    Booking doubled = a_booking(1);
    doubled.state = BookingState::Doubled;
    const auto found = standing(a_resident(), {doubled, a_booking(2)});
    ASSERT_TRUE(std::holds_alternative<HasBooking>(found));
    EXPECT_EQ(std::get<HasBooking>(found).booking, a_booking(2));
}

TEST(Standing, ForgetsABookingThatWasCancelledOrWhoseDoseWasGiven) {
    Booking cancelled = a_booking();
    cancelled.state = BookingState::Cancelled;
    EXPECT_TRUE(std::holds_alternative<MayBook>(standing(a_resident(), {cancelled})));

    const Resident after_one = a_resident_after_dose(1, in_days(-3));
    EXPECT_TRUE(std::holds_alternative<MayBook>(standing(after_one, {a_booking(1, 1, 1)})));
    const Resident after_two = a_resident_after_dose(2, in_days(-3));
    EXPECT_TRUE(std::holds_alternative<Complete>(standing(after_two, {a_booking(1, 1, 2)})));
}

TEST(Standing, SaysWhatAnotherBookingInItsPlaceMustKeepTo) {
    const auto first = standing(a_resident(), {a_booking()});
    const auto& change = std::get<HasBooking>(first).change;
    ASSERT_TRUE(change);
    EXPECT_EQ(*change, std::get<MayBook>(standing(a_resident())).wish);

    const Resident after_one = a_resident_after_dose(1, in_days(-3));
    const auto second = standing(after_one, {a_booking(1, 1, 2)});
    EXPECT_EQ(std::get<HasBooking>(second).change, std::get<MayBook>(standing(after_one)).wish);

    const auto ahead = standing(a_resident(), {a_booking(1, 1, 2)});
    EXPECT_FALSE(std::get<HasBooking>(ahead).change) << "dose 1 is not on record yet";

    Booking ended = a_booking(2);
    ended.state = BookingState::Cancelled;
    EXPECT_TRUE(std::get<HasBooking>(standing(a_resident(), {a_booking(1), ended})).change);
    const auto two = standing(a_resident(), {a_booking(1), a_booking(2)});
    EXPECT_FALSE(std::get<HasBooking>(two).change) << "one would be left, whichever goes";
}

TEST(Standing, KnowsASecondDoseBookedBeforeTheRecordOfTheFirstArrived) {
    const auto found = standing(a_resident(), {a_booking(1, 1, 2)});
    EXPECT_TRUE(std::holds_alternative<HasBooking>(found));
}

TEST(Standing, IsCompleteAfterADoseTwoWhoseVaccineNobodyWroteDown) {
    const Resident done = a_resident_after_dose(2, in_days(-30), "unknown");
    EXPECT_TRUE(std::holds_alternative<Complete>(standing(done)));
}

TEST(Standing, OfATicketThatIsNoLongerGoodIsToAskStaff) {
    Resident invalid = a_resident();
    invalid.valid = false;
    EXPECT_TRUE(std::holds_alternative<AskStaff>(standing(invalid, {a_booking()})));

    const Resident incomplete{PersonId(1), Personal(tests::a_birth_date(19370000)), {}, true};
    EXPECT_TRUE(std::holds_alternative<AskStaff>(standing(incomplete)));

    const Resident unknown = a_resident_after_dose(1, in_days(-30), "sputnik");
    EXPECT_TRUE(std::holds_alternative<AskStaff>(standing(unknown)));
    const Resident odd = a_resident_after_dose(0, in_days(-30));
    EXPECT_TRUE(std::holds_alternative<AskStaff>(standing(odd)));
}

TEST(BookingRefusal, IsNoneForAnOrdinarySlot) {
    EXPECT_FALSE(refusal(a_resident(), a_slot()));
}

TEST(BookingRefusal, KnowsASlotThatHasBegun) {
    EXPECT_EQ(refusal(a_resident(), a_slot(1, today(), "08:59")), BookingRefusal::SlotPast);
    EXPECT_FALSE(refusal(a_resident(), a_slot(1, today(), "09:00")));
}

TEST(BookingRefusal, KeepsToTheInterval) {
    const Resident resident = a_resident_after_dose(1, in_days(-10));
    EXPECT_EQ(refusal(resident, a_slot(1, in_days(8))), BookingRefusal::TooEarly);
    EXPECT_FALSE(refusal(resident, a_slot(1, in_days(9))));
}

TEST(BookingRefusal, KeepsToTheVaccine) {
    Slot moderna = a_slot(1, in_days(40));
    moderna.vaccine = tests::a_vaccine_code("moderna");
    EXPECT_EQ(refusal(a_resident_after_dose(1, today()), moderna), BookingRefusal::WrongVaccine);
    EXPECT_FALSE(refusal(a_resident(), moderna)) << "dose 1 may be any";
    Slot unknown = a_slot();
    unknown.vaccine = tests::a_vaccine_code("sputnik");
    EXPECT_EQ(refusal(a_resident(), unknown), BookingRefusal::WrongVaccine);
}

TEST(BookingRefusal, KeepsToTheAgeInLawOnTheDayOfTheSlot) {
    // Twelve on 2021-07-13, in law on the day before, which is the slot's day.
    const Resident child{PersonId(1), Personal(tests::a_birth_date(20090713)), {}, true};
    EXPECT_FALSE(refusal(child, a_slot(1, in_days(7))));
    EXPECT_EQ(refusal(child, a_slot(1, in_days(6))), BookingRefusal::TooYoung);

    const Resident adult{PersonId(1), Personal(tests::a_birth_date(19900101)), {}, true};
    Slot astrazeneca = a_slot();
    astrazeneca.vaccine = tests::a_vaccine_code("astrazeneca");
    EXPECT_EQ(refusal(adult, astrazeneca), BookingRefusal::TooYoung);
}

TEST(BookingRefusal, KnowsWhenThereIsNothingToBook) {
    const auto ask = [](const Standing& found) {
        return refusal_of(a_resident(), found, a_slot(), vaccines(), now());
    };
    EXPECT_EQ(ask(HasBooking{a_booking()}), BookingRefusal::AlreadyBooked);
    EXPECT_EQ(ask(AskStaff{}), BookingRefusal::NotEligible);
    EXPECT_EQ(ask(Complete{{2, today(), tests::a_vaccine_code()}}), BookingRefusal::NotEligible);
}

TEST(BookingRefusal, KnowsAClosedSlot) {
    Slot closed = a_slot();
    closed.seats = tests::seats(0, 2, 3);
    EXPECT_EQ(refusal(a_resident(), closed), BookingRefusal::NoSeat);
}

TEST(EarlierDose, IsWhereAndWhenThePersonWasBookedOnThatDay) {
    const DoseRecord last{1, in_days(7), tests::a_vaccine_code()};
    const SlotTable slots{{SlotId(1), tests::a_slot(1, in_days(7), "10:30")},
                          {SlotId(2), tests::a_slot(2, in_days(8), "11:00")}};
    const std::vector<Booking> kept{tests::a_booking(1, 1)};
    EXPECT_EQ(earlier_dose(last, kept, slots),
              (EarlierDose{in_days(7), tests::a_time("10:30"), VenueId(1)}));

    EXPECT_FALSE(earlier_dose(last, std::vector{tests::a_booking(1, 2)}, slots)) << "another day";
    EXPECT_FALSE(earlier_dose(last, std::vector{tests::a_booking(1, 9)}, slots)) << "not known";
    EXPECT_FALSE(earlier_dose(last, std::vector{tests::a_booking(1, 1, 2)}, slots)) << "dose 2";
    Booking cancelled = tests::a_booking(1, 1);
    cancelled.state = BookingState::Cancelled;
    EXPECT_FALSE(earlier_dose(last, std::vector{cancelled}, slots));
}

TEST(DoseRecords, AreWeighedAgainstTheRoster) {
    const DoseRecord told{1, today(), tests::a_vaccine_code()};
    EXPECT_EQ(weigh_record(told, {}), RecordUse::Used);
    EXPECT_EQ(weigh_record(told, told), RecordUse::None);
    EXPECT_EQ(weigh_record(told, DoseRecord{2, today(), told.vaccine}), RecordUse::None);
    EXPECT_EQ(weigh_record(told, DoseRecord{1, in_days(-1), told.vaccine}), RecordUse::Differs);
    EXPECT_EQ(weigh_record(told, DoseRecord{1, today(), tests::a_vaccine_code("moderna")}),
              RecordUse::Differs);
}

TEST(DoseRecords, AreBelievedOfDaysThatCanBeAndKnownVaccines) {
    const auto believed = [](Date date, const char* vaccine) {
        return can_be_believed({1, date, tests::a_vaccine_code(vaccine)}, vaccines(), today());
    };
    EXPECT_TRUE(believed(today(), "pfizer"));
    EXPECT_TRUE(believed(in_days(-700), "pfizer"));
    EXPECT_FALSE(believed(in_days(1), "pfizer"));
    EXPECT_FALSE(believed(in_days(-800), "pfizer"));
    EXPECT_FALSE(believed(today(), "sputnik"));
}

}  // namespace
}  // namespace mado

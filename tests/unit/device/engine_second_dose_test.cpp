// What a kiosk makes of dose 1: from the feed, from the person's own booking, from a dose record.

#include "shared/domain/dose_paper.h"
#include "sync/protocol/dose_record.h"
#include "sync/protocol/event_json.h"
#include "tests/support/device_in_town.h"

#include <gmock/gmock.h>

namespace mado::tests {
namespace {

class SecondDose : public testing::Test {
  protected:
    SecondDose() {
        for (int id = 1; id <= 4; ++id) {
            Slot slot = a_slot(id, in_days(7 * id));
            slot.seats = seats(30);
            town.put(slot);
        }
        town.put(ann, a_resident(1));
    }

    sync::SignedDose dose_one(int day = 0) const {
        return {a_municipality(), PersonId(1), DoseRecord{1, in_days(day), a_vaccine_code()},
                a_time("10:30"),  VenueId(2),  DeviceId(0)};
    }
    std::string signed_by(const PrivateKey& key, const sync::SignedDose& dose) const {
        const auto sign = [&key](std::span<const std::uint8_t> bytes) { return key.sign(bytes); };
        return sync::write_statement(
            dose, sync::signer_of_town(dose.municipality, key.public_key(), sign));
    }
    LoggedIn log_in_with(const std::string& record) {
        kiosk.ask(LogIn{{}, Personal(ann), Personal(a_birth_date()), record});
        return kiosk.take<LoggedIn>().value();
    }
    LoggedIn log_in_with(const sync::SignedDose& dose) {
        return log_in_with(signed_by(kiosk.town_key(), dose));
    }
    static const DoseWish& wish_of(const LoggedIn& person) {
        return std::get<MayBook>(person.standing).wish;
    }
    void give_dose(const DoseRecord& dose) {
        Resident resident = a_resident(1);
        resident.last_dose = dose;
        town.put(ann, resident);
        kiosk.sync();
    }

    ModelServer town;
    DeviceInTown kiosk{town};
    const Ticket ann = a_ticket("0000000001");
};

TEST_F(SecondDose, IsSuggestedAtTheTimeAndPlaceOfTheBookingForDoseOne) {
    town.put(a_slot(9, in_days(0), "11:15"));
    town.put(a_booking(1, 9, 1));
    give_dose({1, in_days(0), a_vaccine_code()});
    const auto person = kiosk.log_in(ann).value();
    EXPECT_EQ(wish_of(person).dose, 2);
    EXPECT_EQ(wish_of(person).earlier, (EarlierDose{in_days(0), a_time("11:15"), VenueId(1)}));
}

TEST_F(SecondDose, IsSuggestedOnTheWeekdayAloneWhereDoseOneWasGivenElsewhere) {
    give_dose({1, in_days(-1), a_vaccine_code()});
    EXPECT_EQ(wish_of(kiosk.log_in(ann).value()).earlier, (EarlierDose{in_days(-1)}));
}

TEST_F(SecondDose, CanBeBookedByADoseRecordWithTheCableOut) {
    kiosk.sync();
    kiosk.unplug();
    const std::string record = signed_by(kiosk.town_key(), dose_one());
    const auto person = log_in_with(record);
    EXPECT_EQ(person.record, RecordUse::Used);
    EXPECT_EQ(wish_of(person).dose, 2);
    EXPECT_EQ(wish_of(person).not_before, in_days(19));
    EXPECT_EQ(wish_of(person).earlier, (EarlierDose{in_days(0), a_time("10:30"), VenueId(2)}));

    kiosk.ask(Book{{}, person.resident, SlotId(3), {}, {}, record});
    const auto kept = kiosk.take<BookingKept>();
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->slip.booking.dose, 2);

    kiosk.plug_in();
    kiosk.advance(std::chrono::minutes(2));
    kiosk.sync();
    const auto& events = town.events_of(kiosk.id());
    const bool told = std::ranges::any_of(events, [&](const Envelope& envelope) {
        const auto event = sync::read_event(envelope.body);
        const auto* sale = std::get_if<Booked>(&event->body);
        return sale != nullptr && sale->record == record;
    });
    EXPECT_TRUE(told) << "the server sees what the kiosk went by";
}

TEST_F(SecondDose, IsNotToBeHadByARecordThatIsForgedForeignOrSomebodyElses) {
    kiosk.sync();
    const auto refused = [&](const std::string& record) {
        const auto person = log_in_with(record);
        EXPECT_EQ(person.resident.last_dose, std::nullopt);
        return person.record == RecordUse::NotGood;
    };
    EXPECT_TRUE(refused(signed_by(PrivateKey::generate(), dose_one())));
    EXPECT_TRUE(refused("NOT A STATEMENT"));
    auto dose = dose_one();
    dose.person = PersonId(2);
    EXPECT_TRUE(refused(signed_by(kiosk.town_key(), dose)));
    dose = dose_one();
    dose.municipality = a_municipality("011002");
    EXPECT_TRUE(refused(signed_by(kiosk.town_key(), dose)));
    EXPECT_TRUE(refused(signed_by(kiosk.town_key(), dose_one(1)))) << "a day to come";
    EXPECT_TRUE(refused(signed_by(kiosk.town_key(), dose_one(-900)))) << "too old";
    dose = dose_one();
    dose.dose.vaccine = a_vaccine_code("sputnik");
    EXPECT_TRUE(refused(signed_by(kiosk.town_key(), dose)));
}

TEST_F(SecondDose, IsForStaffWhereTheRecordAndTheRosterDiffer) {
    give_dose({1, in_days(-1), a_vaccine_code()});
    const auto person = log_in_with(dose_one());
    EXPECT_EQ(person.record, RecordUse::Differs);
    EXPECT_EQ(person.resident.last_dose->date, in_days(-1)) << "the roster's own word stands";
}

TEST_F(SecondDose, NeedsNoRecordWhereTheRosterHasTheDoseAndTakesTheTimeFromIt) {
    give_dose(dose_one().dose);
    const auto person = log_in_with(dose_one());
    EXPECT_EQ(person.record, RecordUse::None);
    EXPECT_EQ(wish_of(person).earlier->time, a_time("10:30"));
}

TEST_F(SecondDose, StillNeedsTheBirthDateBesideTheRecord) {
    kiosk.sync();
    kiosk.ask(LogIn{{},
                    Personal(ann),
                    Personal(a_birth_date(19390615)),
                    signed_by(kiosk.town_key(), dose_one())});
    EXPECT_EQ(kiosk.take<LoginRefused>()->reason, LoginRefusal::NoMatch);
}

// ---- shares

TEST_F(SecondDose, HasTheSeatsThatAFirstDoseMayNotHaveAlsoOffline) {
    Town shared = a_town();
    shared.shares = {{}, {}, {}, 50, 2};
    town.put(shared);
    town.kept_of_a_grant = 2;
    kiosk.sync();
    ASSERT_EQ(town.lease(kiosk.id(), SlotId(1)).left(), 4);
    kiosk.unplug();

    const auto first = kiosk.log_in(ann).value();
    const auto offers = kiosk.offers(first);
    ASSERT_FALSE(offers.offers.offers.empty());
    EXPECT_EQ(offers.offers.offers.front().seats, 2) << "of four that it holds, two are kept";
    for (const int person : {1, 5}) {
        kiosk.book(a_resident(person), SlotId(1));
        EXPECT_TRUE(kiosk.take<BookingKept>());
    }
    kiosk.book(a_resident(6), SlotId(1));
    EXPECT_EQ(kiosk.take<BookingRefused>()->reason, BookingRefusal::NoSeat);

    Resident later = a_resident(7);
    later.last_dose = DoseRecord{1, in_days(-30), a_vaccine_code()};
    kiosk.book(later, SlotId(1));
    EXPECT_TRUE(kiosk.take<BookingKept>());

    kiosk.restart();
    kiosk.book(a_resident(8), SlotId(1));
    kiosk.wait_for_answer();
    EXPECT_EQ(kiosk.take<BookingRefused>()->reason, BookingRefusal::NoSeat)
        << "what is kept stays kept over a restart";
    kiosk.advance(std::chrono::hours(24 * 5));
    kiosk.book(a_resident(8), SlotId(1));
    kiosk.wait_for_answer();
    EXPECT_TRUE(kiosk.take<BookingKept>()) << "two days before, it is everybody's";
}

}  // namespace
}  // namespace mado::tests

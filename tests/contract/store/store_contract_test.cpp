// What every store promises. A further store (PostgreSQL) joins at the end of this file.

#include "shared/platform/sqlite.h"
#include "sync/server/store/sqlite_store.h"
#include "tests/support/builders.h"
#include "tests/support/scratch_folder.h"

#include <gmock/gmock.h>

namespace mado::server {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using tests::a_slot;
using tests::a_vaccine_code;

// One kind of store, empty and fresh for each test.
struct Kind {
    std::string name;
    std::function<void(const std::filesystem::path&)> create;
    std::function<std::unique_ptr<Store>(const std::filesystem::path&)> store;
    std::function<std::unique_ptr<Reads>(const std::filesystem::path&)> reads;
};

class StoreContract : public testing::TestWithParam<Kind> {
  protected:
    void SetUp() override {
        GetParam().create(place());
        store = GetParam().store(place());
        reads = GetParam().reads(place());
        Writes writes;
        writes.town = tests::a_town();
        writes.vaccines = {tests::a_vaccine("pfizer"), tests::a_vaccine("moderna")};
        writes.venues = {{tests::a_venue(1), a_vaccine_code()}};
        writes.slots = {a_slot(1), a_slot(2, tests::in_days(7), "10:00")};
        writes.people = {person(1), person(2)};
        Device device;
        device.id = DeviceId(1);
        writes.devices = {device};
        writes.last = Counters{2, 2, 1, 0};
        must(writes);
    }

    std::filesystem::path place() const { return folder / "store"; }

    Person person(std::int64_t id) {
        return {PersonId(id),
                Personal<BirthDate>(tests::a_birth_date()),
                {},
                {{Personal<Ticket>(tests::a_ticket("000000000" + std::to_string(id))), true}}};
    }
    BookingEntry booking(std::int64_t number, std::int64_t person, BookingState state) {
        BookingEntry entry;
        entry.booking = tests::a_booking(number, 1);
        entry.booking.id = {DeviceId(1), EventNumber(number)};
        entry.booking.person = PersonId(person);
        entry.booking.state = state;
        return entry;
    }
    StoredEnvelope envelope(std::int64_t number, std::string body) {
        StoredEnvelope stored;
        stored.envelope = {DeviceId(1), EventNumber(number), kChainStart, std::move(body)};
        stored.hash = stored.envelope.hash();
        stored.received = tests::now();
        stored.answer = {EventNumber(number), Answer::Verdict::Worklist, "doubled", {1, 9}};
        return stored;
    }

    Facts load(const Needs& needs = {}) { return store->load(needs).value(); }
    Result<Committed, IoError> commit(const Writes& writes) {
        return store->commit(writes, load().commits);
    }
    void must(const Writes& writes) { ASSERT_EQ(commit(writes), Committed::Done); }
    IoError::Kind refusal(const Writes& writes) {
        const auto done = commit(writes);
        return done ? IoError::Kind::Unavailable : done.error().kind;
    }

    tests::ScratchFolder folder;
    std::unique_ptr<Store> store;
    std::unique_ptr<Reads> reads;
};

TEST_P(StoreContract, GivesBackWhatWasCommitted) {
    Writes writes;
    Device device;
    device.id = DeviceId(2);
    device.state = DeviceState::Enrolled;
    device.kind = "kiosk";
    device.name = "ロビー";
    device.venue = VenueId(1);
    device.code_hash[3] = 4;
    device.code_expires = tests::now();
    device.key_digest[5] = 6;
    device.signing_request = "request";
    device.certificate = "certificate";
    device.endorsement = "endorsement";
    device.roster_key = Bytes(32, 9);
    device.last_seen = tests::now();
    device.events_known = EventNumber(12);
    device.chain_head[7] = 8;
    writes.devices = {device};
    Slot slot = a_slot(1);
    slot.seats = {3, 1, 5};
    writes.slots = {slot};
    writes.leases = {{DeviceId(2), SlotId(1), 9, 3, 1}};
    Person somebody = person(1);
    somebody.doses = {{1, {1, tests::in_days(-9), a_vaccine_code("novavax"), "L1", "みどり市"}}};
    somebody.tickets.push_back({Personal<Ticket>(tests::a_ticket("0000004444")), false});
    writes.people = {somebody};
    BookingEntry entry = booking(1, 1, BookingState::ToMove);
    entry.booking.declared = {Declared::Condition, Declared::Companion};
    entry.booking.version = 4;
    entry.slip = SlipState::Failed;
    writes.bookings = {entry};
    writes.envelopes = {envelope(1, "{\"a\":\"\\u0000 ü\"}")};
    writes.strays = {envelope(7, "stray")};
    must(writes);

    Needs needs;
    needs.devices = {DeviceId(2)};
    needs.leases = {{DeviceId(2), SlotId(1)}};
    needs.bookings = {entry.booking.id};
    needs.envelopes = {{DeviceId(1), EventNumber(1)}, {DeviceId(1), EventNumber(7)}};
    const Facts facts = load(needs);
    EXPECT_EQ(facts.town, tests::a_town());
    EXPECT_EQ(facts.vaccines.at(a_vaccine_code()), tests::a_vaccine());
    EXPECT_EQ(facts.venues.at(VenueId(1)).venue, tests::a_venue(1));
    EXPECT_EQ(facts.last, (Counters{2, 2, 1, 0}));
    EXPECT_EQ(facts.devices.at(DeviceId(2)), device);
    EXPECT_EQ(facts.slots.at(SlotId(1)), slot);
    EXPECT_EQ(facts.leases.at({DeviceId(2), SlotId(1)}), writes.leases[0]);
    EXPECT_EQ(facts.people.at(PersonId(1)), somebody);
    EXPECT_EQ(facts.bookings.at(entry.booking.id), entry);
    EXPECT_EQ(facts.envelopes.begin()->second, writes.envelopes[0]);
    EXPECT_EQ(facts.strays.begin()->second, writes.strays[0]);
    EXPECT_EQ(reads->device_by_key(device.key_digest).value(), device);
}

TEST_P(StoreContract, LoadsNothingThatDoesNotExistAndSaysNoError) {
    Needs needs;
    needs.devices = {DeviceId(77)};
    needs.codes = {Digest{1}};
    needs.leases = {{DeviceId(77), SlotId(77)}};
    needs.lease_days = true;
    needs.people = {PersonId(77)};
    needs.tickets = {tests::a_ticket("0000007777")};
    needs.bookings = {{DeviceId(7), EventNumber(7)}};
    needs.slots_at = {{VenueId(7), tests::today(), tests::a_time("09:00")}};
    const Facts facts = load(needs);
    EXPECT_THAT(facts.devices, IsEmpty());
    EXPECT_THAT(facts.leases, IsEmpty());
    EXPECT_THAT(facts.people, IsEmpty());
    EXPECT_THAT(facts.bookings, IsEmpty());
    EXPECT_THAT(facts.slots, IsEmpty());
}

TEST_P(StoreContract, BringsAlongWhatANeedPointsAt) {
    Writes writes;
    writes.bookings = {booking(1, 1, BookingState::Live)};
    must(writes);
    Needs by_ticket;
    by_ticket.tickets = {tests::a_ticket("0000000001")};
    const Facts facts = load(by_ticket);
    EXPECT_EQ(facts.tickets.at(tests::a_ticket("0000000001")), PersonId(1));
    EXPECT_THAT(facts.people, SizeIs(1));
    EXPECT_THAT(facts.bookings, SizeIs(1));
    EXPECT_TRUE(facts.slots.contains(SlotId(1)));

    Needs by_slot;
    by_slot.slots_at = {{VenueId(1), tests::in_days(7), tests::a_time("09:30")}};
    by_slot.bookings_of_slots_at = true;
    EXPECT_THAT(load(by_slot).bookings, SizeIs(1));
    EXPECT_THAT(load(by_slot).people, SizeIs(1));
}

TEST_P(StoreContract, MovesAChainAndLeavesTheRestOfItsDevice) {
    Needs needs;
    needs.devices = {DeviceId(1)};
    Device expected = load(needs).devices.at(DeviceId(1));
    expected.last_seen = tests::now();
    expected.events_known = EventNumber(3);
    expected.chain_head[1] = 2;
    Writes writes;
    writes.chains = {expected.chain_end()};
    must(writes);
    EXPECT_EQ(load(needs).devices.at(DeviceId(1)), expected);
    EXPECT_EQ(reads->device(DeviceId(1)).value(), expected);
}

TEST_P(StoreContract, KeepsTheLatestSignatureUnderAChain) {
    const auto at = [](std::int64_t epoch, std::int64_t number) {
        SignedHead head{epoch, EventNumber(number), Digest{1, 2}, {}};
        head.signature[63] = static_cast<std::uint8_t>(number);
        return head;
    };
    const auto sign = [&](const SignedHead& head) {
        Writes writes;
        writes.signed_chains = {{DeviceId(1), head}};
        must(writes);
    };
    const auto stored = [&] { return reads->chain(DeviceId(1)).value()->signed_head; };
    EXPECT_EQ(stored(), std::nullopt);
    sign(at(1, 5));
    EXPECT_EQ(stored(), at(1, 5));
    sign(at(1, 7));
    sign(at(1, 6));
    EXPECT_EQ(stored(), at(1, 7)) << "one that comes late changes nothing";
    sign(at(2, 3));
    EXPECT_EQ(stored(), at(2, 3)) << "a new epoch counts from what was restored";
    EXPECT_EQ(reads->chain(DeviceId(1)).value()->end,
              reads->device(DeviceId(1)).value()->chain_end());
    EXPECT_EQ(reads->chain(DeviceId(77)).value(), std::nullopt);
}

TEST_P(StoreContract, KnowsDevicesVenuesAndVaccinesAsAnyWriterLeftThem) {
    const auto other = GetParam().store(place());
    Needs needs;
    needs.devices = {DeviceId(1)};
    Device device = load(needs).devices.at(DeviceId(1));
    VenueEntry venue = load().venues.at(VenueId(1));
    Vaccine vaccine = load().vaccines.at(a_vaccine_code());
    for (Store* const writer : {other.get(), store.get()}) {
        device.name += "x";
        venue.venue.name += "x";
        vaccine.name_en += "x";
        Writes writes;
        writes.devices = {device};
        writes.venues = {venue};
        writes.vaccines = {vaccine};
        ASSERT_EQ(writer->commit(writes, load().commits), Committed::Done);
        EXPECT_EQ(load(needs).devices.at(DeviceId(1)), device);
        EXPECT_EQ(load().venues.at(VenueId(1)), venue);
        EXPECT_EQ(load().vaccines.at(a_vaccine_code()), vaccine);
    }
}

TEST_P(StoreContract, KnowsADeviceAsBeforeWhereACommitWasRefused) {
    Needs needs;
    needs.devices = {DeviceId(1)};
    const Device before = load(needs).devices.at(DeviceId(1));
    Writes writes;
    writes.devices = {before};
    writes.devices.front().state = DeviceState::Fenced;
    writes.leases = {{DeviceId(1), SlotId(1), 1, 2, 0}};
    EXPECT_EQ(refusal(writes), IoError::Kind::Refused);
    EXPECT_EQ(load(needs).devices.at(DeviceId(1)), before);
}

TEST_P(StoreContract, CountsTheKiosksThatAreInWhoeverCommits) {
    const auto other = GetParam().store(place());
    const auto enrol = [](Store& writer, std::int64_t id, std::string kind, DeviceState state) {
        Device device;
        device.id = DeviceId(id);
        device.kind = std::move(kind);
        device.state = state;
        device.code_hash[0] = static_cast<std::uint8_t>(id);
        Writes writes;
        writes.devices = {device};
        const auto commits = writer.load({}).value().commits;
        ASSERT_EQ(writer.commit(writes, commits), Committed::Done);
    };
    EXPECT_EQ(load().kiosks, 0);
    enrol(*store, 2, "kiosk", DeviceState::Enrolled);
    EXPECT_EQ(load().kiosks, 1);
    enrol(*store, 3, "terminal", DeviceState::Enrolled);
    enrol(*store, 4, "kiosk", DeviceState::Pending);
    EXPECT_EQ(load().kiosks, 1);
    enrol(*other, 4, "kiosk", DeviceState::Enrolled);
    EXPECT_EQ(load().kiosks, 2);
    enrol(*store, 2, "kiosk", DeviceState::Revoked);
    EXPECT_EQ(load().kiosks, 1);
}

TEST_P(StoreContract, FindsAPersonsBookingsInEveryState) {
    Writes writes;
    writes.bookings = {booking(1, 1, BookingState::Cancelled), booking(2, 1, BookingState::Doubled),
                       booking(3, 1, BookingState::ToMove), booking(4, 2, BookingState::Live)};
    must(writes);
    Needs one;
    one.people = {PersonId(1)};
    EXPECT_THAT(load(one).bookings, SizeIs(3));
    Needs other;
    other.people = {PersonId(2)};
    EXPECT_THAT(load(other).bookings, SizeIs(1));
}

TEST_P(StoreContract, KeepsApplicationsInTheOrderReceivedAndFindsThoseThatWait) {
    const auto application = [](std::int64_t number, std::int64_t person) {
        ApplicationEntry entry;
        entry.application = {{DeviceId(1), EventNumber(number)},
                             PersonId(person),
                             1,
                             {SlotId(2), SlotId(99)},
                             {Declared::Wheelchair}};
        entry.received = tests::now();
        return entry;
    };
    Writes writes;
    writes.applications = {application(9, 1)};
    must(writes);
    writes.applications = {application(3, 1)};
    must(writes);
    const auto order = reads->applications(false).value();
    EXPECT_THAT(order, ElementsAre(application(9, 1), application(3, 1)));

    ApplicationEntry ended = application(9, 1);
    ended.application.state = ApplicationState::Placed;
    ended.placed = BookingId{DeviceId(0), EventNumber(1)};
    ended.ended_at = tests::now();
    ended.by = "佐藤";
    ended.note = "電話";
    writes.applications = {ended};
    must(writes);
    EXPECT_THAT(reads->applications(false).value(), ElementsAre(ended, application(3, 1)))
        << "its place in the order stays";
    EXPECT_THAT(reads->applications(true).value(), ElementsAre(application(3, 1)));

    Needs of_person;
    of_person.people = {PersonId(1)};
    EXPECT_THAT(load(of_person).applications, SizeIs(1)) << "those that wait";
    Needs by_id;
    by_id.applications = {ended.application.id};
    const Facts facts = load(by_id);
    EXPECT_EQ(facts.applications.at(ended.application.id), ended);
    EXPECT_TRUE(facts.slots.contains(SlotId(2)));
    EXPECT_TRUE(facts.people.contains(PersonId(1)));
}

TEST_P(StoreContract, CountsWhatADeviceHoldsOfADay) {
    Writes writes;
    Slot slot = a_slot(1);
    slot.seats = {3, 1, 5};
    writes.slots = {slot};
    writes.leases = {{DeviceId(1), SlotId(1), 9, 3, 1}};
    must(writes);
    Needs needs;
    needs.leases = {{DeviceId(1), SlotId(2)}};
    needs.lease_days = true;
    const Facts facts = load(needs);
    // Slot 1 is over its target with 6, slot 2 has 10.
    EXPECT_EQ(facts.day_capacity.at(tests::in_days(7)), 16);
    EXPECT_EQ(facts.day_held.at({DeviceId(1), tests::in_days(7)}), 5);
}

TEST_P(StoreContract, ChangesNothingOnStaleFacts) {
    const Facts facts = load();
    Writes first;
    first.people = {person(3)};
    ASSERT_EQ(store->commit(first, facts.commits), Committed::Done);
    Writes second;
    second.people = {person(4)};
    second.changes = {TownChanged{tests::a_town()}};
    EXPECT_EQ(store->commit(second, facts.commits), Committed::Stale);
    Needs needs;
    needs.people = {PersonId(4)};
    EXPECT_THAT(load(needs).people, IsEmpty());
    EXPECT_EQ(load().position, facts.position);
}

TEST_P(StoreContract, NumbersTheFeedWithoutAGap) {
    const auto rows = [](int count) {
        Writes writes;
        for (int i = 0; i < count; ++i) {
            writes.changes.emplace_back(LeaseChanged{DeviceId(1), SlotId(1), i});
        }
        return writes;
    };
    must(rows(3));
    must(rows(0));
    must(rows(4));
    EXPECT_EQ(reads->position().value(), (FeedPosition{1, 7}));
    const auto page = reads->feed({1, 2}, 3).value();
    ASSERT_THAT(page.changes, SizeIs(3));
    EXPECT_EQ(page.changes[0], Change(LeaseChanged{DeviceId(1), SlotId(1), 2}));
    EXPECT_EQ(page.changes[2], Change(LeaseChanged{DeviceId(1), SlotId(1), 1}));
    EXPECT_EQ(page.end, (FeedPosition{1, 7}));
    EXPECT_THAT(reads->feed({1, 7}, 10).value().changes, IsEmpty());
}

TEST_P(StoreContract, SendsADeviceFromAnotherEpochOrTheFutureToASnapshot) {
    EXPECT_EQ(reads->feed({2, 0}, 10).error().kind, IoError::Kind::Refused);
    EXPECT_EQ(reads->feed({1, 1}, 10).error().kind, IoError::Kind::Refused);
    EXPECT_EQ(reads->feed({1, -1}, 10).error().kind, IoError::Kind::Refused);
}

TEST_P(StoreContract, RefusesSeatsBelowZeroAndKeepsNothingOfThatBatch) {
    Writes writes;
    writes.people = {person(9)};
    Slot slot = a_slot(1);
    slot.seats = {10, -1, 0};
    writes.slots = {slot};
    EXPECT_EQ(refusal(writes), IoError::Kind::Refused);
    Needs needs;
    needs.people = {PersonId(9)};
    needs.slots = {SlotId(1)};
    EXPECT_THAT(load(needs).people, IsEmpty());
    EXPECT_EQ(load(needs).slots.at(SlotId(1)), a_slot(1));
}

TEST_P(StoreContract, RefusesALeaseUsedBeyondWhatIsGranted) {
    Writes writes;
    writes.leases = {{DeviceId(1), SlotId(1), 2, 3, 0}};
    EXPECT_EQ(refusal(writes), IoError::Kind::Refused);
    writes.leases = {{DeviceId(1), SlotId(1), 3, 2, 2}};
    EXPECT_EQ(refusal(writes), IoError::Kind::Refused);
}

TEST_P(StoreContract, RefusesASecondLiveBookingForADose) {
    Writes writes;
    writes.bookings = {booking(1, 1, BookingState::Live), booking(2, 1, BookingState::ToMove)};
    EXPECT_EQ(refusal(writes), IoError::Kind::Refused);
    writes.bookings = {booking(1, 1, BookingState::Live), booking(2, 2, BookingState::Live)};
    must(writes);
    Writes second;
    second.bookings = {booking(3, 1, BookingState::Live)};
    EXPECT_EQ(refusal(second), IoError::Kind::Refused);
    second.bookings = {booking(3, 1, BookingState::Doubled)};
    must(second);
}

TEST_P(StoreContract, LetsOneBookingTakeAnothersPlaceInOneCommit) {
    Writes first;
    first.bookings = {booking(2, 1, BookingState::Live)};
    must(first);
    Writes second;
    second.bookings = {booking(1, 1, BookingState::Live), booking(2, 1, BookingState::Cancelled)};
    must(second);
}

TEST_P(StoreContract, RefusesTheSameEventTwiceAndKeepsStraysApart) {
    Writes writes;
    writes.envelopes = {envelope(1, "one")};
    writes.strays = {envelope(1, "one"), envelope(1, "other")};
    must(writes);
    Writes again;
    again.envelopes = {envelope(1, "two")};
    EXPECT_EQ(refusal(again), IoError::Kind::Refused);
    EXPECT_THAT(reads->strays(DeviceId(1)).value(), SizeIs(2));
}

TEST_P(StoreContract, RefusesRowsThatPointAtNothing) {
    Writes writes;
    writes.bookings = {booking(1, 99, BookingState::Live)};
    EXPECT_EQ(refusal(writes), IoError::Kind::Refused);
}

TEST_P(StoreContract, SettlesTheWorklistBeforeItAppends) {
    const BookingId id{DeviceId(1), EventNumber(1)};
    WorklistEntry doubled;
    doubled.reason = "doubled";
    doubled.since = tests::now();
    doubled.booking = id;
    Writes writes;
    writes.worklist = {doubled};
    must(writes);
    writes.settled = {{id, "doubled", {"kept", tests::now(), "", ""}}};
    must(writes);
    const auto open = reads->worklist(true).value();
    ASSERT_THAT(open, SizeIs(1));
    EXPECT_EQ(open[0].id, 2);
    EXPECT_EQ(open[0].booking, id);
    EXPECT_THAT(reads->worklist(false).value(), SizeIs(2));
}

TEST_P(StoreContract, RemembersWhoSaidWhatAndWhatWasDoneAboutIt) {
    WorklistEntry lost;
    lost.reason = "lost";
    lost.since = tests::now();
    lost.by = "佐藤";
    lost.device = DeviceId(1);
    WorklistEntry done = lost;
    done.reason = "seats-returned";
    done.person = PersonId(2);
    done.slot = SlotId(1);
    done.resolution = Resolution{"seats-returned", tests::now(), "鈴木", "電話"};
    Writes writes;
    writes.worklist = {lost, done};
    must(writes);
    lost.id = 1;
    done.id = 2;
    EXPECT_THAT(reads->worklist(false).value(), ElementsAre(lost, done));
    EXPECT_THAT(reads->worklist(true).value(), ElementsAre(lost));
}

TEST_P(StoreContract, ResolvesARowOnceAndDeletesNone) {
    WorklistEntry row;
    row.reason = "clone";
    row.device = DeviceId(1);
    Writes writes;
    writes.worklist = {row};
    must(writes);
    const Resolution first{"noted", tests::now(), "佐藤", ""};
    writes = {};
    writes.resolved = {{1, first}};
    must(writes);
    writes.resolved = {{1, Resolution{"seats-returned", tests::now(), "鈴木", ""}}};
    must(writes);
    ASSERT_THAT(reads->worklist(false).value(), SizeIs(1));
    EXPECT_EQ(reads->worklist(false).value()[0].resolution, first);
}

TEST_P(StoreContract, BringsAlongWhatARowOfTheWorklistNames) {
    Writes writes;
    writes.bookings = {booking(1, 1, BookingState::Live), booking(2, 2, BookingState::Live)};
    writes.leases = {{DeviceId(1), SlotId(2), 4, 1, 0}};
    writes.strays = {envelope(5, "aside")};
    WorklistEntry about_booking;
    about_booking.reason = "doubled";
    about_booking.booking = BookingId{DeviceId(1), EventNumber(1)};
    WorklistEntry aside;
    aside.reason = "fenced";
    aside.person = PersonId(2);
    aside.booking = BookingId{DeviceId(1), EventNumber(5)};
    aside.device = DeviceId(1);
    aside.slot = SlotId(2);
    WorklistEntry about_device;
    about_device.reason = "lost";
    about_device.device = DeviceId(1);
    writes.worklist = {about_booking, aside, about_device};
    must(writes);

    Needs needs;
    needs.worklist = {1, 77};
    EXPECT_THAT(load(needs).worklist, SizeIs(1));
    EXPECT_THAT(load(needs).bookings, SizeIs(1));
    EXPECT_TRUE(load(needs).people.contains(PersonId(1)));
    EXPECT_TRUE(load(needs).slots.contains(SlotId(1)));

    needs.worklist = {2};
    EXPECT_THAT(load(needs).strays, SizeIs(1));
    EXPECT_THAT(load(needs).leases, SizeIs(1));
    EXPECT_TRUE(load(needs).people.contains(PersonId(2)));
    EXPECT_TRUE(load(needs).devices.contains(DeviceId(1)));

    Needs of_device;
    of_device.worklist_of = {DeviceId(1)};
    const Facts facts = load(of_device);
    ASSERT_THAT(facts.worklist, SizeIs(1));
    EXPECT_EQ(facts.worklist.at(3).reason, "lost");
    EXPECT_THAT(facts.leases, SizeIs(1));
}

TEST_P(StoreContract, TakesASnapshotOfOneStateWhileOthersCommit) {
    std::vector<std::string> tickets;
    const auto take_state = [&](const SnapshotState& state) -> Result<void, IoError> {
        EXPECT_THAT(state.slots, SizeIs(2));
        EXPECT_EQ(state.position, (FeedPosition{1, 0}));
        Writes writes;
        writes.people = {person(3)};
        writes.changes = {TownChanged{tests::a_town()}};
        must(writes);
        return {};
    };
    const auto take = [&](const Ticket& ticket, const Resident&) -> Result<void, IoError> {
        tickets.push_back(ticket.number.digits());
        return {};
    };
    ASSERT_TRUE(reads->snapshot(DeviceId(1), tests::today(), take_state, take).ok());
    EXPECT_THAT(tickets, ElementsAre("0000000001", "0000000002"));
    EXPECT_EQ(reads->position().value(), (FeedPosition{1, 1}));
}

TEST_P(StoreContract, SnapshotsHoldWhatADeviceStartsFrom) {
    Writes writes;
    Person somebody = person(2);
    somebody.doses = {{1, {1, tests::in_days(-40), a_vaccine_code("moderna"), "", ""}},
                      {2, {2, tests::in_days(-9), a_vaccine_code("unknown"), "", ""}}};
    writes.people = {somebody};
    writes.bookings = {booking(1, 1, BookingState::Doubled), booking(2, 1, BookingState::Live),
                       booking(3, 1, BookingState::Cancelled)};
    writes.leases = {{DeviceId(1), SlotId(1), 4, 2, 0}};
    writes.slots = {a_slot(3, tests::in_days(-1))};
    must(writes);
    std::vector<Resident> residents;
    const auto take_state = [&](const SnapshotState& state) -> Result<void, IoError> {
        EXPECT_EQ(state.town, tests::a_town());
        EXPECT_THAT(state.vaccines, SizeIs(2));
        EXPECT_THAT(state.venues, ElementsAre(tests::a_venue(1)));
        EXPECT_THAT(state.slots, SizeIs(2)) << "yesterday's slot is over";
        EXPECT_THAT(state.bookings, SizeIs(2));
        EXPECT_THAT(state.leases, ElementsAre(writes.leases[0]));
        EXPECT_EQ(state.vaccine_list.back(), a_vaccine_code("unknown"));
        return {};
    };
    const auto take = [&](const Ticket&, const Resident& resident) -> Result<void, IoError> {
        residents.push_back(resident);
        return {};
    };
    ASSERT_TRUE(reads->snapshot(DeviceId(1), tests::today(), take_state, take).ok());
    ASSERT_THAT(residents, SizeIs(2));
    EXPECT_FALSE(residents[0].last_dose);
    EXPECT_EQ(residents[1].last_dose,
              (DoseRecord{2, tests::in_days(-9), a_vaccine_code("unknown")}));
}

TEST_P(StoreContract, TheListOfVaccinesOnlyGrowsAtItsEnd) {
    const auto before = reads->vaccine_list().value();
    Writes writes;
    writes.vaccines = {tests::a_vaccine("astrazeneca"), tests::a_vaccine("moderna")};
    must(writes);
    auto expected = before;
    expected.push_back(a_vaccine_code("astrazeneca"));
    EXPECT_EQ(reads->vaccine_list().value(), expected);
}

TEST_P(StoreContract, TellsThatAnotherConnectionCommitted) {
    const auto before = reads->data_version().value();
    EXPECT_EQ(reads->data_version().value(), before);
    must(Writes{});
    EXPECT_NE(reads->data_version().value(), before);
}

TEST_P(StoreContract, HoldsAfterItIsClosedAndOpenedAgain) {
    Writes writes;
    writes.changes = {TownChanged{tests::a_town()}};
    must(writes);
    store.reset();
    reads.reset();
    reads = GetParam().reads(place());
    store = GetParam().store(place());
    EXPECT_EQ(reads->position().value(), (FeedPosition{1, 1}));
    EXPECT_EQ(load().town, tests::a_town());
}

TEST_P(StoreContract, IsSharedByTwoWritersWithoutALostCommit) {
    auto other = GetParam().store(place());
    const Facts mine = load();
    const Facts theirs = other->load({}).value();
    EXPECT_EQ(store->commit({}, mine.commits), Committed::Done);
    EXPECT_EQ(other->commit({}, theirs.commits), Committed::Stale);
    EXPECT_EQ(other->commit({}, other->load({}).value().commits), Committed::Done);
}

INSTANTIATE_TEST_SUITE_P(Sqlite, StoreContract,
                         testing::Values(Kind{
                             "sqlite",
                             [](const auto& place) {
                                 ASSERT_TRUE(create_sqlite_store(place, 1).ok());
                             },
                             [](const auto& place) { return open_sqlite_store(place).value(); },
                             [](const auto& place) { return open_sqlite_reads(place).value(); },
                         }),
                         [](const auto& kind) { return kind.param.name; });

TEST(SqliteStore, IsMadeOnceAndFoundOnlyWhereItWasMade) {
    const tests::ScratchFolder folder;
    EXPECT_EQ(open_sqlite_store(folder / "none").error().kind, IoError::Kind::Refused);
    EXPECT_FALSE(open_sqlite_reads(folder / "none").ok());
    ASSERT_TRUE(create_sqlite_store(folder / "town", 1).ok());
    EXPECT_EQ(create_sqlite_store(folder / "town", 1).error().kind, IoError::Kind::Refused);
}

// As a program made it that asked for the condition alone, knew no reading of a venue, and told no
// channels apart.
TEST(SqliteStore, BringsAnEarlierSchemaToThisOne) {
    const tests::ScratchFolder folder;
    ASSERT_TRUE(create_sqlite_store(folder / "town", 1).ok());
    auto database = sqlite::Database::open(folder / "town", sqlite::Access::ReadWrite).value();
    for (const char* back :
         {"ALTER TABLE booking DROP COLUMN channel", "ALTER TABLE lease DROP COLUMN kept_used",
          "ALTER TABLE lease DROP COLUMN kept", "ALTER TABLE slot DROP COLUMN later",
          "ALTER TABLE slot DROP COLUMN kept", "ALTER TABLE slot DROP COLUMN web_later",
          "ALTER TABLE slot DROP COLUMN web", "ALTER TABLE slot DROP COLUMN call_centre_later",
          "ALTER TABLE slot DROP COLUMN call_centre", "DROP TABLE application",
          "DROP TABLE call; DROP TABLE kiosk_setting; DROP TABLE town_text",
          "ALTER TABLE venue DROP COLUMN name_kana",
          "ALTER TABLE booking RENAME COLUMN declared TO condition_declared",
          "INSERT INTO venue VALUES (1, 'v', '', '', '', 'pfizer')",
          "INSERT INTO slot VALUES (1, 1, 19000, 540, 30, 'pfizer', 9, 9, 2, 0, 7)",
          "INSERT INTO person VALUES (1, 19390614)",
          "INSERT INTO booking VALUES (1, 1, 1, 2, 1, 0, 0, 1, 0)",
          "INSERT INTO booking VALUES (1, 2, 1, 1, 1, 0, 0, 1, 0)", "PRAGMA user_version = 3"}) {
        ASSERT_TRUE(database.execute(back).ok()) << back;
    }
    EXPECT_FALSE(open_sqlite_reads(folder / "town").ok()) << "who only reads changes nothing";
    for (int round = 0; round < 2; ++round) {
        ASSERT_TRUE(open_sqlite_store(folder / "town").ok());
        EXPECT_TRUE(open_sqlite_reads(folder / "town").ok());
        EXPECT_TRUE(database.execute("SELECT declared FROM booking").ok());
        EXPECT_TRUE(database.execute("SELECT name_kana FROM venue").ok());
        EXPECT_TRUE(database.execute("SELECT answered_by FROM call").ok());
        EXPECT_TRUE(database.execute("SELECT value FROM kiosk_setting").ok());
        EXPECT_TRUE(database.execute("SELECT reading FROM town_text").ok());
        EXPECT_TRUE(database.execute("SELECT rank, choice_3 FROM application").ok());
        const auto reads = open_sqlite_reads(folder / "town").value();
        const auto slots = reads->slots(Date(std::chrono::days(0)), Date(std::chrono::days(99999)));
        EXPECT_EQ(slots.value().at(0).parts, (SeatParts{1, 0, 0, 0, 0, 0}))
            << "what is booked already is counted";
        EXPECT_EQ(reads->bookings().value().at(0).channel, Channel::Kiosk);
    }
}

TEST(SqliteStore, RefusesASchemaOfAnotherVersion) {
    const tests::ScratchFolder folder;
    ASSERT_TRUE(create_sqlite_store(folder / "town", 1).ok());
    auto database = sqlite::Database::open(folder / "town", sqlite::Access::ReadWrite).value();
    ASSERT_TRUE(database.execute("PRAGMA user_version = 99").ok());
    EXPECT_EQ(open_sqlite_store(folder / "town").error().kind, IoError::Kind::Corrupt);
    EXPECT_EQ(open_sqlite_reads(folder / "town").error().kind, IoError::Kind::Corrupt);
}

}  // namespace
}  // namespace mado::server

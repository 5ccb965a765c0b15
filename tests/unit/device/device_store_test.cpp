#include "sync/device/device_store.h"

#include "shared/platform/sqlite.h"
#include "tests/support/device_in_town.h"

#include <gmock/gmock.h>

namespace mado::device {
namespace {

using testing::IsEmpty;
using testing::SizeIs;
using tests::ModelServer;
using tests::ScratchFolder;

Identity an_identity(std::int64_t device = 3) {
    Identity identity;
    identity.device = DeviceId(device);
    identity.roster_key.fill(7);
    return identity;
}

constexpr Nonce kNonce{1};

class DeviceStoreTest : public testing::Test {
  protected:
    DeviceStoreTest() { open(); }

    void open() {
        store.reset();
        store.emplace(DeviceStore::open(folder.path(), an_identity()).value());
    }
    void grant(std::int64_t slot, std::int64_t level) {
        ASSERT_TRUE(store->raise_granted({{SlotId(slot), level}}).ok());
    }
    sync::ChangesPage page(std::vector<sync::WireChange> changes) const {
        const auto after = store->facts().cursor;
        return {after, after.number + static_cast<std::int64_t>(changes.size()), std::move(changes),
                tests::now()};
    }

    ScratchFolder folder;
    std::optional<DeviceStore> store;
    Instant now = tests::now();
};

TEST_F(DeviceStoreTest, IsNotReadyAndAsksForASnapshotWhenNew) {
    EXPECT_FALSE(store->ready());
    EXPECT_TRUE(store->snapshot_needed());
    EXPECT_EQ(store->last_event(), EventNumber(0));
}

// A restored server's feed may have lost it, with all the versions that the person saw.
TEST_F(DeviceStoreTest, AWishEndsASaleThatTheFeedDoesNotTellWhateverVersionWasSeen) {
    grant(10, 1);
    grant(11, 1);
    const auto sold = store->book({PersonId(1), 1, SlotId(10), {}}, kNonce, now);
    const Sale change{PersonId(1), 1, SlotId(11), {}, SeenBooking{sold->id, 3}};
    const auto changed = store->book(change, kNonce, now);
    ASSERT_TRUE(changed.ok());
    for (int round = 0; round < 2; ++round) {
        const auto bookings = store->bookings_of(PersonId(1)).value();
        ASSERT_THAT(bookings, SizeIs(2));
        EXPECT_EQ(bookings[0].state, BookingState::Cancelled);
        EXPECT_EQ(bookings[1], *changed);
        open();
    }
}

TEST_F(DeviceStoreTest, ASaleRaisesUsedAndShowsTheBookingAcrossARestart) {
    grant(10, 2);
    const auto booking =
        store->book({PersonId(1), 1, SlotId(10), {Declared::Condition}}, kNonce, now);
    ASSERT_TRUE(booking.ok());
    for (int round = 0; round < 2; ++round) {
        EXPECT_EQ(store->facts().leases.at(SlotId(10)), (Lease{2, 1}));
        ASSERT_THAT(store->bookings_of(PersonId(1)).value(), SizeIs(1));
        EXPECT_EQ(store->bookings_of(PersonId(1)).value().front(), *booking);
        EXPECT_THAT(store->bookings_of(PersonId(2)).value(), IsEmpty());
        EXPECT_TRUE(store->slip_owed(booking->id).value());
        open();
    }
}

TEST_F(DeviceStoreTest, RefusesASaleWithoutASeat) {
    grant(10, 1);
    ASSERT_TRUE(store->book({PersonId(1), 1, SlotId(10), {}}, kNonce, now).ok());
    const auto second = store->book({PersonId(2), 1, SlotId(10), {}}, kNonce, now);
    ASSERT_FALSE(second.ok());
    EXPECT_EQ(second.error().kind, IoError::Kind::Refused);
    EXPECT_EQ(store->last_event(), EventNumber(1));
}

TEST_F(DeviceStoreTest, GrantsOnlyRise) {
    grant(10, 5);
    grant(10, 3);
    EXPECT_EQ(store->facts().leases.at(SlotId(10)).granted, 5);
    ASSERT_TRUE(store->apply(page({LeaseChanged{DeviceId(3), SlotId(10), 4}})).ok());
    EXPECT_EQ(store->facts().leases.at(SlotId(10)).granted, 5);
    ASSERT_TRUE(store->apply(page({LeaseChanged{DeviceId(3), SlotId(10), 6}})).ok());
    EXPECT_EQ(store->facts().leases.at(SlotId(10)).granted, 6);
    open();
    EXPECT_EQ(store->facts().leases.at(SlotId(10)).granted, 6);
}

TEST_F(DeviceStoreTest, AnotherDevicesLeaseIsNotOurs) {
    ASSERT_TRUE(store->apply(page({LeaseChanged{DeviceId(4), SlotId(10), 4}})).ok());
    EXPECT_THAT(store->facts().leases, IsEmpty());
    EXPECT_EQ(store->facts().cursor.number, 1);
}

TEST_F(DeviceStoreTest, GivingBackUsesUpTheLease) {
    grant(10, 4);
    ASSERT_TRUE(store->book({PersonId(1), 1, SlotId(10), {}}, kNonce, now).ok());
    ASSERT_TRUE(store->give_back(SlotId(10), kNonce, now).ok());
    EXPECT_EQ(store->facts().leases.at(SlotId(10)), (Lease{4, 4}));
    ASSERT_TRUE(store->give_back(SlotId(10), kNonce, now).ok());
    EXPECT_EQ(store->last_event(), EventNumber(2)) << "nothing left is no event";
}

TEST_F(DeviceStoreTest, APageMustBeginAtTheCursor) {
    auto first =
        page({tests::a_town().name.empty() ? sync::WireChange(sync::Withheld{})
                                           : sync::WireChange(TownChanged{tests::a_town()})});
    ASSERT_TRUE(store->apply(first).ok());
    const auto again = store->apply(first);
    ASSERT_FALSE(again.ok());
    EXPECT_EQ(again.error().kind, IoError::Kind::Refused);
    EXPECT_EQ(store->facts().cursor.number, 1);
}

TEST_F(DeviceStoreTest, APageIsKeptWholeWithItsCursor) {
    ASSERT_TRUE(store
                    ->apply(page({TownChanged{tests::a_town()}, VenueChanged{tests::a_venue()},
                                  VaccineChanged{tests::a_vaccine()}, SlotChanged{tests::a_slot(5)},
                                  BookingChanged{tests::a_booking(8, 5)}, sync::Withheld{}}))
                    .ok());
    const Facts before = store->facts();
    EXPECT_EQ(before.cursor.number, 6);
    open();
    EXPECT_EQ(store->facts(), before);
    EXPECT_THAT(store->bookings_of(PersonId(1)).value(), SizeIs(1));
}

// Written by a program that asked for the condition alone.
TEST_F(DeviceStoreTest, ReadsABookingFromBeforeHelpWasAskedFor) {
    Booking booking = tests::a_booking(8, 5);
    booking.declared = {Declared::Condition};
    ASSERT_TRUE(store->apply(page({BookingChanged{booking}})).ok());
    const auto file = folder / "device-3.db";
    store.reset();
    {
        auto database = sqlite::Database::open(file, sqlite::Access::ReadWrite).value();
        ASSERT_TRUE(
            database.execute("ALTER TABLE booking RENAME COLUMN declared TO condition").ok());
    }
    for (int round = 0; round < 2; ++round) {
        open();
        ASSERT_THAT(store->bookings_of(PersonId(1)).value(), SizeIs(1));
        EXPECT_EQ(store->bookings_of(PersonId(1)).value().front(), booking);
    }
}

TEST_F(DeviceStoreTest, TheFeedsWordOnABookingWinsOverOurOwn) {
    grant(10, 1);
    auto booking = store->book({PersonId(1), 1, SlotId(10), {}}, kNonce, now).value();
    booking.state = BookingState::Doubled;
    booking.version = 2;
    ASSERT_TRUE(store->apply(page({BookingChanged{booking}})).ok());
    ASSERT_THAT(store->bookings_of(PersonId(1)).value(), SizeIs(1));
    EXPECT_EQ(store->bookings_of(PersonId(1)).value().front().state, BookingState::Doubled);
}

TEST_F(DeviceStoreTest, SaysSinceWhenEventsWait) {
    ASSERT_TRUE(store->start(kNonce, now).ok());
    ASSERT_TRUE(store->start(kNonce, now + std::chrono::minutes(1)).ok());
    for (int round = 0; round < 2; ++round) {
        EXPECT_EQ(store->backlog(), (Backlog{2, now, 0, {}}));
        open();
    }
    ASSERT_TRUE(
        store->remember({{EventNumber(1), Answer::Verdict::Aside, "unreadable", {1, 1}}}, now)
            .ok());
    EXPECT_EQ(store->backlog(), (Backlog{1, now + std::chrono::minutes(1), 1, now}));
}

TEST_F(DeviceStoreTest, KeepsTheServersLastWordOnItsChain) {
    EXPECT_EQ(store->signed_head(), std::nullopt);
    SignedHead head{1, EventNumber(5), Digest{1, 2}, {}};
    head.signature.fill(7);
    auto told = page({});
    told.head = head;
    ASSERT_TRUE(store->apply(told).ok());
    ASSERT_TRUE(store->apply(page({sync::Withheld{}})).ok()) << "a page without one forgets none";
    for (int round = 0; round < 2; ++round) {
        EXPECT_EQ(store->signed_head(), head);
        open();
    }
}

TEST_F(DeviceStoreTest, AnEventLeavesTheOverlayOnlyWhenTheCursorHasPassedItsAnswer) {
    grant(10, 1);
    const auto booking = store->book({PersonId(1), 1, SlotId(10), {}}, kNonce, now).value();
    ASSERT_TRUE(
        store->remember({{booking.id.number, Answer::Verdict::Accepted, "", {0, 2}}}, now).ok());
    EXPECT_EQ(store->backlog().unanswered, 0U);
    EXPECT_THAT(store->bookings_of(PersonId(1)).value(), SizeIs(1));
    ASSERT_TRUE(store->apply(page({sync::Withheld{}})).ok());
    EXPECT_THAT(store->bookings_of(PersonId(1)).value(), SizeIs(1));
    open();
    EXPECT_THAT(store->bookings_of(PersonId(1)).value(), SizeIs(1));
    ASSERT_TRUE(store->apply(page({sync::Withheld{}})).ok());
    EXPECT_THAT(store->bookings_of(PersonId(1)).value(), IsEmpty())
        << "the feed has passed it, and says nothing of it";
}

TEST_F(DeviceStoreTest, TheSameAnswerTwiceChangesNothing) {
    ASSERT_TRUE(store->start(kNonce, now).ok());
    const Answer answer{EventNumber(1), Answer::Verdict::Accepted, "", {1, 9}};
    ASSERT_TRUE(store->remember({answer}, now).ok());
    ASSERT_TRUE(store->remember({answer, answer}, now).ok());
    EXPECT_EQ(store->backlog().unanswered, 0U);
}

TEST_F(DeviceStoreTest, SaysWhichTownItHeardOfBesideAnOpenStore) {
    const auto told = [&](std::int64_t device) {
        return DeviceStore::town_told(folder.path(), DeviceId(device));
    };
    EXPECT_EQ(told(3).value(), std::nullopt);
    EXPECT_EQ(told(4).value(), std::nullopt) << "that device has no store";
    ASSERT_TRUE(store->apply(page({TownChanged{tests::a_town()}})).ok());
    EXPECT_EQ(told(3).value(), tests::a_town());
    store.reset();
    EXPECT_EQ(told(3).value(), tests::a_town());
}

TEST_F(DeviceStoreTest, TwoDevicesInOneFolderDoNotMix) {
    ASSERT_TRUE(store->start(kNonce, now).ok());
    auto other = DeviceStore::open(folder.path(), an_identity(4)).value();
    EXPECT_EQ(other.last_event(), EventNumber(0));
}

TEST_F(DeviceStoreTest, TimeDoesNotRunBehindTheLastEventNorBehindTheServer) {
    ASSERT_TRUE(store->start(kNonce, now).ok());
    EXPECT_EQ(store->time_floor(), Instant{}) << "nobody has told us the time yet";
    ASSERT_TRUE(store->apply(page({sync::Withheld{}})).ok());
    EXPECT_EQ(store->time_floor(), now);
    const Instant later = now + std::chrono::hours(5);
    ASSERT_TRUE(store->start(kNonce, later).ok());
    open();
    EXPECT_EQ(store->time_floor(), later);
    ASSERT_TRUE(store->start(kNonce, now + std::chrono::hours(24 * 365 * 50)).ok());
    EXPECT_EQ(store->time_floor(), now) << "a clock that jumped is not believed";
}

TEST_F(DeviceStoreTest, ARosterRowOfAnotherLengthIsSetAside) {
    ASSERT_TRUE(store->apply(page({sync::SealedResident{"short", "row"}})).ok());
    EXPECT_EQ(store->set_aside_count(), 1U);
    EXPECT_EQ(store->facts().cursor.number, 1);
}

TEST_F(DeviceStoreTest, ASnapshotOlderThanWhatWeHaveIsRefused) {
    ModelServer town;
    tests::DeviceInTown kiosk(town);
    kiosk.sync();
    const auto response = town.answer(kiosk.id(), {"GET", "/v1/snapshot", "", {}, 0});
    auto snapshot = sync::parse_snapshot(response.body).value();
    ASSERT_TRUE(store->apply(page({sync::Withheld{}})).ok());
    snapshot.position = {0, 0};
    EXPECT_FALSE(store->announce(snapshot).ok());
    EXPECT_FALSE(store->arriving());
}

}  // namespace
}  // namespace mado::device

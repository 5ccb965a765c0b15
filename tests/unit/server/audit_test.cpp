// What an audit finds in rows that somebody wrote, removed or cut behind the server's back.

#include "sync/server/records/audit.h"

#include "shared/platform/keys.h"
#include "shared/platform/sqlite.h"
#include "sync/protocol/signed_head.h"
#include "tests/support/server/server_town.h"

#include <gmock/gmock.h>

namespace mado::server {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::StartsWith;
using tests::ServerTown;

const SlotId kNine(1);

// A kiosk that started, sold two seats and printed a slip; and a second one that is lost.
class Audit : public testing::Test {
  protected:
    Audit() {
        town.grant(kiosk, kNine, 4);
        town.push(kiosk, {kiosk.write(Started{}), kiosk.sell(PersonId(1), kNine, 1),
                          kiosk.sell(PersonId(2), kNine, 2),
                          kiosk.write(SlipPrinted{{kiosk.id(), EventNumber(3)}, true})});
        sign(town_key, EventNumber(1));
        town.must<DeviceStands>(DeclareLost{other.id(), "佐藤"});
        town.push(other, {other.write(Started{})});
    }

    // As anybody could who has the file, whatever the schema forbids.
    void edit(const std::string& sql) {
        auto database = sqlite::Database::open(town.file(), sqlite::Access::ReadWrite).value();
        ASSERT_TRUE(database.execute("PRAGMA ignore_check_constraints = ON").ok());
        ASSERT_TRUE(database.execute("PRAGMA foreign_keys = OFF").ok());
        ASSERT_TRUE(database.execute(sql).ok());
    }
    void sign(const PrivateKey& key, EventNumber number = EventNumber(4)) {
        SignedHead head{1, number, town.reads().envelope(kiosk.id(), number).value()->hash, {}};
        head.signature = key.sign(sync::signed_bytes(kiosk.id(), head));
        town.must<Noted>(KeepSignedHead{kiosk.id(), head});
    }
    std::vector<std::string> findings() {
        std::vector<std::string> found;
        const auto ledger = open_sqlite_ledger(town.file()).value();
        for (const Finding& finding : audit(*ledger, town_key.public_key()).value().findings)
            found.push_back(finding.kind + ": " + finding.what);
        return found;
    }
    // Gives an event another body and the hash that belongs to it.
    void rewrite(std::int64_t number) {
        StoredEnvelope stored = *town.reads().envelope(kiosk.id(), EventNumber(number)).value();
        stored.envelope.body += " ";
        edit("UPDATE envelope SET body = body || ' ', hash = x'" + to_hex(stored.envelope.hash()) +
             "' WHERE device = 1 AND number = " + std::to_string(number));
    }

    ServerTown town;
    const PrivateKey town_key = PrivateKey::generate();
    tests::ChainedDevice kiosk = town.a_device();
    tests::ChainedDevice other = town.a_device();
};

TEST_F(Audit, FindsNothingWhereNothingIsWrong) {
    const auto ledger = open_sqlite_ledger(town.file()).value();
    const AuditReport report = audit(*ledger, town_key.public_key()).value();
    EXPECT_THAT(report.findings, IsEmpty());
    EXPECT_EQ(report.devices, 2U);
    EXPECT_EQ(report.events, 5U);
    EXPECT_EQ(report.slots, 4U);
    EXPECT_EQ(report.bookings, 2U);
}

TEST_F(Audit, NamesAnEventThatIsMissing) {
    edit("DELETE FROM envelope WHERE number = 1");
    EXPECT_THAT(findings(), ElementsAre("missing: event 1 of device 1: missing"));
}

TEST_F(Audit, NamesEventsThatAreMissing) {
    edit("DELETE FROM envelope WHERE number IN (2, 3)");
    EXPECT_THAT(findings(), ElementsAre("missing: events 2 to 3 of device 1: missing"));
}

TEST_F(Audit, NamesAnEventThatWasEdited) {
    edit("UPDATE envelope SET body = replace(body, '\"slot\":1', '\"slot\":2') WHERE number = 2");
    EXPECT_THAT(findings(),
                ElementsAre("edited: event 2 of device 1: its content does not have its hash"));
}

TEST_F(Audit, NamesAnEventWhoseHashWasEdited) {
    edit("UPDATE envelope SET hash = zeroblob(32) WHERE number = 2");
    EXPECT_THAT(findings(),
                ElementsAre("edited: event 2 of device 1: its content does not have its hash"));
    edit("UPDATE envelope SET hash = x'01' WHERE number = 2");
    EXPECT_THAT(findings(),
                ElementsAre("edited: event 2 of device 1: its content does not have its hash"));
}

TEST_F(Audit, NamesAnEventWhosePreviousHashWasEdited) {
    edit("UPDATE envelope SET previous = zeroblob(32) WHERE number = 3");
    EXPECT_THAT(findings(),
                ElementsAre("edited: event 3 of device 1: its content does not have its hash"));
}

TEST_F(Audit, NamesAnEventThatWasWrittenAnewWithItsHash) {
    rewrite(2);
    EXPECT_THAT(findings(),
                Contains("edited: event 2 of device 1: not the one that event 3 follows"));
}

TEST_F(Audit, NamesALastEventThatWasWrittenAnewWithItsHash) {
    rewrite(4);
    EXPECT_THAT(findings(), ElementsAre("head: event 4 of device 1: not the one that the device's "
                                        "row names as its last"));
}

// With the hash that belongs to it in every place that names it.
TEST_F(Audit, NamesALastEventThatWasWrittenAnewEverywhereButUnderTheSignature) {
    sign(town_key);
    EXPECT_THAT(findings(), IsEmpty());
    rewrite(4);
    edit(
        "UPDATE chain SET head = (SELECT hash FROM envelope WHERE device = 1 AND number = 4) "
        "WHERE device = 1");
    EXPECT_THAT(findings(), ElementsAre("edited: event 4 of device 1, or one before it: not what "
                                        "the town signed"));
}

TEST_F(Audit, NamesATailThatWasCutTogetherWithTheDevicesRow) {
    sign(town_key);
    edit("DELETE FROM envelope WHERE device = 1 AND number = 4");
    edit(
        "UPDATE chain SET events_known = 3, head = (SELECT hash FROM envelope WHERE device = 1 "
        "AND number = 3) WHERE device = 1");
    EXPECT_THAT(findings(), ElementsAre("cut: event 4 of device 1: cut off at the end"));
    edit("DELETE FROM envelope WHERE device = 1");
    edit("DELETE FROM booking WHERE device = 1");
    edit("UPDATE chain SET events_known = 0, head = zeroblob(32) WHERE device = 1");
    EXPECT_THAT(findings(),
                Contains("cut: events 1 to 4 of device 1: cut off, and nothing is left"));
}

TEST_F(Audit, NamesASignatureThatIsNotTheTowns) {
    sign(PrivateKey::generate());
    EXPECT_THAT(findings(), ElementsAre("signature: the signature under event 4 of device 1 is not "
                                        "the town's"));
    edit("UPDATE signed_head SET signature = x'00'");
    EXPECT_THAT(findings(), ElementsAre("signature: the signature under event 4 of device 1 is not "
                                        "the town's"));
}

TEST_F(Audit, NamesADeviceWhoseSignatureIsGone) {
    edit("DELETE FROM signed_head");
    EXPECT_THAT(findings(), ElementsAre("signature: there are events of device 1, and no signature "
                                        "of the town under any"));
}

TEST_F(Audit, NamesABookingThatIsNotAsTheFeedToldIt) {
    const auto* const expected =
        "booking: booking 1-2 is not as the feed told it, and the devices "
        "know it";
    for (const char* change :
         {"declared = 1 - declared", "person = 19", "version = version + 1", "dose = 2"}) {
        edit("UPDATE booking SET " + std::string(change) + " WHERE number = 2");
        EXPECT_THAT(findings(), Contains(expected)) << change;
        edit(
            "UPDATE booking SET declared = 0, person = 1, version = 1, dose = 1 "
            "WHERE number = 2");
        ASSERT_THAT(findings(), IsEmpty());
    }
}

TEST_F(Audit, NamesSeatsThatAreCountedForOthersThanHaveThem) {
    edit("UPDATE booking SET dose = 2 WHERE number = 2");
    EXPECT_THAT(findings(), Contains("later: slot 1: later says 0, and its bookings for a later "
                                     "dose are 1"));
    edit("UPDATE booking SET dose = 1 WHERE number = 2");
    edit("UPDATE lease SET kept = 1");
    EXPECT_THAT(findings(),
                Contains("kept: slot 1: kept says 0, and its kept seats of leases are 1"));
}

TEST_F(Audit, NamesABookingOfTheServersOwnThatIsGone) {
    town.must<BookingMade>(BookFree{PersonId(5), 1, kNine, {}});
    edit("DELETE FROM booking WHERE device = 0");
    edit("UPDATE slot SET booked = booked - 1, free = free + 1 WHERE id = 1");
    EXPECT_THAT(findings(), ElementsAre("booking: booking 0-1 was told by the feed, and is gone"));
}

TEST_F(Audit, NamesATailThatWasCut) {
    edit("DELETE FROM envelope WHERE number > 2");
    EXPECT_THAT(findings(), ElementsAre("cut: events 3 to 4 of device 1: cut off at the end"));
    edit("DELETE FROM envelope");
    EXPECT_THAT(findings(),
                ElementsAre("cut: events 1 to 4 of device 1: cut off, and nothing is left"));
}

TEST_F(Audit, NamesATailThatWasCutWithTheDevicesRowSetBackByItsBooking) {
    const auto second = *town.reads().envelope(kiosk.id(), EventNumber(2)).value();
    edit("DELETE FROM envelope WHERE number > 2");
    edit("UPDATE chain SET events_known = 2, head = x'" + to_hex(second.hash) +
         "' WHERE device = 1");
    EXPECT_THAT(findings(),
                ElementsAre("cut: event 3 of device 1: there is its booking, and not the event"));
}

TEST_F(Audit, NamesEventsThatTheDevicesRowDoesNotKnow) {
    edit("UPDATE chain SET events_known = 3 WHERE device = 1");
    EXPECT_THAT(findings(), ElementsAre("head: event 4 of device 1: the device's row knows nothing "
                                        "of it"));
}

TEST_F(Audit, NamesAnEventBesideTheChainThatWasEdited) {
    edit("UPDATE stray SET body = body || ' '");
    ASSERT_EQ(findings().size(), 1U);
    EXPECT_THAT(findings()[0], StartsWith("edited: event 1 of device 2, kept beside the chain"));
}

TEST_F(Audit, NamesASaleWhoseBookingIsGone) {
    edit("DELETE FROM booking WHERE number = 2");
    edit("UPDATE slot SET booked = booked - 1, free = free + 1 WHERE id = 1");
    EXPECT_THAT(findings(), ElementsAre("no-booking: event 2 of device 1: a sale that was "
                                        "accepted, and its booking is gone"));
}

TEST_F(Audit, NamesASlotWhoseSeatsDoNotAddUp) {
    edit("UPDATE slot SET free = free + 1 WHERE id = 2");
    EXPECT_THAT(findings(), ElementsAre("seats: slot 2: booked 0 + held 0 + free 11 is not its "
                                        "capacity of 10"));
}

TEST_F(Audit, NamesASlotWhoseCountsAreNotItsRows) {
    edit("UPDATE slot SET booked = booked + 1, free = free - 1 WHERE id = 1");
    EXPECT_THAT(findings(), ElementsAre("booked: slot 1: booked says 3, and its bookings are 2"));
    edit("UPDATE slot SET booked = booked - 1, held = held + 1 WHERE id = 1");
    EXPECT_THAT(findings(), ElementsAre("held: slot 1: held says 3, and its leases are 2"));
}

TEST_F(Audit, NamesALeaseThatIsUsedBeyondWhatIsGranted) {
    edit("UPDATE lease SET used = 5 WHERE slot = 1");
    EXPECT_THAT(findings(), Contains("lease: device 1 used more of slot 1 than it was granted"));
}

TEST_F(Audit, NamesAPersonWithTwoBookingsForADose) {
    edit("DROP INDEX booking_one_live");
    edit("UPDATE booking SET person = 1");
    EXPECT_THAT(findings(), ElementsAre("two-bookings: person 1 has 2 bookings for dose 1, and not "
                                        "all are on the worklist as doubled",
                                        "booking: booking 1-3 is not as the feed told it, and the "
                                        "devices know it"));
}

TEST_F(Audit, LetsDoubledBookingsBeThatAreOnTheWorklist) {
    town.push_one(kiosk, kiosk.sell(PersonId(1), kNine, 3));
    EXPECT_THAT(findings(), IsEmpty());
    edit("DELETE FROM worklist WHERE reason = 'doubled'");
    EXPECT_EQ(findings().size(), 1U);
}

TEST_F(Audit, NamesAnApplicationThatWaitsBesideABooking) {
    const Application application{{kiosk.id(), kiosk.next_number()}, PersonId(7), 1, {kNine}, {}};
    town.push_one(kiosk, kiosk.write(Applied{application}));
    EXPECT_THAT(findings(), IsEmpty());
    edit("UPDATE application SET person = 1");
    EXPECT_THAT(findings(),
                ElementsAre("application: application 1-" + application.id.number.text() +
                            " waits for dose 1 of person 1, who has a booking for it"));
}

TEST_F(Audit, NamesADoseThatIsDatedBeforeThePersonsBirth) {
    edit(
        "INSERT INTO dose VALUES (3, 1, 18779, 'pfizer', '', ''), (4, 1, 18779, 'pfizer', '', ''), "
        "(5, 1, 18779, 'pfizer', '', '')");                        // on 2021-06-01
    edit("UPDATE person SET birth_date = 20210602 WHERE id = 3");  // the day after
    edit("UPDATE person SET birth_date = 20210600 WHERE id = 4");  // it may have been the first
    edit("UPDATE person SET birth_date = 20210601 WHERE id = 5");
    EXPECT_THAT(findings(),
                ElementsAre("before-birth: dose 1 of person 3 is dated before the person's birth"));
}

TEST_F(Audit, NamesRowsOfTheFeedThatAreMissingOrTooMany) {
    const std::int64_t end = town.reads().position().value().number;
    edit("DELETE FROM feed WHERE number IN (1, 7, 8)");
    EXPECT_THAT(findings(), ElementsAre("feed: row 1 of the feed: missing",
                                        "feed: rows 7 to 8 of the feed: missing"));
    edit("DELETE FROM feed");
    EXPECT_THAT(findings(),
                ElementsAre("feed: rows 1 to " + std::to_string(end) + " of the feed: missing"));
}

TEST_F(Audit, NamesRowsBehindTheFeedsEnd) {
    const std::int64_t end = town.reads().position().value().number;
    edit("UPDATE municipality SET feed = feed - 2");
    EXPECT_THAT(findings(), ElementsAre("feed: rows " + std::to_string(end - 1) + " to " +
                                        std::to_string(end) + " of the feed stand behind its end"));
}

}  // namespace
}  // namespace mado::server

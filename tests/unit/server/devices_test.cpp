#include "shared/platform/sqlite.h"
#include "tests/support/server/server_town.h"

#include <gmock/gmock.h>

namespace mado::server {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using tests::ServerTown;

Digest digest(std::uint8_t first) {
    Digest found{};
    found[0] = first;
    found[31] = 1;
    return found;
}

CommandRefusal refusal_of(const Outcome& outcome) {
    return std::get<Refused>(outcome).reason;
}

class Devices : public testing::Test {
  protected:
    Device add_code(std::uint8_t code) {
        const Instant expires = town.now + std::chrono::minutes(10);
        return town.must<DeviceStands>(AddCode{digest(code), expires, "kiosk", "lobby", VenueId(1)})
            .device;
    }
    Outcome request(std::uint8_t code, std::uint8_t key) {
        return town.run(RequestEnrolment{digest(code), digest(key), "a request"});
    }

    ServerTown town;
};

TEST_F(Devices, AreInOnceStaffHaveConfirmedThem) {
    const Device made = add_code(101);
    EXPECT_EQ(made.state, DeviceState::CodeMade);
    EXPECT_EQ(std::get<DeviceStands>(request(101, 200)).device.state, DeviceState::Pending);

    town.must<DeviceStands>(ConfirmDevice{made.id, "certificate", "endorsement", Bytes(32, 1)});

    const auto found = town.reads().device_by_key(digest(200)).value();
    ASSERT_TRUE(found);
    EXPECT_EQ(found->state, DeviceState::Enrolled);
    EXPECT_EQ(found->certificate, "certificate");
    EXPECT_EQ(found->signing_request, "a request");
    EXPECT_EQ(found->venue, VenueId(1));
    // Asking again after a lost answer gives the same device.
    EXPECT_EQ(std::get<DeviceStands>(request(101, 200)).device, *found);
}

TEST_F(Devices, CannotUseACodeThatIsUnknownOrTooOldOrTaken) {
    add_code(101);
    EXPECT_EQ(refusal_of(request(102, 200)), CommandRefusal::CodeRefused);
    std::get<DeviceStands>(request(101, 200));
    EXPECT_EQ(refusal_of(request(101, 201)), CommandRefusal::CodeRefused);

    add_code(103);
    town.now += std::chrono::minutes(11);
    EXPECT_EQ(refusal_of(request(103, 202)), CommandRefusal::CodeRefused);
    // The one that came in time may still be waiting for staff.
    EXPECT_EQ(std::get<DeviceStands>(request(101, 200)).device.state, DeviceState::Pending);
}

TEST_F(Devices, AreConfirmedOnlyWhileTheyWait) {
    const Device made = add_code(101);
    EXPECT_EQ(refusal_of(town.run(ConfirmDevice{made.id, "", "", {}})), CommandRefusal::WrongState);
    EXPECT_EQ(refusal_of(town.run(ConfirmDevice{DeviceId(99), "", "", {}})),
              CommandRefusal::UnknownDevice);
}

TEST_F(Devices, ThatAreRevokedLoseTheirRosterKeyAtOnce) {
    const auto kiosk = town.a_device();
    town.must<DeviceStands>(RevokeDevice{kiosk.id()});
    EXPECT_EQ(town.device(kiosk.id()).state, DeviceState::Revoked);
    EXPECT_THAT(town.device(kiosk.id()).roster_key, IsEmpty());
    EXPECT_THAT(town.worklist(), ElementsAre("revoked"));
}

TEST_F(Devices, ThatAreLostKeepTheirSeatsUntilAPersonTakesThemBack) {
    auto kiosk = town.a_device();
    town.grant(kiosk, SlotId(1), 4);
    town.push_one(kiosk, kiosk.sell(PersonId(1), SlotId(1), 1));
    EXPECT_EQ(refusal_of(town.run(ReturnSeats{kiosk.id(), "鈴木"})), CommandRefusal::WrongState);

    town.must<DeviceStands>(DeclareLost{kiosk.id(), "佐藤"});
    EXPECT_EQ(town.slot(1).seats, (SeatCount{10, 1, 3}));

    town.must<DeviceStands>(ReturnSeats{kiosk.id(), "鈴木"});
    town.must<DeviceStands>(ReturnSeats{kiosk.id(), "鈴木"});
    EXPECT_EQ(town.slot(1).seats, (SeatCount{10, 1, 0}));
    EXPECT_THAT(tests::broken_invariants(town.reads()), IsEmpty());
}

TEST_F(Devices, NumbersAreNeverGivenTwice) {
    const Device first = add_code(101);
    const Device second = add_code(102);
    EXPECT_LT(first.id, second.id);
    EXPECT_EQ(refusal_of(town.run(AddCode{digest(101), town.now, "kiosk", "again", {}})),
              CommandRefusal::CodeRefused);
    EXPECT_EQ(refusal_of(town.run(AddCode{digest(103), town.now, "kiosk", "", VenueId(77)})),
              CommandRefusal::UnknownVenue);
}

TEST_F(Devices, ThatAreKiosksAreCountedWhileTheyAreIn) {
    const auto kiosks = [&] { return town.reads().town().value()->kiosks; };
    const auto lost = town.a_device();
    const auto revoked = town.a_device();
    auto cloned = town.a_device();
    EXPECT_EQ(kiosks(), 3);
    town.must<DeviceStands>(RevokeDevice{add_code(101).id});
    EXPECT_EQ(kiosks(), 3) << "one that was never in";

    town.must<DeviceStands>(DeclareLost{lost.id(), "佐藤"});
    EXPECT_EQ(kiosks(), 2);
    town.must<DeviceStands>(RevokeDevice{lost.id()});
    EXPECT_EQ(kiosks(), 2) << "it was out already";
    town.must<DeviceStands>(RevokeDevice{revoked.id()});
    EXPECT_EQ(kiosks(), 1);
    auto clone = cloned;
    clone.nonce = 1;
    town.push_one(cloned, cloned.write(Started{}));
    town.push_one(clone, clone.write(Started{}));
    EXPECT_EQ(town.device(cloned.id()).state, DeviceState::Fenced);
    EXPECT_EQ(kiosks(), 0);
    EXPECT_THAT(tests::broken_invariants(town.reads()), IsEmpty());
}

TEST_F(Devices, ThatAreNoKiosksHaveNoShareOfTheirBudget) {
    town.must<DeviceStands>(
        AddCode{digest(101), town.now + std::chrono::minutes(10), "terminal", "desk", {}});
    const auto terminal = std::get<DeviceStands>(request(101, 200)).device;
    town.must<DeviceStands>(ConfirmDevice{terminal.id, "certificate", "endorsement", Bytes(32, 1)});
    EXPECT_EQ(town.reads().town().value()->kiosks, 0);
}

TEST_F(Devices, ThatComeInTellAllOthersHowManyTheyAre) {
    const FeedPosition before = town.reads().position().value();
    town.a_device();
    const auto page = town.reads().feed(before, 10).value();
    ASSERT_EQ(page.changes.size(), 1U);
    EXPECT_EQ(std::get<TownChanged>(page.changes.front()).town.kiosks, 1);
}

TEST_F(Devices, AreCountedAnewInATownThatWasMadeBeforeTheyWere) {
    town.a_device();
    town.a_device();
    auto database = sqlite::Database::open(town.file(), sqlite::Access::ReadWrite).value();
    ASSERT_TRUE(database
                    .execute("UPDATE municipality SET town = replace(town, ',\"kiosks\":2', ''), "
                             "commits = commits + 1")
                    .ok());
    ASSERT_EQ(town.reads().town().value()->kiosks, 0);
    town.a_device();
    EXPECT_EQ(town.reads().town().value()->kiosks, 3);
}

TEST_F(Devices, AreSeenOnceAMinuteAtMost) {
    const auto kiosk = town.a_device();
    town.now += std::chrono::minutes(5);
    const Instant first = town.now;
    town.must<Noted>(NoteSeen{kiosk.id()});
    town.now += std::chrono::seconds(30);
    town.must<Noted>(NoteSeen{kiosk.id()});
    EXPECT_EQ(town.device(kiosk.id()).last_seen, first);
}

}  // namespace
}  // namespace mado::server

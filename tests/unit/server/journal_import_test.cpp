#include "sync/server/records/journal_import.h"

#include "shared/platform/keys.h"
#include "sync/protocol/journal_file.h"
#include "sync/protocol/signed_head.h"
#include "tests/support/server/server_town.h"

#include <gmock/gmock.h>

namespace mado::server {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using tests::ChainedDevice;
using tests::ServerTown;

const SlotId kNine(1);

class JournalImport : public testing::Test {
  protected:
    JournalImport() {
        town.grant(kiosk, kNine, 4);
        events = {kiosk.write(Started{}), kiosk.sell(PersonId(1), kNine, 1),
                  kiosk.sell(PersonId(2), kNine, 2)};
    }
    void TearDown() override { EXPECT_THAT(tests::broken_invariants(town.reads()), IsEmpty()); }

    // A device whose key the town has certified, as enrolment does it.
    ChainedDevice a_device_with(const PrivateKey& device_key) {
        const Digest code{77};
        town.must<DeviceStands>(
            AddCode{code, town.now + std::chrono::minutes(10), "kiosk", "hall", VenueId(1)});
        const std::string request = device_key.signing_request("hall");
        const auto pending = town.must<DeviceStands>(
            RequestEnrolment{code, read_signing_request(request).value().key_digest, request});
        const DeviceId id = pending.device.id;
        town.must<DeviceStands>(ConfirmDevice{id,
                                              authority.issue_device(request, id, town.now).value(),
                                              "an endorsement", Bytes(32, 7)});
        return ChainedDevice(id);
    }
    std::string file(const std::vector<Envelope>& of, const PrivateKey& with) {
        return sync::write_journal_file(
            {of.front().device, of},
            [&with](std::span<const std::uint8_t> bytes) { return with.sign(bytes); });
    }
    std::string file(const std::vector<Envelope>& of) { return file(of, key); }
    JournalReport taken(const std::string& text) {
        return std::get<JournalReport>(import_journal(
                                           town.store(), town.reads(), text, sign,
                                           [](std::string_view) { return std::nullopt; }, town.now)
                                           .value());
    }
    JournalRefusal refused(const std::string& text) {
        return std::get<JournalRefusal>(import_journal(
                                            town.store(), town.reads(), text, sign,
                                            [](std::string_view) { return std::nullopt; }, town.now)
                                            .value());
    }

    const sync::Sign sign = [this](std::span<const std::uint8_t> bytes) {
        return authority.key().sign(bytes);
    };
    ServerTown town;
    Authority authority = Authority::create("みどり市", tests::now());
    PrivateKey key = PrivateKey::generate();
    ChainedDevice kiosk = a_device_with(key);
    std::vector<Envelope> events;
};

TEST_F(JournalImport, BringsInWhatTheDeviceCouldNotSend) {
    EXPECT_EQ(taken(file(events)), (JournalReport{kiosk.id(), 3, 3, 0, 0, 0, false}));
    EXPECT_EQ(town.slot(1).seats, (SeatCount{10, 2, 2}));
}

TEST_F(JournalImport, SignsTheHeadOfTheChain) {
    taken(file(events));
    const auto chain = town.reads().chain(kiosk.id()).value();
    ASSERT_TRUE(chain->signed_head);
    EXPECT_EQ(chain->signed_head->number, EventNumber(3));
    EXPECT_TRUE(sync::is_signed_by(authority.key().public_key(), kiosk.id(), *chain->signed_head));
}

TEST_F(JournalImport, TwiceChangesNothingAndTheDeviceGetsTheRecordedAnswers) {
    taken(file(events));
    const FeedPosition position = town.reads().position().value();
    const auto version = town.reads().data_version().value();

    EXPECT_EQ(taken(file(events)), (JournalReport{kiosk.id(), 3, 0, 0, 0, 3, false}));

    EXPECT_EQ(town.reads().position().value(), position);
    EXPECT_EQ(town.reads().data_version().value(), version);
    const auto told = town.push(kiosk, events);
    ASSERT_EQ(told.answers.size(), 3U);
    EXPECT_EQ(told.answers[1].verdict, Answer::Verdict::Accepted);
    EXPECT_EQ(told.answers[1].position, position);
}

TEST_F(JournalImport, CountsWhatIsOnTheWorklistAndWhatIsKeptAside) {
    events.push_back(kiosk.sell(PersonId(1), kNine, 3));
    events.push_back(kiosk.sell(PersonId(999), kNine, 4));
    EXPECT_EQ(taken(file(events)), (JournalReport{kiosk.id(), 5, 3, 1, 1, 0, false}));
}

TEST_F(JournalImport, KnowsThoseThatCameOverTheWireBefore) {
    town.push(kiosk, {events[0], events[1]});
    EXPECT_EQ(taken(file(events)), (JournalReport{kiosk.id(), 3, 1, 0, 0, 2, false}));
}

TEST_F(JournalImport, OfMoreEventsThanOnePushTakes) {
    for (int i = 0; i < 1200; ++i)
        events.push_back(kiosk.write(Started{}));
    EXPECT_EQ(taken(file(events)), (JournalReport{kiosk.id(), 1203, 1203, 0, 0, 0, false}));
}

TEST_F(JournalImport, IsNoContactWithTheDevice) {
    const Instant seen = town.device(kiosk.id()).last_seen;
    town.now += std::chrono::hours(3);
    taken(file(events));
    EXPECT_EQ(town.device(kiosk.id()).last_seen, seen);
    EXPECT_EQ(town.device(kiosk.id()).events_known, EventNumber(3));
}

TEST_F(JournalImport, OfALostDeviceKeepsItsSlipsForPeopleToLookAt) {
    town.must<DeviceStands>(DeclareLost{kiosk.id(), "佐藤"});
    EXPECT_EQ(taken(file(events)), (JournalReport{kiosk.id(), 3, 0, 0, 3, 0, true}));
    EXPECT_EQ(taken(file(events)), (JournalReport{kiosk.id(), 3, 0, 0, 0, 3, true}));
    EXPECT_EQ(town.worklist(), (std::vector<std::string>{"lost", "fenced", "fenced"}));
}

TEST_F(JournalImport, OfAnybodyElsesFileIsRefusedWhole) {
    EXPECT_EQ(refused(file(events, PrivateKey::generate())),
              (JournalRefusal{5, "this town's device 1 did not sign it"}));
    ChainedDevice stranger(DeviceId(50));
    EXPECT_EQ(refused(file({stranger.write(Started{})})),
              (JournalRefusal{1, "this town has no device 50"}));
    EXPECT_EQ(town.device(kiosk.id()).events_known, EventNumber(0));
}

TEST_F(JournalImport, OfADamagedFileIsRefusedWholeWithItsLine) {
    const std::string text = file(events);
    EXPECT_EQ(refused(text.substr(0, text.size() - 1)).line, 5U);
    std::string damaged = text;
    damaged[text.find("started")] = 'S';
    EXPECT_EQ(refused(damaged), (JournalRefusal{3, "this event does not follow the one before"}));
    EXPECT_EQ(town.device(kiosk.id()).events_known, EventNumber(0));
}

TEST_F(JournalImport, WithAGapSaysFromWhereToExport) {
    const JournalRefusal refusal = refused(file({events[1], events[2]}));
    EXPECT_EQ(refusal.line, 2U);
    EXPECT_THAT(refusal.reason, HasSubstr("--from 1"));
}

}  // namespace
}  // namespace mado::server

#include "sync/server/booking/silence.h"

#include "tests/support/server/server_town.h"

#include <gmock/gmock.h>

namespace mado::server {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using tests::ServerTown;

class Silence : public testing::Test {
  protected:
    std::vector<SilentDevice> silent() {
        return read_silent_devices(town.reads(), town.now).value();
    }

    ServerTown town;
    tests::ChainedDevice kiosk = town.a_device();
};

TEST_F(Silence, BeginsAnHourAfterTheLastContactAndEndsWithTheNext) {
    const Instant heard = town.now;
    town.now = heard + std::chrono::minutes(60) - Milliseconds(1);
    EXPECT_THAT(silent(), IsEmpty());
    town.now = heard + std::chrono::minutes(60);
    ASSERT_THAT(silent(), SizeIs(1));
    EXPECT_EQ(silent()[0].device, kiosk.id());
    EXPECT_EQ(silent()[0].since, heard);

    town.must<Noted>(NoteSeen{kiosk.id()});
    EXPECT_THAT(silent(), IsEmpty());
}

TEST_F(Silence, NamesTheSeatsThatAreHeldAndByWhenTheyMatter) {
    town.grant(kiosk, SlotId(2), 2);
    town.grant(kiosk, SlotId(1), 3);
    town.now += std::chrono::hours(1);

    const SilentDevice device = silent().at(0);

    ASSERT_THAT(device.held, SizeIs(2));
    EXPECT_EQ(device.held[0].slot.id, SlotId(1));
    EXPECT_EQ(device.held[0].seats, 3);
    EXPECT_EQ(device.seats(), 5);
    EXPECT_EQ(device.matters_at(), instant_in_japan(tests::in_days(7), tests::a_time("09:00")));
}

TEST_F(Silence, SeatsOfSlotsThatHaveBegunMatterNoMore) {
    town.grant(kiosk, SlotId(1), 3);
    town.now = instant_in_japan(tests::in_days(7), tests::a_time("09:00"));
    EXPECT_EQ(silent().at(0).seats(), 3);
    town.now += Milliseconds(1);
    EXPECT_EQ(silent().at(0).seats(), 0);
    EXPECT_FALSE(silent().at(0).matters_at());
}

TEST_F(Silence, IsNobodysWhoIsNotIn) {
    town.must<DeviceStands>(DeclareLost{kiosk.id(), "佐藤"});
    town.must<DeviceStands>(
        AddCode{Digest{9}, town.now + std::chrono::minutes(10), "kiosk", "new", VenueId(1)});
    town.now += std::chrono::hours(2);
    EXPECT_THAT(silent(), IsEmpty());
}

TEST_F(Silence, TurnsAreToldOnceEach) {
    town.now += std::chrono::hours(1);
    const auto now = silent();
    EXPECT_THAT(turns_between({}, now).begun, SizeIs(1));
    EXPECT_THAT(turns_between(now, now).begun, IsEmpty());
    EXPECT_THAT(turns_between(now, now).ended, IsEmpty());
    EXPECT_THAT(turns_between(now, {}).ended, ElementsAre(kiosk.id()));
}

}  // namespace
}  // namespace mado::server

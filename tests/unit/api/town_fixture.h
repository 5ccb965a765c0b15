#pragma once

// A small town in a real store, a device that staff let in, and routes over both. Commands are
// carried out at once, on the caller's thread, where a test does not hold them back.

#include "shared/platform/keys.h"
#include "sync/protocol/messages.h"
#include "sync/server/api/routes.h"
#include "tests/support/builders.h"
#include "tests/support/fake_clock.h"
#include "tests/support/scratch_folder.h"

#include <deque>
#include <memory>
#include <optional>
#include <string>

namespace mado::server {

class TownFixture {
  public:
    TownFixture();

    Outcome command(const Command& command);
    // Makes a code, comes with a key, is confirmed. Returns the device as the store has it.
    Device enrol(const PrivateKey& key, const std::string& secret);
    Device enrol(const PrivateKey& key, const std::string& secret, std::optional<VenueId> venue);

    // The reply, where one came at once.
    std::optional<Reply> ask(Request request);
    Request get(const std::string& target) const;
    Request post(const std::string& target, std::string body) const;

    tests::ScratchFolder folder;
    tests::FakeClock clock{tests::now()};
    Authority authority;
    std::unique_ptr<Store> store;
    PrivateKey key = PrivateKey::generate();
    Digest key_digest{};
    bool queue_is_full = false;
    bool background_is_full = false;
    std::vector<DeviceId> store_is_old_for;
    bool healthy = true;
    std::unique_ptr<Routes> routes;
    Device device;
};

// The event that sells the first seats of a slot, chained to what was before.
Envelope a_booking_event(DeviceId device, std::int64_t number, const Digest& previous,
                         std::int64_t person, std::int64_t slot, std::int64_t used);
Envelope a_started_event(DeviceId device);
Envelope a_call_event(DeviceId device);

}  // namespace mado::server

#pragma once

// Who stands behind the devices' door: the enrolment table, asked by a key's digest.
//
// What it says of an enrolled device is believed for half a second, so that a busy device does not
// make a query of every request; a revocation made by another process counts after that.

#include "sync/protocol/roster.h"
#include "sync/server/api/backend.h"

#include <chrono>
#include <map>
#include <mutex>
#include <optional>

namespace mado::server {

struct KnownDevice {
    DeviceId id;
    DeviceState state = DeviceState::CodeMade;
    sync::RosterKey roster_key{};  // all zero where the device has none
    std::optional<VenueId> venue = {};
};

// Whether that device is to hear of a call: it came from there, or from the same place.
inline bool concerns(const Call& call, const KnownDevice& device) {
    return call.id.device == device.id || (call.venue && call.venue == device.venue);
}

class DeviceTable {
  public:
    using Moment = std::chrono::steady_clock::time_point;

    explicit DeviceTable(ReadsPool& reads) : reads_(reads) {}

    // No value where no device ever came with this key.
    Result<std::optional<KnownDevice>, IoError> find(const Digest& key_digest, Moment now);

    // True once in a minute for each device: then its contact is worth a row.
    bool contact_is_due(DeviceId device, Moment now);
    // True once in a second for each device: then the head of its chain is worth a signature.
    bool signature_is_due(DeviceId device, Moment now);

  private:
    struct Believed {
        KnownDevice device;
        Moment since;
    };

    ReadsPool& reads_;
    std::mutex mutex_;
    std::map<Digest, Believed> believed_;
    static bool is_due(std::map<DeviceId, Moment>& last, DeviceId device,
                       std::chrono::milliseconds pause, Moment now);

    std::map<DeviceId, Moment> contacts_;
    std::map<DeviceId, Moment> signatures_;
};

}  // namespace mado::server

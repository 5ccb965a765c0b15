#pragma once

// How a device joins a town, and how it knows afterwards who it is.
//
// The device makes its key itself and sends a signing request with the secret of the code; staff
// compare the fingerprint on the device with the one at the server before any data flows. What the
// grant brings stands in the device's folder: `identity.json` (ids, address, certificates, the
// town's endorsement) and, for the owner alone, `credentials/ID/device.key` and `roster.key`.
// `identity.json` is written last and whole, so a device is enrolled or it is not.

#include "sync/device/identity.h"
#include "sync/device/transport.h"
#include "sync/protocol/enrolment_code.h"

#include <filesystem>
#include <functional>
#include <string>

namespace mado::device {

struct EnrolmentWish {
    sync::EnrolmentCode code;
    std::string kind;  // "kiosk" or "terminal"
    std::string name;  // as staff will see it
    std::filesystem::path folder;
};

struct EnrolmentHooks {
    // Called once, when the server knows our key: staff compare it with the server's.
    std::function<void(const std::string& fingerprint)> show_fingerprint;
    // Waits a second between two questions; false gives up.
    std::function<bool()> pause;
};

// Asks once a second until staff have confirmed. Nothing is wiped on a failure, and asking again
// with the same code goes on with the same key. Refused: the code is not good (any more), or what
// the server granted does not fit our key. Unavailable: the server was not reached, or is not ours.
Result<DeviceId, IoError> enrol(const EnrolmentWish& wish, const EnrolmentHooks& hooks);
// The same over a network that is already there.
Result<DeviceId, IoError> enrol(Network& network, const EnrolmentWish& wish,
                                const EnrolmentHooks& hooks);

struct Enrolled {
    Identity identity;
    Endpoint endpoint;                   // the devices' listener
    bool secrets_from_fallback = false;  // keys lie in plain files: the demo, and it says so
};

// Whether this folder was ever enrolled.
bool is_enrolled(const std::filesystem::path& folder);

// Refused where this folder was never enrolled; Corrupt where its files do not fit together.
Result<Enrolled, IoError> load_identity(const std::filesystem::path& folder);

// Removes all that a device has in its folder, as if it had never been enrolled there: what it kept
// goes first, so that a wipe that was cut is done again. Keys in systemd's credentials are staff's
// to remove.
Result<void, IoError> wipe(const std::filesystem::path& folder, DeviceId device);

}  // namespace mado::device

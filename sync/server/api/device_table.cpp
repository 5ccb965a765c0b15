#include "sync/server/api/device_table.h"

#include <algorithm>

namespace mado::server {

namespace {

constexpr auto kBelief = std::chrono::milliseconds(500);
constexpr auto kContactPause = std::chrono::minutes(1);
constexpr auto kSignaturePause = std::chrono::seconds(1);

KnownDevice known(const Device& device) {
    KnownDevice found{device.id, device.state, {}, device.venue};
    if (device.roster_key.size() == found.roster_key.size()) {
        std::ranges::copy(device.roster_key, found.roster_key.begin());
    }
    return found;
}

}  // namespace

Result<std::optional<KnownDevice>, IoError> DeviceTable::find(const Digest& key_digest,
                                                              Moment now) {
    {
        const std::lock_guard lock(mutex_);
        const auto held = believed_.find(key_digest);
        if (held != believed_.end() && now - held->second.since < kBelief) {
            return std::optional(held->second.device);
        }
    }
    const auto device = MADO_TRY(
        reads_.with([&key_digest](Reads& reads) { return reads.device_by_key(key_digest); }));
    const std::lock_guard lock(mutex_);
    if (!device || device->state != DeviceState::Enrolled) {
        believed_.erase(key_digest);
        if (!device) return std::optional<KnownDevice>();
        return std::optional(known(*device));
    }
    believed_.insert_or_assign(key_digest, Believed{known(*device), now});
    return std::optional(known(*device));
}

bool DeviceTable::is_due(std::map<DeviceId, Moment>& last, DeviceId device,
                         std::chrono::milliseconds pause, Moment now) {
    const auto [held, first] = last.try_emplace(device, now);
    if (!first && now - held->second < pause) return false;
    held->second = now;
    return true;
}

bool DeviceTable::contact_is_due(DeviceId device, Moment now) {
    const std::lock_guard lock(mutex_);
    return is_due(contacts_, device, kContactPause, now);
}

bool DeviceTable::signature_is_due(DeviceId device, Moment now) {
    const std::lock_guard lock(mutex_);
    return is_due(signatures_, device, kSignaturePause, now);
}

}  // namespace mado::server

#include "shared/platform/clock.h"
#include "shared/platform/keys.h"
#include "shared/platform/os_chance.h"
#include "sync/protocol/enrolment_code.h"
#include "sync/protocol/roster.h"
#include "sync/protocol/slip_code.h"
#include "sync/server/booking/execute.h"
#include "sync/server/booking/silence.h"
#include "sync/server/shell/commands.h"
#include "sync/server/shell/console.h"
#include "sync/server/shell/silence_watch.h"
#include "sync/server/shell/town_folder.h"
#include "sync/server/store/sqlite_store.h"

#include <algorithm>
#include <array>
#include <map>

#include <boost/json.hpp>
#include <fmt/core.h>

namespace mado::server {

namespace {

namespace json = boost::json;

constexpr auto kCodeLife = std::chrono::minutes(10);

// Twenty letters of Crockford's base32: a hundred random bits.
std::string new_secret() {
    constexpr std::string_view kLetters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    std::array<std::uint8_t, 20> bytes{};
    OsChance().fill(bytes);
    std::string secret;
    for (const auto byte : bytes)
        secret += kLetters[byte % kLetters.size()];
    return secret;
}

std::string fingerprint(const Device& device) {
    return device.key_digest == Digest{} ? std::string() : fingerprint_of(device.key_digest);
}

// "A1B2 c3d4…" and "a1b2c3d4" are one.
std::string squeezed(const std::string& text) {
    std::string letters;
    for (const char letter : text) {
        if (letter == ' ' || letter == '-' || letter == ':') continue;
        letters += letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    }
    return letters;
}

// Seats that each device holds, and which devices are silent.
struct Holding {
    std::map<DeviceId, std::int64_t> seats;
    std::map<DeviceId, SilentDevice> silent;

    std::int64_t seats_of(DeviceId device) const {
        const auto found = seats.find(device);
        return found == seats.end() ? 0 : found->second;
    }
};

Result<Holding, IoError> read_holding(Reads& reads, Instant now) {
    Holding holding;
    for (const LeaseEntry& lease : MADO_TRY(reads.leases()))
        holding.seats[lease.device] += lease.left();
    for (SilentDevice& device : MADO_TRY(read_silent_devices(reads, now))) {
        const DeviceId id = device.device;
        holding.silent.emplace(id, std::move(device));
    }
    return holding;
}

json::value json_of(const Holding& holding, DeviceId device) {
    const auto silent = holding.silent.find(device);
    if (silent == holding.silent.end()) return {};
    json::array held;
    for (const auto& [slot, seats] : silent->second.held) {
        held.push_back(json::object{{"slot", slot.id.number()},
                                    {"venue", slot.venue.number()},
                                    {"date", to_text(slot.date)},
                                    {"time", to_text(slot.starts)},
                                    {"seats", seats}});
    }
    const auto matters = silent->second.matters_at();
    return json::object{{"since", to_text(silent->second.since)},
                        {"seats", silent->second.seats()},
                        {"matters_at", matters ? json::value(to_text(*matters)) : json::value()},
                        {"held", std::move(held)}};
}

json::object json_of(const Device& device, const Holding& holding) {
    const bool seen = device.last_seen != Instant{};
    return {{"id", device.id.number()},
            {"name", device.name},
            {"kind", device.kind},
            {"state", std::string(name_of(device.state))},
            {"venue", device.venue ? json::value(device.venue->number()) : json::value()},
            {"fingerprint", fingerprint(device)},
            {"events", device.events_known.number()},
            {"last_seen", seen ? json::value(to_text(device.last_seen)) : json::value()},
            {"seats_held", holding.seats_of(device.id)},
            {"silent", json_of(holding, device.id)}};
}

Result<std::vector<Device>, IoError> all_devices(const TownFolder& folder) {
    const auto reads = MADO_TRY(open_sqlite_reads(folder.database()));
    return reads->devices();
}

// What ConfirmDevice needs: the certificate for the device's key, the town's word for it, and the
// key under which its roster is sealed.
Result<ConfirmDevice, IoError> confirmation(const TownFolder& folder, const Device& device,
                                            Instant now) {
    const Authority authority = MADO_TRY(read_authority(folder));
    const auto reads = MADO_TRY(open_sqlite_reads(folder.database()));
    const auto town = MADO_TRY(reads->town());
    if (!town) return fail(IoError{IoError::Kind::Corrupt, "the store holds no town"});
    const RequestedKey key = MADO_TRY(read_signing_request(device.signing_request));
    const std::string certificate =
        MADO_TRY(authority.issue_device(device.signing_request, device.id, now));
    const auto endorsement =
        authority.key().sign(sync::endorsed_bytes(town->municipality, device.id, key.public_key));
    Bytes roster_key(std::tuple_size_v<sync::RosterKey>);
    OsChance().fill(roster_key);
    return ConfirmDevice{device.id, certificate, to_base64url(endorsement), std::move(roster_key)};
}

int tell(const TownFolder& folder, const Outcome& outcome, std::string_view what, Output output) {
    const auto* stands = std::get_if<DeviceStands>(&outcome);
    if (stands == nullptr) return complain(outcome);
    const Device& device = stands->device;
    const auto reads = open_sqlite_reads(folder.database());
    if (!reads.ok()) return complain(reads.error());
    const auto holding = read_holding(**reads, SystemClock().now());
    if (!holding.ok()) return complain(holding.error());
    if (output == Output::Json) {
        say(json::serialize(json_of(device, *holding)));
        return kDone;
    }
    say(fmt::format("device {} ({}): {}", device.id.text(), device.name, what));
    const std::int64_t seats = holding->seats_of(device.id);
    if (device.state != DeviceState::Enrolled && seats > 0) {
        say(fmt::format("its {} seats stay held until somebody says: device return-seats {}", seats,
                        device.id.text()));
    }
    return kDone;
}

}  // namespace

int device_add(const DeviceAddOptions& options, Output output) {
    const TownFolder folder{options.folder};
    std::string address = options.address;
    if (address.empty()) {
        const auto addresses = read_addresses(folder);
        if (!addresses.ok()) {
            return complain(
                "start the server first, or say --address HOST:PORT: a device must "
                "know where it is");
        }
        address = addresses->residents;
    }
    const auto authority = read_authority_certificate(folder);
    if (!authority.ok()) return complain(authority.error());
    const auto digest = key_digest_of_certificate(*authority);
    if (!digest.ok()) return complain(digest.error());

    const sync::EnrolmentCode code{address, new_secret(), *digest};
    if (!sync::EnrolmentCode::parse(code.text())) {
        return complain("no address that a device could use: " + address, kMisused);
    }
    const auto store = open_sqlite_store(folder.database());
    if (!store.ok()) return complain(store.error());
    const Instant now = SystemClock().now();
    const Instant expires = now + kCodeLife;
    std::optional<VenueId> venue;
    if (options.venue) venue = VenueId(*options.venue);
    const Outcome outcome = execute(
        **store, AddCode{sha256(bytes_of(code.secret)), expires, options.kind, options.name, venue},
        now);
    if (!std::holds_alternative<DeviceStands>(outcome)) return complain(outcome);
    if (output == Output::Json) {
        say(json::serialize(json::object{{"code", code.text()}, {"expires", to_text(expires)}}));
    } else {
        say(code.text());
        fmt::print(stderr,
                   "Good for ten minutes and for one device. Type it there, then compare "
                   "and confirm the fingerprint.\n");
    }
    return kDone;
}

int device_list(const std::filesystem::path& folder, Output output) {
    const auto reads = open_sqlite_reads(TownFolder{folder}.database());
    if (!reads.ok()) return complain(reads.error());
    const auto devices = (*reads)->devices();
    if (!devices.ok()) return complain(devices.error());
    const auto holding = read_holding(**reads, SystemClock().now());
    if (!holding.ok()) return complain(holding.error());
    if (output == Output::Json) {
        json::array list;
        for (const Device& device : *devices)
            list.push_back(json_of(device, *holding));
        say(json::serialize(list));
        return kDone;
    }
    for (const Device& device : *devices) {
        say(fmt::format("{:>4}  {:<9}  {:<8}  {:<19}  {}", device.id.text(), name_of(device.state),
                        device.kind, fingerprint(device), device.name));
        const auto silent = holding->silent.find(device.id);
        if (silent != holding->silent.end()) {
            say(fmt::format("      ALARM: it {}", describe(silent->second)));
        }
    }
    return kDone;
}

int device_confirm(const std::filesystem::path& root, const std::string& wanted, Output output) {
    const TownFolder folder{root};
    const auto devices = all_devices(folder);
    if (!devices.ok()) return complain(devices.error());
    const auto device = std::ranges::find_if(*devices, [&wanted](const Device& candidate) {
        return candidate.state == DeviceState::Pending &&
               squeezed(fingerprint(candidate)) == squeezed(wanted);
    });
    if (device == devices->end()) {
        return complain("no device with this fingerprint waits to be confirmed");
    }
    const Instant now = SystemClock().now();
    auto command = confirmation(folder, *device, now);
    if (!command.ok()) return complain(command.error());
    const auto store = open_sqlite_store(folder.database());
    if (!store.ok()) return complain(store.error());
    return tell(folder, execute(**store, std::move(command).value(), now), "confirmed", output);
}

int device_decide(const DeviceDecideOptions& options, DeviceDecision decision, Output output) {
    const TownFolder folder{options.folder};
    const auto store = open_sqlite_store(folder.database());
    if (!store.ok()) return complain(store.error());
    const Instant now = SystemClock().now();
    const DeviceId device(options.device);
    switch (decision) {
        case DeviceDecision::Revoke:
            return tell(folder, execute(**store, RevokeDevice{device}, now), "revoked", output);
        case DeviceDecision::Lost:
            return tell(folder, execute(**store, DeclareLost{device, options.by}, now),
                        "declared lost", output);
        case DeviceDecision::ReturnSeats:
            return tell(folder, execute(**store, ReturnSeats{device, options.by}, now),
                        "its seats are free", output);
    }
    return kFailed;
}

}  // namespace mado::server

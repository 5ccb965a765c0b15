#include "sync/device/enrolment.h"

#include "shared/platform/files.h"
#include "shared/platform/keys.h"
#include "sync/device/device_store.h"
#include "sync/protocol/json_reader.h"
#include "sync/protocol/json_writer.h"
#include "sync/protocol/messages.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <thread>

namespace mado::device {

namespace {

constexpr std::size_t kSmallFileMax = 64u << 10;
constexpr std::size_t kPemBytesMax = 16u << 10;
constexpr int kQuestionsMax = 660;  // a code lives ten minutes, and we ask once a second
constexpr int kSilencesMax = 10;    // without any answer in between

constexpr auto kIdentityFile = "identity.json";
constexpr auto kDeviceKey = "device.key";
constexpr auto kRosterKey = "roster.key";

// What a device has decided opens for whoever holds its private key, also when its roster key is
// dead.
SealKey journal_key_of(const PrivateKey& key) {
    return sha256(bytes_of("madoguchi journal\n" + key.pem()));
}

IoError refused(std::string what) {
    return {IoError::Kind::Refused, "enrolment: " + std::move(what)};
}

IoError corrupt(std::string what) {
    return {IoError::Kind::Corrupt, "identity: " + std::move(what)};
}

template <class Array>
std::optional<Array> fixed_from_base64url(std::string_view text) {
    const auto bytes = from_base64url(text);
    Array fixed{};
    if (!bytes || bytes->size() != fixed.size()) return {};
    std::ranges::copy(*bytes, fixed.begin());
    return fixed;
}

std::filesystem::path credentials_of(const std::filesystem::path& folder,
                                     const std::string& whose) {
    return folder / "credentials" / whose;
}

Result<void, IoError> make_private_folder(const std::filesystem::path& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (!error) {
        std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
    }
    if (error) return fail(IoError{IoError::Kind::Unavailable, "folder: " + error.message()});
    return {};
}

// The key that this device makes for one code, and the request that asks for its certificate.
struct PendingKey {
    std::string key;
    std::string request;
};

// Asking again with the same code must be the same request, so both are kept until the grant.
Result<PendingKey, IoError> pending_key(const EnrolmentWish& wish) {
    const auto folder = credentials_of(wish.folder, "pending");
    const std::string code = to_hex(sha256(bytes_of(wish.code.text())));
    const auto known = read_file(folder / "code", kSmallFileMax);
    const auto key = read_file(folder / kDeviceKey, kSmallFileMax);
    const auto request = read_file(folder / "request.pem", kSmallFileMax);
    if (known.ok() && *known == code && key.ok() && request.ok()) return PendingKey{*key, *request};

    const auto made = PrivateKey::generate();
    const PendingKey pending{made.pem(), made.signing_request("device")};
    MADO_TRY(make_private_folder(folder));
    MADO_TRY(write_file(folder / kDeviceKey, pending.key, Visibility::OwnerOnly));
    MADO_TRY(write_file(folder / "request.pem", pending.request, Visibility::OwnerOnly));
    MADO_TRY(write_file(folder / "code", code, Visibility::OwnerOnly));
    return pending;
}

// What was granted must be for our key, and from the town that the code named.
Result<void, IoError> check_grant(const sync::EnrolGrant& grant, const EnrolmentWish& wish,
                                  const PrivateKey& key) {
    const auto certified = public_key_of_certificate(grant.certificate);
    if (!certified.ok() || *certified != key.public_key()) {
        return fail(refused("the certificate is not for this device's key"));
    }
    const auto authority = key_digest_of_certificate(grant.authority);
    if (!authority.ok() || *authority != wish.code.authority) {
        return fail(refused("the authority is not the one that the code names"));
    }
    if (!fixed_from_base64url<sync::RosterKey>(grant.roster_key)) {
        return fail(refused("the roster key has another length"));
    }
    if (!fixed_from_base64url<sync::Signature>(grant.endorsement)) {
        return fail(refused("the endorsement has another length"));
    }
    if (!grant.venue.empty() && !parse_digits(grant.venue)) return fail(refused("the venue"));
    Endpoint endpoint;
    endpoint.address = grant.address;
    MADO_TRY(CurlNetwork::open(endpoint));
    return {};
}

std::string identity_json(const sync::EnrolGrant& grant, const EnrolmentWish& wish) {
    sync::JsonWriter out;
    out.begin_object();
    out.name("device").integer(grant.device.number());
    out.name("kind").text(wish.kind);
    out.name("name").text(wish.name);
    out.name("venue").text(grant.venue);
    out.name("address").text(grant.address);
    out.name("authority_key").bytes(wish.code.authority);
    out.name("authority").text(grant.authority);
    out.name("certificate").text(grant.certificate);
    out.name("endorsement").text(grant.endorsement);
    return out.end_object().take();
}

Result<void, IoError> keep_grant(const sync::EnrolGrant& grant, const EnrolmentWish& wish,
                                 const PendingKey& pending) {
    const auto key = MADO_TRY(PrivateKey::from_pem(pending.key));
    MADO_TRY(check_grant(grant, wish, key));
    const auto folder = credentials_of(wish.folder, grant.device.text());
    MADO_TRY(make_private_folder(folder));
    MADO_TRY(write_file(folder / kDeviceKey, pending.key, Visibility::OwnerOnly));
    MADO_TRY(write_file(folder / kRosterKey, grant.roster_key, Visibility::OwnerOnly));
    const auto identity = identity_json(grant, wish);
    MADO_TRY(write_file(wish.folder / kIdentityFile, identity, Visibility::OwnerOnly));
    std::error_code ignored;  // a key without a code left in it opens nothing
    std::filesystem::remove_all(credentials_of(wish.folder, "pending"), ignored);
    return {};
}

Result<std::string, IoError> own_fingerprint(const PendingKey& pending) {
    return fingerprint_of(MADO_TRY(read_signing_request(pending.request)).key_digest);
}

// One answer of the server: a grant, or nothing yet.
Result<std::optional<sync::EnrolGrant>, IoError> read_answer(const HttpResponse& response,
                                                             const std::string& fingerprint) {
    constexpr int kPending = 202;
    const bool json = response.content_type == "application/json";
    if (json && response.status == kPending) {
        const auto pending = sync::parse_enrol_pending(response.body);
        if (pending.ok() && pending->fingerprint == fingerprint) {
            return std::optional<sync::EnrolGrant>();
        }
        if (pending.ok()) return fail(refused("the server has another device's key"));
    }
    if (json && response.status == 200) {
        auto grant = sync::parse_enrol_grant(response.body);
        if (grant.ok()) return std::optional(std::move(grant).value());
    }
    const auto refusal = sync::parse_refusal(response.body);
    if (json && response.status >= 400 && response.status < 500 && refusal.ok()) {
        return fail(refused("the server says " + refusal->error));
    }
    return fail(IoError{IoError::Kind::Unavailable,
                        "enrolment: no answer of ours: status " + std::to_string(response.status)});
}

// The town's key in its certificate, which must be the one that was pinned.
Result<sync::PublicKey, IoError> town_key_of(const std::string& certificate, const Digest& pinned) {
    if (MADO_TRY(key_digest_of_certificate(certificate)) != pinned) {
        return fail(corrupt("the authority is not the one that is pinned"));
    }
    return public_key_of_certificate(certificate);
}

}  // namespace

Result<DeviceId, IoError> enrol(const EnrolmentWish& wish, const EnrolmentHooks& hooks) {
    Endpoint endpoint;
    endpoint.address = wish.code.address;
    endpoint.authority = wish.code.authority;
    const auto network = MADO_TRY(CurlNetwork::open(endpoint));
    return enrol(*network, wish, hooks);
}

Result<DeviceId, IoError> enrol(Network& network, const EnrolmentWish& wish,
                                const EnrolmentHooks& hooks) {
    const auto pending = MADO_TRY(pending_key(wish));
    const auto fingerprint = MADO_TRY(own_fingerprint(pending));
    HttpRequest request;
    request.method = "POST";
    request.path = "/v1/enrol";
    request.body =
        sync::to_json(sync::EnrolRequest{wish.code.secret, pending.request, wish.kind, wish.name});

    bool shown = false;
    int silences = 0;
    for (int asked = 0; asked < kQuestionsMax; ++asked) {
        const auto response = network.exchange(request);
        auto answer =
            response.ok()
                ? read_answer(*response, fingerprint)
                : Result<std::optional<sync::EnrolGrant>, IoError>(fail(response.error()));
        if (!answer.ok()) {
            const bool hopeless = answer.error().kind != IoError::Kind::Unavailable;
            if (hopeless || ++silences >= kSilencesMax) return fail(answer.error());
        } else if (*answer) {
            MADO_TRY(keep_grant(**answer, wish, pending));
            return (*answer)->device;
        } else {
            silences = 0;
            if (!shown) hooks.show_fingerprint(fingerprint);
            shown = true;
        }
        if (!hooks.pause()) break;
    }
    return fail(refused("nobody has confirmed this device"));
}

bool is_enrolled(const std::filesystem::path& folder) {
    std::error_code ignored;
    return std::filesystem::exists(folder / kIdentityFile, ignored);
}

Result<Enrolled, IoError> load_identity(const std::filesystem::path& folder) {
    const auto text = MADO_TRY(read_file(folder / kIdentityFile, kSmallFileMax));
    struct Written {
        std::int64_t device = 0;
        std::string venue, address, authority_key, authority, certificate, endorsement;
    };
    const auto read = [](const sync::JsonObject& in) -> Result<Written, sync::WireError> {
        constexpr std::int64_t kDeviceMax = 2147483647;
        Written written;
        written.device = MADO_TRY(in.integer("device", 1, kDeviceMax));
        written.venue = MADO_TRY(in.text("venue", 20));
        written.address = MADO_TRY(in.line("address", 300));
        written.authority_key = MADO_TRY(in.text("authority_key", 100));
        written.authority = MADO_TRY(in.text("authority", kPemBytesMax));
        written.certificate = MADO_TRY(in.text("certificate", kPemBytesMax));
        written.endorsement = MADO_TRY(in.text("endorsement", 200));
        return written;
    };
    const auto written = sync::read_message(text, {kSmallFileMax, 100}, read);
    if (!written.ok()) return fail(corrupt(written.error().what));

    const auto authority = fixed_from_base64url<Digest>(written->authority_key);
    const auto endorsement = fixed_from_base64url<sync::Signature>(written->endorsement);
    const auto venue = parse_digits(written->venue);
    if (!authority || !endorsement || (!written->venue.empty() && !venue)) {
        return fail(corrupt("identity.json cannot be read"));
    }
    const auto secrets = credentials_of(folder, std::to_string(written->device));
    const auto key_secret = MADO_TRY(read_secret(kDeviceKey, secrets));
    const auto roster_secret = MADO_TRY(read_secret(kRosterKey, secrets));
    const auto roster_key = fixed_from_base64url<sync::RosterKey>(roster_secret.content);
    if (!roster_key) return fail(corrupt("the roster key has another length"));
    const auto key =
        std::make_shared<PrivateKey>(MADO_TRY(PrivateKey::from_pem(key_secret.content)));
    const auto certified = public_key_of_certificate(written->certificate);
    if (!certified.ok() || *certified != key->public_key()) {
        return fail(corrupt("the certificate is not for this device's key"));
    }

    Enrolled enrolled;
    enrolled.identity.device = DeviceId(written->device);
    if (venue) enrolled.identity.venue = VenueId(*venue);
    enrolled.identity.roster_key = *roster_key;
    enrolled.identity.journal_key = journal_key_of(*key);
    enrolled.identity.signer = {
        key->public_key(), *endorsement,
        [key](std::span<const std::uint8_t> bytes) { return key->sign(bytes); }};
    enrolled.identity.authority = MADO_TRY(town_key_of(written->authority, *authority));
    enrolled.endpoint = {written->address, *authority, written->certificate, key_secret.content};
    enrolled.secrets_from_fallback = key_secret.from_fallback || roster_secret.from_fallback;
    return enrolled;
}

Result<void, IoError> wipe(const std::filesystem::path& folder, DeviceId device) {
    MADO_TRY(DeviceStore::remove(folder, device));
    std::error_code error;
    std::filesystem::remove(folder / kIdentityFile, error);
    if (!error) std::filesystem::remove_all(credentials_of(folder, device.text()), error);
    if (error) return fail(IoError{IoError::Kind::Unavailable, "wiping: " + error.message()});
    return {};
}

}  // namespace mado::device

#pragma once

// The messages between devices and the central server, and their JSON.
//
// Both ends use these structs and nothing else; `to_json` writes them and `parse_…` is the one door
// for what comes from the wire. Every size, depth and count is bounded here, and what does not
// parse whole is a WireError, never a half-filled struct. Unknown members are skipped, so that a
// newer end can talk to an older one.
//
//   POST /v1/enrol (residents' listener)  EnrolRequest → 202 EnrolPending, 200 EnrolGrant
//   POST /v1/events                       PushRequest → 200 PushAnswer
//   GET /v1/changes?epoch=E&after=N&wait=S  200 ChangesPage, 409 when a snapshot is needed
//   POST /v1/leases                       LeaseRequest → 200 LeaseAnswer
//   GET /v1/snapshot                      200 Snapshot
//   GET /v1/roster/ID?offset=N            200 application/octet-stream: bytes of the base file
//   GET /healthz (both listeners)         200 {"status":"ok","silent_devices":N,
//                                         "waiting_calls":N}
//   GET /openapi.json (both)              200: all of this for other programs, from
//                                         sync/server/api/openapi.json
//
// A refusal is any other status with {"error": "word", "message": "sentence"}.

#include "shared/base/result.h"
#include "shared/domain/change.h"
#include "shared/domain/event.h"
#include "shared/domain/seats.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mado::sync {

constexpr std::size_t kEventsMax = 500;  // in one push
constexpr std::size_t kEventBodyBytesMax = 4096;
constexpr std::size_t kPushBytesMax = 4u << 20;
constexpr std::size_t kChangesMax = 1000;     // in one page
constexpr std::size_t kLeaseWishesMax = 200;  // in one request
constexpr std::size_t kSnapshotBytesMax = 64u << 20;
constexpr int kJsonDepthMax = 12;

struct WireError {
    std::string what;  // which member and what is wrong with it; never its value

    bool operator==(const WireError&) const = default;
};

struct EnrolRequest {
    std::string secret;
    std::string signing_request;  // PEM
    std::string kind;             // "kiosk"
    std::string name;

    bool operator==(const EnrolRequest&) const = default;
};

// Staff must compare the fingerprint and confirm; ask again with the same request until then.
struct EnrolPending {
    DeviceId device;
    std::string fingerprint;

    bool operator==(const EnrolPending&) const = default;
};

struct EnrolGrant {
    DeviceId device;
    std::string certificate;  // PEM, this device's, for the devices' listener
    std::string authority;    // PEM, the town CA's
    std::string endorsement;  // base64url: the town's signature over device and key (slip_code.h)
    std::string roster_key;   // base64url, 32 bytes
    std::string address;      // "host:port" of the devices' listener
    std::string venue;        // id of the venue where it stands; empty: none

    bool operator==(const EnrolGrant&) const = default;
};

struct PushRequest {
    std::vector<Envelope> events;  // of one device, numbers rising by one
    // Where the server asks again for what it has had: its own word that it had it.
    std::optional<SignedHead> had = {};
    // What the server asked for is here no more, and these are the oldest that are.
    bool gone = false;

    bool operator==(const PushRequest&) const = default;
};

struct PushAnswer {
    std::vector<Answer> answers;          // in the order of the events that were looked at
    std::optional<EventNumber> expected;  // where a gap was found: send from here
    bool fenced = false;                  // this device must enrol again; its events are kept
    Instant now;
    // Where it is fenced, as in a Refusal: answers of an earlier epoch may be lost.
    std::optional<std::int64_t> epoch = {};

    bool operator==(const PushAnswer&) const = default;
};

// A resident's row of the feed, sealed for the device that it goes to. Raw bytes; see roster.h.
struct SealedResident {
    std::string locator;
    std::string sealed;

    bool operator==(const SealedResident&) const = default;
};

// A row that is for other devices only.
struct Withheld {
    bool operator==(const Withheld&) const = default;
};

using WireChange = std::variant<TownChanged, VaccineChanged, VenueChanged, SlotChanged,
                                BookingChanged, ApplicationChanged, LeaseChanged, CallChanged,
                                SettingsChanged, TextChanged, SealedResident, Withheld>;

// Rows after `after` up to and including `upto`: `changes.size() == upto − after.number`. A row of
// a kind that this version does not know is a WireError: the cursor must not pass what was not
// understood.
struct ChangesPage {
    FeedPosition after;
    std::int64_t upto = 0;
    std::vector<WireChange> changes;
    Instant now;
    std::optional<SignedHead> head = {};  // of this device's chain, now and then

    bool operator==(const ChangesPage&) const = default;
};

// `dose`: of the person who waits for it; none: for whoever comes.
struct LeaseWish {
    SlotId slot;
    std::int64_t level = 0;
    std::optional<int> dose = {};

    bool operator==(const LeaseWish&) const = default;
};

struct LeaseRequest {
    std::vector<LeaseWish> wishes;  // at most kLeaseWishesMax

    bool operator==(const LeaseRequest&) const = default;
};

struct LeaseLevel {
    SlotId slot;
    std::int64_t granted = 0;
    std::int64_t kept = 0;

    bool operator==(const LeaseLevel&) const = default;
};

struct LeaseAnswer {
    std::vector<LeaseLevel> levels;  // what is granted now
    Instant now;

    bool operator==(const LeaseAnswer&) const = default;
};

// A lease as the server has it: what a device that starts anew must go on from.
struct LeaseState {
    SlotId slot;
    Lease lease;

    bool operator==(const LeaseState&) const = default;
};

struct RosterFile {
    std::string id;  // 1–64 letters, digits, '-' and '_': part of an address
    std::int64_t bytes = 0;
    Digest digest{};

    bool operator==(const RosterFile&) const = default;
};

struct Snapshot {
    FeedPosition position;
    Town town;
    std::vector<Vaccine> vaccines;
    std::vector<Venue> venues;
    std::vector<Slot> slots;
    std::vector<Booking> bookings;   // live ones, of everybody
    std::vector<LeaseState> leases;  // this device's
    EventNumber events_known;        // the last event of this device that the server has
    RosterFile roster;               // at the same position
    Instant now;
    std::vector<Call> calls = {};                // live ones of the place where this device stands
    std::vector<SettingsChanged> settings = {};  // of all kiosks, and of this one
    std::vector<TownText> texts = {};
    std::vector<Application> applications = {};  // waiting or declined, of everybody

    bool operator==(const Snapshot&) const = default;
};

struct Refusal {
    std::string error;  // lower-case letters, digits, '-' and '_'
    std::string message;
    // To a device that is told nothing else any more: answers of an earlier epoch may be lost.
    std::optional<std::int64_t> epoch = {};

    bool operator==(const Refusal&) const = default;
};

std::string to_json(const EnrolRequest& message);
std::string to_json(const EnrolPending& message);
std::string to_json(const EnrolGrant& message);
std::string to_json(const PushRequest& message);
std::string to_json(const PushAnswer& message);
std::string to_json(const ChangesPage& message);
std::string to_json(const LeaseRequest& message);
std::string to_json(const LeaseAnswer& message);
std::string to_json(const Snapshot& message);
std::string to_json(const Refusal& message);

Result<EnrolRequest, WireError> parse_enrol_request(std::string_view json);
Result<EnrolPending, WireError> parse_enrol_pending(std::string_view json);
Result<EnrolGrant, WireError> parse_enrol_grant(std::string_view json);
// The device is who the connection's certificate says, whatever the message claims.
Result<PushRequest, WireError> parse_push_request(std::string_view json, DeviceId device);
Result<PushAnswer, WireError> parse_push_answer(std::string_view json);
Result<ChangesPage, WireError> parse_changes_page(std::string_view json);
Result<LeaseRequest, WireError> parse_lease_request(std::string_view json);
Result<LeaseAnswer, WireError> parse_lease_answer(std::string_view json);
Result<Snapshot, WireError> parse_snapshot(std::string_view json);
Result<Refusal, WireError> parse_refusal(std::string_view json);

// Rows of the feed as the server's store keeps them: a resident's row in plain.
std::string to_json(const Change& change);
Result<Change, WireError> parse_change(std::string_view json);

}  // namespace mado::sync

#pragma once

// The rows that the central server keeps, as values. Slots, bookings, leases, vaccines and venues
// are the domain's own; here stand those that only the server knows.

#include "shared/base/sha256.h"
#include "shared/base/text.h"
#include "shared/domain/change.h"
#include "shared/domain/event.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace mado::server {

// One injection on record.
struct Dose {
    int number = 1;
    Date date;
    VaccineCode vaccine;
    std::string lot;    // empty where the source had none
    std::string place;  // the municipality that gave it, as the source wrote it; may be empty

    bool operator==(const Dose&) const = default;
};

// What a source says of a dose when it names no vaccine: such a dose counts, and what follows from
// the vaccine is for staff.
VaccineCode unknown_vaccine();

// A name for a person: reissues and later doses bring new ones, and old ones become invalid.
struct IssuedTicket {
    Personal<Ticket> ticket;
    bool valid = true;

    bool operator==(const IssuedTicket&) const = default;
};

struct Person {
    PersonId id;
    Personal<BirthDate> birth_date;
    std::map<int, Dose> doses;  // by number
    std::vector<IssuedTicket> tickets;

    // Whether any of the tickets is good.
    bool valid() const;
    std::optional<DoseRecord> last_dose() const;
    // The person as the row of one ticket says it.
    Resident resident(bool ticket_valid) const;

    bool operator==(const Person&) const = default;
};

// Each venue has one vaccine at a time; a schedule that names none means this one.
struct VenueEntry {
    Venue venue;
    VaccineCode vaccine;

    bool operator==(const VenueEntry&) const = default;
};

// Two counters that only rise, as in the domain's Lease, and what a person's decision took back
// from a device that is fenced. Seats that the device still has: granted − used − taken_back.
struct LeaseEntry {
    DeviceId device;
    SlotId slot;
    std::int64_t granted = 0;
    std::int64_t used = 0;
    std::int64_t taken_back = 0;
    std::int64_t kept = 0;  // these two as in the domain's Lease
    std::int64_t kept_used = 0;

    std::int64_t left() const { return granted - used - taken_back; }
    std::int64_t kept_left() const { return kept - kept_used; }

    bool operator==(const LeaseEntry&) const = default;
};

// Whether the paper came out, as far as any device has told.
enum class SlipState { Unknown, Failed, Printed };

struct BookingEntry {
    Booking booking;
    SlipState slip = SlipState::Unknown;
    Channel channel = Channel::Kiosk;  // whose share its seat is of

    bool operator==(const BookingEntry&) const = default;
};

// An application, and what the town's staff did about it.
struct ApplicationEntry {
    Application application;
    Instant received{};                    // by the server's clock
    std::optional<BookingId> placed = {};  // the booking that came of it
    Instant ended_at{};                    // 1970 while it is waiting
    std::string by = {};  // who ended it, as they named themselves; empty: nobody of the staff
    std::string note = {};

    bool waits() const { return application.state == ApplicationState::Waiting; }
    bool operator==(const ApplicationEntry&) const = default;
};

enum class DeviceState {
    CodeMade,  // staff made a code; no device has come with it yet
    Pending,   // a device came; staff must compare its fingerprint
    Enrolled,
    Fenced,  // a clone, or lost: what it sends is kept aside
    Revoked,
};
// "code-made", "pending", "enrolled", "fenced", "revoked".
std::string_view name_of(DeviceState state);

// How far a device has come: the part of a Device that its events move.
struct ChainEnd {
    DeviceId device;
    Instant last_seen{};       // by the server's clock; 1970 for never
    EventNumber events_known;  // the last event that continues its chain
    Digest head = kChainStart;

    bool operator==(const ChainEnd&) const = default;
};

// How far a device's chain was counter-signed.
struct SignedChain {
    DeviceId device;
    SignedHead head;

    bool operator==(const SignedChain&) const = default;
};

struct Device {
    DeviceId id;
    DeviceState state = DeviceState::CodeMade;
    std::string kind;              // "kiosk", "terminal"
    std::string name;              // as staff call it
    std::optional<VenueId> venue;  // where it stands
    Digest code_hash{};            // SHA-256 of the code's secret
    Instant code_expires{};
    Digest key_digest{};          // SHA-256 of its SubjectPublicKeyInfo; zero before it came
    std::string signing_request;  // PEM, as it came
    std::string certificate;      // PEM; empty before staff confirmed
    std::string endorsement;      // base64url; empty before staff confirmed
    Bytes roster_key;             // 32 bytes; empty before staff confirmed and after a revocation
    Instant last_seen{};          // these three as in ChainEnd
    EventNumber events_known;
    Digest chain_head = kChainStart;

    ChainEnd chain_end() const { return {id, last_seen, events_known, chain_head}; }
    void put(const ChainEnd& end) {
        last_seen = end.last_seen;
        events_known = end.events_known;
        chain_head = end.head;
    }
    bool operator==(const Device&) const = default;
};

// An enrolled kiosk: one of those among which a town shares out what all may spend.
bool is_kiosk_in(const Device& device);

// An envelope as it came, with the answer that it got.
struct StoredEnvelope {
    Envelope envelope;
    Digest hash{};
    Instant received{};
    Answer answer;

    bool operator==(const StoredEnvelope&) const = default;
};

// What was done about a row of the worklist.
struct Resolution {
    std::string done;  // a word of ours: "kept", "cancelled", "noted" …
    Instant at{};
    std::string by = {};  // who did it, as they named themselves; empty: the server itself
    std::string note = {};

    bool operator==(const Resolution&) const = default;
};

// Something that a person must look at, or has looked at.
struct WorklistEntry {
    std::int64_t id = 0;  // given by the store
    std::string reason;   // a word of ours: "doubled", "slot-closed", "clone" …
    Instant since{};
    std::string by = {};  // who said so, where a person did; empty: the server itself
    std::optional<PersonId> person = {};
    std::optional<BookingId> booking = {};  // or the event that was kept aside
    std::optional<DeviceId> device = {};
    std::optional<SlotId> slot = {};
    std::optional<Resolution> resolution = {};

    bool open() const { return !resolution; }

    bool operator==(const WorklistEntry&) const = default;
};

// What the town has set for its kiosks: device 0 stands for all of them.
using SettingsTable = std::map<DeviceId, KioskSettings>;

// The last number of each kind that was given out.
struct Counters {
    std::int64_t people = 0;
    std::int64_t slots = 0;
    std::int64_t devices = 0;
    std::int64_t bookings = 0;  // of device 0, the server itself

    bool operator==(const Counters&) const = default;
};

}  // namespace mado::server

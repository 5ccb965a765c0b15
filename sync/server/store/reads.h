#pragma once

// What the server reads without deciding anything: the feed, snapshots, lists. A connection of its
// own that never waits for a writer and never makes one wait.

#include "sync/server/store/store.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace mado::server {

// Rows of the feed after a number, and where the feed ends now.
struct FeedPage {
    FeedPosition after;
    std::vector<Change> changes;  // numbers after.number + 1 and on, without a gap
    FeedPosition end;             // the feed's last number
};

// Everything that a device starts from but the roster, at one position.
struct SnapshotState {
    FeedPosition position;
    Town town;
    std::vector<Vaccine> vaccines;
    std::vector<Venue> venues;
    std::vector<Slot> slots;                // from the given day on
    std::vector<Booking> bookings;          // live ones (Live, Doubled, ToMove), of everybody
    std::vector<LeaseEntry> leases;         // this device's
    EventNumber events_known;               // the last event of this device that the server has
    std::vector<VaccineCode> vaccine_list;  // what roster rows name; only ever grows at its end
    std::vector<Call> calls;                // that have not ended
    SettingsTable settings;
    TownTexts texts;
    std::vector<Application> applications = {};  // waiting or declined, of everybody
};

// Where a device's chain ends, and how far it was counter-signed.
struct ChainState {
    ChainEnd end;
    std::optional<SignedHead> signed_head;

    bool is_signed_whole() const { return signed_head && signed_head->number == end.events_known; }
    bool operator==(const ChainState&) const = default;
};

// A reader belongs to one thread at a time.
class Reads {
  public:
    virtual ~Reads() = default;

    virtual Result<FeedPosition, IoError> position() = 0;
    // Refused where `after` is beyond the end or of another epoch: the device needs a snapshot.
    virtual Result<FeedPage, IoError> feed(FeedPosition after, std::size_t count_max) = 0;

    // Hands out the state first and then every (ticket, resident), all of one committed state. An
    // error of either function ends it.
    using TakeState = std::function<Result<void, IoError>(SnapshotState)>;
    using TakeResident = std::function<Result<void, IoError>(const Ticket&, const Resident&)>;
    virtual Result<void, IoError> snapshot(DeviceId device, Date slots_from,
                                           const TakeState& take_state,
                                           const TakeResident& take_resident) = 0;
    virtual Result<std::vector<VaccineCode>, IoError> vaccine_list() = 0;

    virtual Result<std::optional<Town>, IoError> town() = 0;
    virtual Result<std::vector<Vaccine>, IoError> vaccines() = 0;
    virtual Result<std::vector<VenueEntry>, IoError> venues() = 0;
    virtual Result<std::vector<Slot>, IoError> slots(Date from, Date to) = 0;

    virtual Result<std::optional<Device>, IoError> device(DeviceId id) = 0;
    // By the SHA-256 of its key's SubjectPublicKeyInfo, whatever its state.
    virtual Result<std::optional<Device>, IoError> device_by_key(const Digest& key_digest) = 0;
    virtual Result<std::vector<Device>, IoError> devices() = 0;
    // No value where there is no such device.
    virtual Result<std::optional<ChainState>, IoError> chain(DeviceId device) = 0;
    virtual Result<std::vector<LeaseEntry>, IoError> leases() = 0;

    virtual Result<std::optional<Person>, IoError> person(const Ticket& ticket) = 0;
    using TakePerson = std::function<Result<void, IoError>(const Person&)>;
    // Everybody, by person id.
    virtual Result<void, IoError> people(const TakePerson& take) = 0;
    // By slot and booking id; cancelled ones too.
    virtual Result<std::vector<BookingEntry>, IoError> bookings() = 0;
    // In the order in which they were received.
    virtual Result<std::vector<ApplicationEntry>, IoError> applications(bool waiting_only) = 0;
    // Oldest first.
    virtual Result<std::vector<WorklistEntry>, IoError> worklist(bool open_only) = 0;
    // By device and number; those that have not ended, or all.
    virtual Result<std::vector<Call>, IoError> calls(bool standing_only) = 0;
    virtual Result<SettingsTable, IoError> settings() = 0;
    virtual Result<TownTexts, IoError> town_texts() = 0;
    // An event as it came; strays are not looked at.
    virtual Result<std::optional<StoredEnvelope>, IoError> envelope(DeviceId device,
                                                                    EventNumber number) = 0;
    virtual Result<std::vector<StoredEnvelope>, IoError> strays(DeviceId device) = 0;

    // Changes whenever any connection, also another process's, has committed.
    virtual Result<std::int64_t, IoError> data_version() = 0;
};

}  // namespace mado::server

#pragma once

// Where the central server keeps everything: the port behind which SQLite stands, and PostgreSQL
// where a town outgrows one machine.
//
// The shape is made for batches. A batch of commands says what it needs to know, the store loads
// all of it in one go (one round trip), pure code decides, and the store commits all writes in one
// transaction (one more). No row is locked in between: facts carry the number of the commit that
// they were read after, and a commit that finds another number changes nothing and says Stale, so
// that the caller loads and decides again. That number and the feed's stand in the municipality's
// own row, which each commit locks: so feed numbers are gapless and no row can commit behind a
// cursor.

#include "shared/base/io_error.h"
#include "shared/base/result.h"
#include "shared/domain/slot.h"
#include "sync/server/store/model.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace mado::server {

using LeaseKey = std::pair<DeviceId, SlotId>;
using EventKey = std::pair<DeviceId, EventNumber>;

// What a batch must know. Asking for what does not exist is no error: it is then not in the facts.
struct Needs {
    std::set<DeviceId> devices;
    std::set<Digest> codes;        // devices by the hash of their enrolment code
    std::set<EventKey> envelopes;  // and strays of the same device and number
    std::set<LeaseKey> leases;     // brings the slots along
    std::set<DeviceId> leases_of;  // all leases of a device, with their slots
    // For each lease named: what its day can hold, and what the device has of that day.
    bool lease_days = false;
    std::set<SlotId> slots;
    std::set<SlotId> bookings_of_slots;
    // Brings tickets, doses, bookings, and the applications that are waiting along.
    std::set<PersonId> people;
    std::set<Ticket> tickets;              // brings their people along
    std::set<BookingId> bookings;          // brings slot and person along
    std::set<ApplicationId> applications;  // brings the slots of its choices and the person along
    // Slots by venue, day and time: what an import compares with.
    std::set<std::tuple<VenueId, Date, TimeOfDay>> slots_at;
    bool bookings_of_slots_at = false;  // the bookings in them too
    // Rows of the worklist by id. Each brings along all that it names: person, booking, slot,
    // device, the lease of both, and the event that was kept aside.
    std::set<std::int64_t> worklist;
    std::set<DeviceId> worklist_of;  // open rows that name a device and no event of it
    std::set<CallId> calls;
    std::set<DeviceId> calls_of;  // those of a device that have not ended
    bool settings = false;
    bool texts = false;
};

struct Facts {
    std::int64_t commits = 0;  // hand it back to commit()
    FeedPosition position;     // the last number of the feed
    std::optional<Town> town;
    int kiosks = 0;  // that are in (is_kiosk_in)
    Counters last;
    VaccineTable vaccines;
    std::map<VenueId, VenueEntry> venues;

    std::map<DeviceId, Device> devices;
    std::map<EventKey, StoredEnvelope> envelopes;
    std::map<std::pair<EventKey, Digest>, StoredEnvelope> strays;  // by device, number and hash
    std::map<LeaseKey, LeaseEntry> leases;
    SlotTable slots;
    std::map<std::tuple<VenueId, Date, TimeOfDay>, SlotId> slots_at;
    std::map<Date, std::int64_t> day_capacity;
    std::map<std::pair<DeviceId, Date>, std::int64_t> day_held;
    std::map<PersonId, Person> people;
    std::map<Ticket, PersonId> tickets;
    std::map<BookingId, BookingEntry> bookings;
    std::map<ApplicationId, ApplicationEntry> applications;
    std::map<std::int64_t, WorklistEntry> worklist;
    std::map<CallId, Call> calls;
    SettingsTable settings;
    TownTexts texts;
};

// All open rows of the worklist with this booking and reason.
struct Settled {
    BookingId booking;
    std::string reason;
    Resolution resolution;

    bool operator==(const Settled&) const = default;
};

// What a batch changes. Rows replace those of the same key; envelopes, changes and worklist are
// appended. Written in this order: envelopes before what they mean.
struct Writes {
    // Each the next of its device's chain, whose end is moved along with it.
    std::vector<StoredEnvelope> envelopes;
    // Events that do not continue their device's chain: clones, and all that a fenced device sends.
    std::vector<StoredEnvelope> strays;
    std::optional<Town> town;
    std::vector<Vaccine> vaccines;
    std::vector<VenueEntry> venues;
    std::vector<Slot> slots;
    std::vector<Device> devices;
    std::vector<ChainEnd> chains;            // of devices of which nothing else changes
    std::vector<SignedChain> signed_chains;  // an older one than is stored changes nothing
    std::vector<LeaseEntry> leases;
    std::vector<Person> people;
    std::vector<BookingEntry> bookings;
    std::vector<Call> calls;
    SettingsTable settings;       // each in place of all that was set for that device
    std::vector<TownText> texts;  // without a text: taken back
    std::vector<ApplicationEntry> applications;
    // Rows of the worklist that are done with, by id and by what they say; what was resolved before
    // stays as it is. Both before this batch's own rows are appended.
    std::map<std::int64_t, Resolution> resolved;
    std::vector<Settled> settled;
    std::vector<WorklistEntry> worklist;
    std::vector<Change> changes;  // numbered from facts.position.number + 1 on
    std::optional<Counters> last;
    std::optional<std::int64_t> epoch;  // later than the one before; the feed's numbers go on

    bool empty() const;
};

enum class Committed {
    Done,   // durable
    Stale,  // somebody else committed since the facts were loaded; nothing happened
};

// A store belongs to one thread at a time.
class Store {
  public:
    virtual ~Store() = default;

    // All facts are of one and the same committed state.
    virtual Result<Facts, IoError> load(const Needs& needs) = 0;
    // All or nothing, and durable when it returns Done. Refused where a constraint of the database
    // would be broken (the last guard: it means that the code that decided is wrong).
    virtual Result<Committed, IoError> commit(const Writes& writes, std::int64_t commits) = 0;
};

}  // namespace mado::server

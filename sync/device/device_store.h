#pragma once

// What a device keeps: journal, cursor, town, slots, bookings, leases, roster, lockouts and misses,
// in one SQLite file (and the roster's base file beside it).
//
// Every function that changes something is one transaction: what it says is on disk when it
// returns a value, and nothing has happened when it returns an error. What is shown is the feed up
// to the cursor with the own events over it that the cursor has not passed. A row that cannot be
// read is set aside in a table of its own and counted, and a new snapshot is asked for, since the
// feed will not bring it again. The store belongs to one thread.

#include "shared/domain/booking.h"
#include "shared/domain/change.h"
#include "shared/domain/event.h"
#include "shared/journal/journal.h"
#include "shared/platform/sqlite.h"
#include "sync/device/holdings.h"
#include "sync/device/identity.h"
#include "sync/device/lockout.h"
#include "sync/device/miss_budget.h"
#include "sync/device/roster_shelf.h"
#include "sync/protocol/messages.h"

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace mado::device {

// What the feed has told so far, with this device's own sales in its leases.
struct Facts {
    FeedPosition cursor;
    std::optional<Town> town;
    VaccineTable vaccines;
    VenueTable venues;
    SlotTable slots;
    LeaseTable leases;
    // Of this place, and of this device; those that have ended are not here.
    std::map<CallId, Call> calls;
    KioskSettings settings_of_all;
    KioskSettings settings_of_this;
    TownTexts texts;

    // What the town has set for this kiosk.
    KioskSettings settings() const { return settings_of_this.over(settings_of_all); }

    bool operator==(const Facts&) const = default;
};

// A booking that is about to be made: the seat is taken from this device's lease.
struct Sale {
    PersonId person;
    int dose = 1;
    SlotId slot;
    Declaration declared = {};
    std::optional<SeenBooking> instead_of = {};  // a change: this one is to end
    // The dose before is known by this dose record alone.
    std::optional<std::string> record = {};
};

class DeviceStore {
  public:
    // Makes what is not there yet, in `folder`, under the device's own id, so that a device that
    // enrols again starts anew and loses nothing. Corrupt where the journal's chain does not
    // verify.
    static Result<DeviceStore, IoError> open(const std::filesystem::path& folder,
                                             Identity identity);
    // The town's settings as this device last heard them, read beside a store that may be open: it
    // writes nothing. No value where it has heard of none.
    static Result<std::optional<Town>, IoError> town_told(const std::filesystem::path& folder,
                                                          DeviceId device);
    DeviceStore(DeviceStore&&) noexcept;
    DeviceStore& operator=(DeviceStore&&) noexcept;
    ~DeviceStore();

    const Identity& identity() const;
    const Facts& facts() const;
    // A snapshot has been installed and its roster can be read.
    bool ready() const;
    // It may promise nothing any more.
    bool fenced() const;
    // The same, on disk and with all that follows: what is unanswered then is all that it has to
    // send.
    bool fence_kept() const;
    // Revoked, and the server has answered all that was decided here: nothing of it is needed.
    bool wipe_due() const;
    bool snapshot_needed() const;
    std::size_t set_aside_count() const;
    // The device's clock must not be behind this: what the server last said, or the last event
    // where that is plausibly later.
    Instant time_floor() const;
    Instant last_event_at() const;
    // By the server's clock, to ten minutes: when it last told of the feed.
    Instant heard_at() const;

    // ---- people
    // The row that this ticket finds and opens. The same work is done for a ticket on no list.
    Result<std::optional<Resident>, IoError> find_resident(const Ticket& ticket);
    Lockout& lockout();
    MissBudget& miss_budget();
    const MissBudget& miss_budget() const;
    // Of this person, in any state: the feed's, with what was decided here and it has not passed
    // yet. A wish that names another version than the feed has told is stale, and counts no more.
    Result<std::vector<Booking>, IoError> bookings_of(PersonId person);
    // The same of what this person applied for.
    Result<std::vector<Application>, IoError> applications_of(PersonId person);
    // Made here, and its slip never came out of the printer.
    Result<bool, IoError> slip_owed(const BookingId& booking);

    // ---- decisions of this device, each an event with its effect
    Result<EventNumber, IoError> start(const Nonce& run, Instant now);
    // Takes a seat of the lease: Refused where none is left.
    Result<Booking, IoError> book(const Sale& sale, const Nonce& nonce, Instant now);
    Result<EventNumber, IoError> wish_cancelled(const SeenBooking& booking, PersonId person,
                                                const Nonce& nonce, Instant now);
    // Kept under the number of its event, which the application returned has.
    Result<Application, IoError> apply_for(Application application, const Nonce& nonce,
                                           Instant now);
    Result<EventNumber, IoError> withdraw(const ApplicationId& application, PersonId person,
                                          const Nonce& nonce, Instant now);
    Result<void, IoError> note_slip(const BookingId& booking, bool printed, const Nonce& nonce,
                                    Instant now);
    // The number names the call.
    Result<EventNumber, IoError> call_staff(const Nonce& nonce, Instant now);
    Result<void, IoError> end_call(EventNumber call, const Nonce& nonce, Instant now);
    // Calls that began before: nobody stands there any more.
    Result<void, IoError> forget_calls_before(Instant when);
    // Gives back all that is left of the lease.
    Result<void, IoError> give_back(SlotId slot, const Nonce& nonce, Instant now);

    // ---- push
    EventNumber last_event() const;
    const Backlog& backlog() const;
    // From a number on, or from the first unanswered one: rising by one, at most `count_max`.
    Result<std::vector<Envelope>, IoError> events(std::optional<EventNumber> from,
                                                  std::size_t count_max);
    // Both by the server's clock.
    Result<void, IoError> remember(const std::vector<Answer>& answers, Instant now);
    Result<void, IoError> forget_answered_before(Instant when);
    // Out for good, but for what it still has to send. `epoch`: the server's, where it was told; a
    // later one than ours puts all answers of before in doubt.
    Result<void, IoError> fence(std::optional<std::int64_t> epoch);
    // The same by staff's hand: roster and bookings are gone when it returns, for good.
    Result<void, IoError> revoke(std::optional<std::int64_t> epoch);

    // The server's last word on how far it has had this device's chain.
    const std::optional<SignedHead>& signed_head() const;

    // ---- pull
    // Refused where the page does not begin at the cursor.
    Result<void, IoError> apply(const sync::ChangesPage& page);
    Result<void, IoError> raise_granted(const std::vector<sync::LeaseLevel>& levels);

    // ---- snapshot: announced, filled range by range (also across restarts), then switched to
    Result<void, IoError> announce(const sync::Snapshot& snapshot);
    // The announced file, until it is switched to or dropped.
    const std::optional<sync::RosterFile>& arriving() const;
    std::int64_t roster_bytes_here() const;
    Result<void, IoError> add_roster_bytes(std::string_view bytes);
    // State, roster and cursor change in one transaction. Corrupt where the file is not what was
    // announced; then it is dropped.
    Result<void, IoError> switch_to_snapshot();
    Result<void, IoError> drop_snapshot();

    // Removes all that a store of this device has in `folder`; none may be open.
    static Result<void, IoError> remove(const std::filesystem::path& folder, DeviceId device);

  private:
    struct State;
    explicit DeviceStore(std::unique_ptr<State> state);

    std::unique_ptr<State> state_;
};

}  // namespace mado::device

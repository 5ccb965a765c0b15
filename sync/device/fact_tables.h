#pragma once

// The tables in which a device keeps what the feed told it, and rows that it could not read.
//
// Town, vaccines, venues and slots are rows of JSON (as the server's own store writes them), read
// once when the store opens; bookings are looked up by person. A row that cannot be read moves to
// `set_aside` with the reason, and is never skipped silently. Inside DeviceStore only.

#include "shared/domain/change.h"
#include "shared/domain/event.h"
#include "shared/platform/sqlite.h"
#include "sync/device/holdings.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mado::device {

// The numbers that a device remembers about itself.
enum class Mark {
    CursorEpoch,
    CursorNumber,
    Fenced,
    Revoked,
    SnapshotNeeded,
    HeardAt,       // the server's clock at the last contact that was worth writing down
    LastEventAt,   // by our clock
    RosterSerial,  // the last that was given to a base file
};

class FactTables {
  public:
    // Works inside `database`, which outlives it.
    static Result<FactTables, IoError> open(sqlite::Database& database);

    // Of a database that only reads; no value where it has no town, or no tables yet.
    static Result<std::optional<Town>, IoError> town_in(sqlite::Database& database);

    struct Loaded {
        std::optional<Town> town;
        VaccineTable vaccines;
        VenueTable venues;
        SlotTable slots;
        LeaseTable leases;
        std::map<CallId, Call> calls;
        KioskSettings settings_of_all;
        KioskSettings settings_of_this;
        TownTexts texts;
    };
    // Moves what cannot be read aside.
    Result<Loaded, IoError> load();
    Result<std::vector<Booking>, IoError> bookings_of(PersonId person);
    // As the feed told them last, whatever came of them.
    Result<std::vector<Application>, IoError> applications_of(PersonId person);
    std::size_t set_aside_count() const { return set_aside_count_; }
    // The same content of the same row is kept once.
    Result<void, IoError> set_aside(std::string_view kind, std::string_view name,
                                    std::string_view content, std::string_view reason);

    // These write inside the caller's transaction. `put` takes what is no booking,
    // lease or resident; a call that has ended and a text that was taken back leave.
    Result<void, IoError> put(const Change& change);
    Result<void, IoError> remove(const CallId& call);
    Result<void, IoError> put(const Booking& booking);
    Result<void, IoError> put(const Application& application);
    Result<void, IoError> raise_granted(SlotId slot, std::int64_t granted, std::int64_t kept);
    Result<void, IoError> put(SlotId slot, const Lease& lease);
    // Takes one lease from `before` to another use: Refused where it is not as expected.
    Result<void, IoError> use(SlotId slot, const Lease& before, const Lease& after);
    Result<void, IoError> clear_feed();
    // What tells anything of people, but for their events.
    Result<void, IoError> clear_people();

    Result<std::int64_t, IoError> mark(Mark mark) const;  // 0 where never set
    Result<void, IoError> set(Mark mark, std::int64_t value);

    Result<std::optional<SignedHead>, IoError> signed_head() const;
    Result<void, IoError> put(const SignedHead& head);

  private:
    Result<void, IoError> remove(std::string_view kind, std::string_view name);
    explicit FactTables(sqlite::Database& database) : database_(&database) {}
    Result<void, IoError> load_facts(Loaded& loaded);
    Result<void, IoError> load_leases(Loaded& loaded);

    sqlite::Database* database_;
    std::size_t set_aside_count_ = 0;
};

}  // namespace mado::device

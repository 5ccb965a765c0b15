#include "sync/device/fact_tables.h"

#include "sync/protocol/messages.h"

#include <algorithm>
#include <array>
#include <utility>

namespace mado::device {

namespace {

constexpr auto kTables = R"(
CREATE TABLE IF NOT EXISTS mark(name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS fact(
    kind TEXT NOT NULL, name TEXT NOT NULL, json TEXT NOT NULL, PRIMARY KEY (kind, name)) STRICT;
CREATE TABLE IF NOT EXISTS booking(
    device INTEGER NOT NULL, number INTEGER NOT NULL, person INTEGER NOT NULL,
    dose INTEGER NOT NULL, slot INTEGER NOT NULL, declared INTEGER NOT NULL,
    state INTEGER NOT NULL, version INTEGER NOT NULL, PRIMARY KEY (device, number)) STRICT;
CREATE INDEX IF NOT EXISTS booking_person ON booking(person);
CREATE TABLE IF NOT EXISTS application(
    device INTEGER NOT NULL, number INTEGER NOT NULL, person INTEGER NOT NULL, json TEXT NOT NULL,
    PRIMARY KEY (device, number)) STRICT;
CREATE INDEX IF NOT EXISTS application_person ON application(person);
CREATE TABLE IF NOT EXISTS lease(
    slot INTEGER PRIMARY KEY, granted INTEGER NOT NULL, used INTEGER NOT NULL,
    kept INTEGER NOT NULL DEFAULT 0, kept_used INTEGER NOT NULL DEFAULT 0,
    CHECK (0 <= used AND used <= granted)) STRICT;
CREATE TABLE IF NOT EXISTS signed_head(
    only INTEGER PRIMARY KEY CHECK (only = 1), epoch INTEGER NOT NULL, number INTEGER NOT NULL,
    hash BLOB NOT NULL, signature BLOB NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS slip_owed(number INTEGER PRIMARY KEY) STRICT;
CREATE TABLE IF NOT EXISTS arriving(
    only INTEGER PRIMARY KEY CHECK (only = 1), serial INTEGER NOT NULL, snapshot TEXT NOT NULL)
    STRICT;
CREATE TABLE IF NOT EXISTS set_aside(
    kind TEXT NOT NULL, name TEXT NOT NULL, content TEXT NOT NULL, reason TEXT NOT NULL,
    UNIQUE (kind, name, content)) STRICT;
)";

std::string_view name_of(Mark mark) {
    switch (mark) {
        case Mark::CursorEpoch:
            return "cursor_epoch";
        case Mark::CursorNumber:
            return "cursor_number";
        case Mark::Fenced:
            return "fenced";
        case Mark::Revoked:
            return "revoked";
        case Mark::SnapshotNeeded:
            return "snapshot_needed";
        case Mark::HeardAt:
            return "heard_at";
        case Mark::LastEventAt:
            return "last_event_at";
        case Mark::RosterSerial:
            return "roster_serial";
    }
    return "";
}

constexpr std::array kStates = {BookingState::Live, BookingState::Doubled, BookingState::ToMove,
                                BookingState::Cancelled};

std::int64_t number_of(BookingState state) {
    for (std::size_t i = 0; i < kStates.size(); ++i) {
        if (kStates[i] == state) return static_cast<std::int64_t>(i);
    }
    return -1;
}

struct RowName {
    std::string kind;
    std::string name;
};

// Where a fact stands; empty for changes that have tables of their own.
RowName row_of(const Change& change) {
    if (std::holds_alternative<TownChanged>(change)) return {"town", ""};
    if (const auto* vaccine = std::get_if<VaccineChanged>(&change)) {
        return {"vaccine", vaccine->vaccine.code.text()};
    }
    if (const auto* venue = std::get_if<VenueChanged>(&change)) {
        return {"venue", venue->venue.id.text()};
    }
    if (const auto* slot = std::get_if<SlotChanged>(&change)) return {"slot", slot->slot.id.text()};
    if (const auto* call = std::get_if<CallChanged>(&change)) return {"call", call->call.id.text()};
    if (const auto* settings = std::get_if<SettingsChanged>(&change)) {
        return {"settings", settings->device ? "this" : "all"};
    }
    if (const auto* text = std::get_if<TextChanged>(&change)) {
        return {"text", text->text.name.language + "/" + text->text.name.key};
    }
    return {};
}

void take(FactTables::Loaded& loaded, Change&& change) {
    if (auto* town = std::get_if<TownChanged>(&change)) loaded.town = std::move(town->town);
    if (auto* vaccine = std::get_if<VaccineChanged>(&change)) {
        loaded.vaccines.insert_or_assign(vaccine->vaccine.code, vaccine->vaccine);
    }
    if (auto* venue = std::get_if<VenueChanged>(&change)) {
        loaded.venues.insert_or_assign(venue->venue.id, venue->venue);
    }
    if (auto* slot = std::get_if<SlotChanged>(&change)) {
        loaded.slots.insert_or_assign(slot->slot.id, slot->slot);
    }
    if (auto* call = std::get_if<CallChanged>(&change)) {
        loaded.calls.insert_or_assign(call->call.id, call->call);
    }
    if (auto* settings = std::get_if<SettingsChanged>(&change)) {
        (settings->device ? loaded.settings_of_this : loaded.settings_of_all) =
            std::move(settings->settings);
    }
    if (auto* text = std::get_if<TextChanged>(&change)) {
        loaded.texts.insert_or_assign(text->text.name, text->text);
    }
}

// Whether the row says that there is nothing (any more).
bool is_over(const Change& change) {
    const auto* const call = std::get_if<CallChanged>(&change);
    const auto* const text = std::get_if<TextChanged>(&change);
    return (call != nullptr && call->call.ended) || (text != nullptr && text->text.text.empty());
}

std::optional<Booking> booking_of(const sqlite::Statement& row) {
    Booking booking;
    booking.id = {DeviceId(row.integer(0)), EventNumber(row.integer(1))};
    booking.person = PersonId(row.integer(2));
    booking.dose = static_cast<int>(row.integer(3));
    booking.slot = SlotId(row.integer(4));
    const auto declared = Declaration::from_bits(row.integer(5));
    const auto state = row.integer(6);
    booking.version = row.integer(7);
    if (state < 0 || state >= static_cast<std::int64_t>(kStates.size())) return {};
    if (!declared) return {};
    booking.declared = *declared;
    if (row.integer(3) < 1 || row.integer(3) > 100 || booking.version < 1) return {};
    if (booking.id.device.number() < 0 || booking.id.number.number() < 1) return {};
    booking.state = kStates[static_cast<std::size_t>(state)];
    return booking;
}

// A disk from when the condition was all that could be declared has its column under that name.
Result<void, IoError> rename_condition(sqlite::Database& database) {
    auto select = MADO_TRY(database.prepare(
        "SELECT count(*) FROM pragma_table_info('booking') WHERE name = 'condition'"));
    MADO_TRY(select.step());
    const bool is_old = select.integer(0) > 0;
    select.reset();
    if (!is_old) return {};
    return database.execute("ALTER TABLE booking RENAME COLUMN condition TO declared");
}

// A disk from before seats were kept for later doses has no columns for them.
Result<void, IoError> add_kept(sqlite::Database& database) {
    auto select = MADO_TRY(
        database.prepare("SELECT count(*) FROM pragma_table_info('lease') WHERE name = 'kept'"));
    MADO_TRY(select.step());
    const bool is_new = select.integer(0) > 0;
    select.reset();
    if (is_new) return {};
    return database.execute(
        "ALTER TABLE lease ADD COLUMN kept INTEGER NOT NULL DEFAULT 0;"
        "ALTER TABLE lease ADD COLUMN kept_used INTEGER NOT NULL DEFAULT 0;");
}

}  // namespace

Result<FactTables, IoError> FactTables::open(sqlite::Database& database) {
    MADO_TRY(rename_condition(database));
    MADO_TRY(database.execute(kTables));
    MADO_TRY(add_kept(database));
    FactTables tables(database);
    auto count = MADO_TRY(database.prepare("SELECT count(*) FROM set_aside"));
    MADO_TRY(count.step());
    tables.set_aside_count_ = static_cast<std::size_t>(count.integer(0));
    count.reset();
    return tables;
}

Result<std::optional<Town>, IoError> FactTables::town_in(sqlite::Database& database) {
    auto tables = MADO_TRY(database.prepare("SELECT name FROM sqlite_schema WHERE name = 'fact'"));
    if (!MADO_TRY(tables.step())) return std::optional<Town>();
    auto select = MADO_TRY(database.prepare("SELECT json FROM fact WHERE kind = 'town'"));
    if (!MADO_TRY(select.step())) return std::optional<Town>();
    auto change = sync::parse_change(select.text(0));
    auto* const town = change.ok() ? std::get_if<TownChanged>(&*change) : nullptr;
    if (town == nullptr) return fail(IoError{IoError::Kind::Corrupt, "the town cannot be read"});
    return std::optional(std::move(town->town));
}

Result<FactTables::Loaded, IoError> FactTables::load() {
    Loaded loaded;
    MADO_TRY(load_facts(loaded));
    MADO_TRY(load_leases(loaded));
    return loaded;
}

Result<void, IoError> FactTables::load_facts(Loaded& loaded) {
    struct Bad {
        RowName row;
        std::string json;
        std::string reason;
    };
    std::vector<Bad> bad;
    auto select = MADO_TRY(database_->prepare("SELECT kind, name, json FROM fact"));
    while (MADO_TRY(select.step())) {
        RowName row{select.text(0), select.text(1)};
        auto json = select.text(2);
        auto change = sync::parse_change(json);
        if (!change.ok()) {
            bad.push_back({std::move(row), std::move(json), change.error().what});
            continue;
        }
        const RowName claimed = row_of(*change);
        if (claimed.kind != row.kind || claimed.name != row.name) {
            bad.push_back({std::move(row), std::move(json), "it is another row's content"});
            continue;
        }
        take(loaded, std::move(change).value());
    }
    for (const auto& [row, json, reason] : bad) {
        const auto work = [&, &row = row, &json = json,
                           &reason = reason]() -> Result<void, IoError> {
            MADO_TRY(set_aside(row.kind, row.name, json, reason));
            MADO_TRY(set(Mark::SnapshotNeeded, 1));
            return remove(row.kind, row.name);
        };
        MADO_TRY(database_->transaction(work));
    }
    return {};
}

Result<void, IoError> FactTables::load_leases(Loaded& loaded) {
    auto select =
        MADO_TRY(database_->prepare("SELECT slot, granted, used, kept, kept_used FROM lease"));
    while (MADO_TRY(select.step())) {
        // The table's own CHECK keeps every row a lease.
        loaded.leases[SlotId(select.integer(0))] = {select.integer(1), select.integer(2),
                                                    select.integer(3), select.integer(4)};
    }
    return {};
}

Result<std::vector<Booking>, IoError> FactTables::bookings_of(PersonId person) {
    std::vector<Booking> found;
    std::vector<BookingId> bad;
    auto select = MADO_TRY(
        database_->prepare("SELECT device, number, person, dose, slot, declared, state, version "
                           "FROM booking WHERE person = ? ORDER BY device, number"));
    select.bind(1, person.number());
    while (MADO_TRY(select.step())) {
        if (const auto booking = booking_of(select)) {
            found.push_back(*booking);
        } else {
            bad.push_back({DeviceId(select.integer(0)), EventNumber(select.integer(1))});
        }
    }
    select.reset();
    for (const auto& id : bad) {
        const auto name = id.device.text() + "-" + id.number.text();
        const auto work = [&]() -> Result<void, IoError> {
            MADO_TRY(set_aside("booking", name, "", "a number is out of its bounds"));
            MADO_TRY(set(Mark::SnapshotNeeded, 1));
            auto remove =
                MADO_TRY(database_->prepare("DELETE FROM booking WHERE device = ? AND number = ?"));
            remove.bind(1, id.device.number()).bind(2, id.number.number());
            return remove.run();
        };
        MADO_TRY(database_->transaction(work));
    }
    return found;
}

Result<std::vector<Application>, IoError> FactTables::applications_of(PersonId person) {
    struct Bad {
        std::int64_t device;
        std::int64_t number;
        std::string json;
    };
    std::vector<Application> found;
    std::vector<Bad> bad;
    auto select = MADO_TRY(database_->prepare(
        "SELECT device, number, json FROM application WHERE person = ? ORDER BY device, number"));
    select.bind(1, person.number());
    while (MADO_TRY(select.step())) {
        auto json = select.text(2);
        auto change = sync::parse_change(json);
        auto* const told = change.ok() ? std::get_if<ApplicationChanged>(&*change) : nullptr;
        if (told != nullptr && told->application.person == person) {
            found.push_back(std::move(told->application));
        } else {
            bad.push_back({select.integer(0), select.integer(1), std::move(json)});
        }
    }
    select.reset();
    for (const Bad& row : bad) {
        const auto name = std::to_string(row.device) + "-" + std::to_string(row.number);
        const auto work = [&]() -> Result<void, IoError> {
            MADO_TRY(set_aside("application", name, row.json, "it cannot be read"));
            MADO_TRY(set(Mark::SnapshotNeeded, 1));
            auto remove = MADO_TRY(
                database_->prepare("DELETE FROM application WHERE device = ? AND number = ?"));
            remove.bind(1, row.device).bind(2, row.number);
            return remove.run();
        };
        MADO_TRY(database_->transaction(work));
    }
    return found;
}

Result<void, IoError> FactTables::set_aside(std::string_view kind, std::string_view name,
                                            std::string_view content, std::string_view reason) {
    auto insert =
        MADO_TRY(database_->prepare("INSERT OR IGNORE INTO set_aside VALUES (?, ?, ?, ?)"));
    insert.bind(1, kind).bind(2, name).bind(3, content).bind(4, reason);
    MADO_TRY(insert.run());
    if (database_->changes() == 1) ++set_aside_count_;
    return {};
}

Result<void, IoError> FactTables::put(const Change& change) {
    const RowName row = row_of(change);
    MADO_CHECK(!row.kind.empty());
    if (is_over(change)) return remove(row.kind, row.name);
    auto upsert = MADO_TRY(database_->prepare("INSERT OR REPLACE INTO fact VALUES (?, ?, ?)"));
    upsert.bind(1, row.kind).bind(2, row.name).bind(3, sync::to_json(change));
    return upsert.run();
}

Result<void, IoError> FactTables::remove(std::string_view kind, std::string_view name) {
    auto remove = MADO_TRY(database_->prepare("DELETE FROM fact WHERE kind = ? AND name = ?"));
    return remove.bind(1, kind).bind(2, name).run();
}

Result<void, IoError> FactTables::remove(const CallId& call) {
    return remove("call", call.text());
}

Result<void, IoError> FactTables::put(const Booking& booking) {
    auto upsert = MADO_TRY(
        database_->prepare("INSERT OR REPLACE INTO booking VALUES (?, ?, ?, ?, ?, ?, ?, ?)"));
    upsert.bind(1, booking.id.device.number())
        .bind(2, booking.id.number.number())
        .bind(3, booking.person.number())
        .bind(4, std::int64_t{booking.dose})
        .bind(5, booking.slot.number())
        .bind(6, booking.declared.bits())
        .bind(7, number_of(booking.state))
        .bind(8, booking.version);
    return upsert.run();
}

Result<void, IoError> FactTables::put(const Application& application) {
    auto upsert =
        MADO_TRY(database_->prepare("INSERT OR REPLACE INTO application VALUES (?, ?, ?, ?)"));
    upsert.bind(1, application.id.device.number())
        .bind(2, application.id.number.number())
        .bind(3, application.person.number())
        .bind(4, sync::to_json(Change(ApplicationChanged{application})));
    return upsert.run();
}

Result<void, IoError> FactTables::raise_granted(SlotId slot, std::int64_t granted,
                                                std::int64_t kept) {
    auto upsert = MADO_TRY(database_->prepare(
        "INSERT INTO lease(slot, granted, used, kept) VALUES (?1, ?2, 0, ?3) "
        "ON CONFLICT(slot) DO UPDATE SET granted = max(granted, ?2), kept = max(kept, ?3)"));
    upsert.bind(1, slot.number()).bind(2, granted).bind(3, kept);
    return upsert.run();
}

Result<void, IoError> FactTables::put(SlotId slot, const Lease& lease) {
    auto upsert = MADO_TRY(
        database_->prepare("INSERT OR REPLACE INTO lease(slot, granted, used, kept, kept_used) "
                           "VALUES (?, ?, ?, ?, ?)"));
    upsert.bind(1, slot.number()).bind(2, lease.granted).bind(3, lease.used);
    return upsert.bind(4, lease.kept).bind(5, lease.kept_used).run();
}

Result<void, IoError> FactTables::use(SlotId slot, const Lease& before, const Lease& after) {
    auto update = MADO_TRY(
        database_->prepare("UPDATE lease SET used = ?1, kept_used = ?4 "
                           "WHERE slot = ?2 AND used = ?3 AND granted >= ?1 AND kept >= ?4"));
    update.bind(1, after.used).bind(2, slot.number()).bind(3, before.used);
    update.bind(4, after.kept_used);
    MADO_TRY(update.run());
    if (database_->changes() != 1) {
        return fail(IoError{IoError::Kind::Refused, "the lease has no such seat"});
    }
    return {};
}

Result<void, IoError> FactTables::clear_feed() {
    return database_->execute("DELETE FROM fact; DELETE FROM booking; DELETE FROM application;");
}

Result<void, IoError> FactTables::clear_people() {
    set_aside_count_ = 0;
    return database_->execute(
        "DELETE FROM booking; DELETE FROM application; DELETE FROM set_aside; "
        "DELETE FROM arriving;");
}

Result<std::int64_t, IoError> FactTables::mark(Mark mark) const {
    auto select = MADO_TRY(database_->prepare("SELECT value FROM mark WHERE name = ?"));
    select.bind(1, name_of(mark));
    const bool found = MADO_TRY(select.step());
    const std::int64_t value = found ? select.integer(0) : 0;
    select.reset();
    return value;
}

Result<void, IoError> FactTables::set(Mark mark, std::int64_t value) {
    auto upsert = MADO_TRY(database_->prepare("INSERT OR REPLACE INTO mark VALUES (?, ?)"));
    upsert.bind(1, name_of(mark)).bind(2, value);
    return upsert.run();
}

// One that cannot be read is none: the server gives another.
Result<std::optional<SignedHead>, IoError> FactTables::signed_head() const {
    auto select =
        MADO_TRY(database_->prepare("SELECT epoch, number, hash, signature FROM signed_head"));
    std::optional<SignedHead> found;
    if (MADO_TRY(select.step())) {
        const auto hash = select.blob(2);
        const auto signature = select.blob(3);
        SignedHead head{select.integer(0), EventNumber(select.integer(1)), {}, {}};
        if (hash.size() == head.hash.size() && signature.size() == head.signature.size()) {
            std::ranges::copy(hash, head.hash.begin());
            std::ranges::copy(signature, head.signature.begin());
            found = head;
        }
    }
    select.reset();
    return found;
}

Result<void, IoError> FactTables::put(const SignedHead& head) {
    auto upsert =
        MADO_TRY(database_->prepare("INSERT OR REPLACE INTO signed_head VALUES (1, ?, ?, ?, ?)"));
    upsert.bind(1, head.epoch).bind(2, head.number.number());
    return upsert.bind(3, head.hash).bind(4, head.signature).run();
}

}  // namespace mado::device

#include "sync/server/store/sqlite_store.h"

#include "shared/platform/disk_files.h"
#include "sync/protocol/messages.h"
#include "sync/server/store/sqlite_rows.h"
#include "sync/server/store/sqlite_worklist.h"

#include <algorithm>

namespace mado::server {

namespace {

using sqlite::Statement;

// 64 MB of pages in memory, since a booking touches pages all over its tables; and a log of 128 MB
// before it is written back, since most batches touch the same pages again, and since writing back
// makes whoever waits for that commit wait for longer.
constexpr const char* kSettings = "PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 32000";

// What hardly ever changes and every batch asks for, as it stands after so many commits: kept
// between batches, since a device alone is a row with three PEM texts. Whoever else commits makes
// another number of them, and then it is read anew.
class Standing {
  public:
    // Forgets what is not of the state after so many commits.
    Result<void, IoError> bring_to(sqlite::Database& database, std::int64_t commits) {
        if (commits == commits_) return {};
        devices_.clear();
        venues_.clear();
        commits_ = kNever;
        kiosks_ = MADO_TRY(rows::kiosks(database));
        vaccines_ = MADO_TRY(rows::vaccines(database));
        for (VenueEntry& entry : MADO_TRY(rows::venues(database))) {
            venues_.emplace(entry.venue.id, std::move(entry));
        }
        commits_ = commits;
        return {};
    }

    // The batch with these writes was that many commits' last one.
    void follow(const Writes& writes, std::int64_t commits) {
        const bool tables_changed =
            !writes.vaccines.empty() || !writes.venues.empty() || !writes.devices.empty();
        const bool of_the_one_before = commits_ + 1 == commits;
        commits_ = of_the_one_before && !tables_changed ? commits : kNever;
        for (const ChainEnd& end : writes.chains) {
            const auto found = devices_.find(end.device);
            if (found != devices_.end()) found->second.put(end);
        }
    }

    int kiosks() const { return kiosks_; }
    const VaccineTable& vaccines() const { return vaccines_; }
    const std::map<VenueId, VenueEntry>& venues() const { return venues_; }

    const Device* device(DeviceId id) const {
        const auto found = devices_.find(id);
        return found == devices_.end() ? nullptr : &found->second;
    }
    void keep(const Device& device) { devices_.insert_or_assign(device.id, device); }

  private:
    static constexpr std::int64_t kNever = -1;

    std::int64_t commits_ = kNever;
    int kiosks_ = 0;
    VaccineTable vaccines_;
    std::map<VenueId, VenueEntry> venues_;
    std::map<DeviceId, Device> devices_;
};

// Loads what is needed, following each need to the rows that it brings along.
class Loader {
  public:
    Loader(sqlite::Database& database, const Needs& needs, Standing& standing)
        : database_(database),
          needs_(needs),
          standing_(standing),
          slots_(needs.slots),
          people_(needs.people) {}

    Result<Facts, IoError> run() {
        MADO_TRY(load_municipality());
        MADO_TRY(load_devices());
        MADO_TRY(load_envelopes());
        MADO_TRY(load_leases());
        MADO_TRY(load_tickets());
        MADO_TRY(load_slots_at());
        MADO_TRY(load_bookings());
        MADO_TRY(load_applications());
        MADO_TRY(load_people());
        MADO_TRY(load_slots());
        if (needs_.lease_days) MADO_TRY(load_days());
        MADO_TRY(load_calls());
        if (needs_.settings) facts_.settings = MADO_TRY(rows::settings(database_));
        if (needs_.texts) facts_.texts = MADO_TRY(rows::town_texts(database_));
        return std::move(facts_);
    }

  private:
    Result<void, IoError> load_municipality() {
        auto row = MADO_TRY(rows::municipality(database_));
        facts_.commits = row.commits;
        facts_.position = row.position;
        facts_.town = std::move(row.town);
        facts_.last = row.last;
        MADO_TRY(standing_.bring_to(database_, row.commits));
        facts_.kiosks = standing_.kiosks();
        facts_.vaccines = standing_.vaccines();
        facts_.venues = standing_.venues();
        return {};
    }

    Result<void, IoError> keep_device(Statement& select) {
        while (MADO_TRY(select.step())) {
            Device found = MADO_TRY(rows::device(select));
            standing_.keep(found);
            facts_.devices.insert_or_assign(found.id, std::move(found));
        }
        return {};
    }

    Result<void, IoError> load_devices() {
        for (const DeviceId id : needs_.devices) {
            if (const Device* known = standing_.device(id)) {
                facts_.devices.insert_or_assign(id, *known);
                continue;
            }
            auto select = MADO_TRY(database_.prepare(MADO_DEVICE_SELECT " WHERE id = ?"));
            MADO_TRY(keep_device(select.bind(1, id.number())));
        }
        for (const Digest& code : needs_.codes) {
            auto select = MADO_TRY(database_.prepare(MADO_DEVICE_SELECT " WHERE code_hash = ?"));
            MADO_TRY(keep_device(select.bind(1, code)));
        }
        return {};
    }

    // A chain has no holes, so an event behind the end that is known is on record nowhere.
    bool may_be_on_record(const EventKey& key) const {
        const auto device = facts_.devices.find(key.first);
        return device == facts_.devices.end() || key.second <= device->second.events_known;
    }

    Result<void, IoError> load_envelope(const EventKey& key) {
        if (!may_be_on_record(key)) return {};
        auto select = MADO_TRY(database_.prepare("SELECT " MADO_ENVELOPE_COLUMNS
                                                 " FROM envelope WHERE device = ? AND number = ?"));
        select.bind(1, key.first.number()).bind(2, key.second.number());
        if (MADO_TRY(select.step())) {
            facts_.envelopes.emplace(key, MADO_TRY(rows::envelope(select)));
        }
        return {};
    }

    Result<void, IoError> load_strays(const EventKey& key) {
        auto select = MADO_TRY(database_.prepare("SELECT " MADO_ENVELOPE_COLUMNS
                                                 " FROM stray WHERE device = ? AND number = ?"));
        select.bind(1, key.first.number()).bind(2, key.second.number());
        while (MADO_TRY(select.step())) {
            StoredEnvelope stray = MADO_TRY(rows::envelope(select));
            const Digest hash = stray.hash;
            facts_.strays.emplace(std::pair(key, hash), std::move(stray));
        }
        return {};
    }

    Result<void, IoError> load_envelopes() {
        for (const EventKey& key : needs_.envelopes) {
            MADO_TRY(load_envelope(key));
            MADO_TRY(load_strays(key));
        }
        return {};
    }

    void keep_lease(const Statement& select) {
        const LeaseEntry lease = rows::lease(select);
        slots_.insert(lease.slot);
        facts_.leases.emplace(LeaseKey(lease.device, lease.slot), lease);
    }

    Result<void, IoError> load_leases() {
        for (const auto& [device, slot] : needs_.leases) {
            slots_.insert(slot);
            auto select = MADO_TRY(database_.prepare("SELECT " MADO_LEASE_COLUMNS
                                                     " FROM lease WHERE device = ? AND slot = ?"));
            select.bind(1, device.number()).bind(2, slot.number());
            if (MADO_TRY(select.step())) keep_lease(select);
        }
        for (const DeviceId device : needs_.leases_of) {
            auto select = MADO_TRY(
                database_.prepare("SELECT " MADO_LEASE_COLUMNS " FROM lease WHERE device = ?"));
            select.bind(1, device.number());
            while (MADO_TRY(select.step()))
                keep_lease(select);
        }
        return {};
    }

    Result<void, IoError> load_tickets() {
        for (const Ticket& ticket : needs_.tickets) {
            auto select = MADO_TRY(database_.prepare(
                "SELECT person FROM ticket WHERE municipality = ? AND number = ?"));
            select.bind(1, ticket.municipality.digits()).bind(2, ticket.number.digits());
            if (!MADO_TRY(select.step())) continue;
            const PersonId person(select.integer(0));
            facts_.tickets.emplace(ticket, person);
            people_.insert(person);
        }
        return {};
    }

    void keep_booking(const BookingEntry& found) {
        slots_.insert(found.booking.slot);
        people_.insert(found.booking.person);
        facts_.bookings.emplace(found.booking.id, found);
    }

    Result<void, IoError> keep_bookings(Statement& select) {
        while (MADO_TRY(select.step()))
            keep_booking(MADO_TRY(rows::booking(select)));
        return {};
    }

    Result<void, IoError> load_bookings() {
        for (const BookingId& id : needs_.bookings) {
            auto select = MADO_TRY(database_.prepare(
                "SELECT " MADO_BOOKING_COLUMNS " FROM booking WHERE device = ? AND number = ?"));
            MADO_TRY(keep_bookings(select.bind(1, id.device.number()).bind(2, id.number.number())));
        }
        std::set<SlotId> in_slots = needs_.bookings_of_slots;
        if (needs_.bookings_of_slots_at) {
            for (const auto& [at, slot] : facts_.slots_at)
                in_slots.insert(slot);
        }
        slots_.insert(in_slots.begin(), in_slots.end());
        return in_slots.empty() ? Result<void, IoError>() : load_bookings_in(in_slots);
    }

    // Only an import of slots asks for them: it goes through all bookings once, so that a booking
    // need not write an index of them.
    Result<void, IoError> load_bookings_in(const std::set<SlotId>& slots) {
        auto select = MADO_TRY(database_.prepare("SELECT " MADO_BOOKING_COLUMNS " FROM booking"));
        while (MADO_TRY(select.step())) {
            if (!slots.contains(rows::slot_of_booking(select))) continue;
            keep_booking(MADO_TRY(rows::booking(select)));
        }
        return {};
    }

    Result<void, IoError> load_people() {
        const std::set<PersonId> wanted = people_;
        for (const PersonId id : wanted) {
            auto found = MADO_TRY(rows::person(database_, id));
            if (!found) continue;
            facts_.people.emplace(id, std::move(*found));
            auto select = MADO_TRY(database_.prepare(MADO_BOOKINGS_OF_PERSON));
            MADO_TRY(keep_bookings(select.bind(1, id.number())));
            MADO_TRY(load_waiting(id));
        }
        return {};
    }

    Result<void, IoError> load_waiting(PersonId person) {
        auto select = MADO_TRY(
            database_.prepare("SELECT " MADO_APPLICATION_COLUMNS
                              " FROM application WHERE person = ? AND state = 0 ORDER BY rank"));
        select.bind(1, person.number());
        while (MADO_TRY(select.step())) {
            ApplicationEntry found = MADO_TRY(rows::application(select));
            const ApplicationId id = found.application.id;
            facts_.applications.emplace(id, std::move(found));
        }
        return {};
    }

    Result<void, IoError> load_applications() {
        for (const ApplicationId& id : needs_.applications) {
            auto select =
                MADO_TRY(database_.prepare("SELECT " MADO_APPLICATION_COLUMNS
                                           " FROM application WHERE device = ? AND number = ?"));
            select.bind(1, id.device.number()).bind(2, id.number.number());
            if (!MADO_TRY(select.step())) continue;
            ApplicationEntry found = MADO_TRY(rows::application(select));
            people_.insert(found.application.person);
            slots_.insert(found.application.choices.begin(), found.application.choices.end());
            facts_.applications.emplace(id, std::move(found));
        }
        return {};
    }

    Result<void, IoError> load_slots_at() {
        for (const auto& [venue, date, starts] : needs_.slots_at) {
            auto select = MADO_TRY(database_.prepare(
                "SELECT id FROM slot WHERE venue = ? AND date = ? AND starts = ?"));
            select.bind(1, venue.number()).bind(2, rows::number_of(date)).bind(3, starts.count());
            if (!MADO_TRY(select.step())) continue;
            const SlotId id(select.integer(0));
            facts_.slots_at.emplace(std::tuple(venue, date, starts), id);
            slots_.insert(id);
        }
        return {};
    }

    Result<void, IoError> load_slots() {
        for (const SlotId id : slots_) {
            auto select =
                MADO_TRY(database_.prepare("SELECT " MADO_SLOT_COLUMNS " FROM slot WHERE id = ?"));
            select.bind(1, id.number());
            if (MADO_TRY(select.step())) facts_.slots.emplace(id, MADO_TRY(rows::slot(select)));
        }
        return {};
    }

    Result<void, IoError> load_days() {
        for (const auto& [device, slot] : needs_.leases) {
            const auto found = facts_.slots.find(slot);
            if (found == facts_.slots.end()) continue;
            const Date date = found->second.date;
            if (!facts_.day_capacity.contains(date)) {
                auto select = MADO_TRY(database_.prepare(
                    "SELECT coalesce(sum(capacity), 0) FROM slot WHERE date = ?"));
                select.bind(1, rows::number_of(date));
                MADO_TRY(select.step());
                facts_.day_capacity.emplace(date, select.integer(0));
            }
            if (facts_.day_held.contains({device, date})) continue;
            auto select = MADO_TRY(
                database_.prepare("SELECT coalesce(sum(granted - used - taken_back), 0) FROM slot "
                                  "CROSS JOIN lease ON lease.slot = slot.id AND lease.device = ? "
                                  "WHERE slot.date = ?"));
            select.bind(1, device.number()).bind(2, rows::number_of(date));
            MADO_TRY(select.step());
            facts_.day_held.emplace(std::pair(device, date), select.integer(0));
        }
        return {};
    }

    Result<void, IoError> keep_calls(Statement& select) {
        while (MADO_TRY(select.step())) {
            const Call call = rows::call(select);
            facts_.calls.emplace(call.id, call);
        }
        return {};
    }

    Result<void, IoError> load_calls() {
        for (const CallId& id : needs_.calls) {
            auto select = MADO_TRY(database_.prepare("SELECT " MADO_CALL_COLUMNS
                                                     " FROM call WHERE device = ? AND number = ?"));
            MADO_TRY(keep_calls(select.bind(1, id.device.number()).bind(2, id.number.number())));
        }
        for (const DeviceId device : needs_.calls_of) {
            auto select = MADO_TRY(database_.prepare(
                "SELECT " MADO_CALL_COLUMNS " FROM call WHERE device = ? AND ended IS NULL"));
            MADO_TRY(keep_calls(select.bind(1, device.number())));
        }
        return {};
    }

    sqlite::Database& database_;
    const Needs& needs_;
    Standing& standing_;
    std::set<SlotId> slots_;
    std::set<PersonId> people_;
    Facts facts_;
};

// Writes one table's rows each; all run in one transaction.
class Writer {
  public:
    explicit Writer(sqlite::Database& database) : database_(database) {}

    Result<void, IoError> write(const Writes& writes) {
        for (const auto& row : writes.envelopes)
            MADO_TRY(append(kAppendEnvelope, row));
        for (const auto& row : writes.strays)
            MADO_TRY(append(kAppendStray, row));
        for (const auto& row : writes.vaccines)
            MADO_TRY(put(row));
        for (const auto& row : writes.venues)
            MADO_TRY(put(row));
        for (const auto& row : writes.slots)
            MADO_TRY(put(row));
        for (const auto& row : writes.devices)
            MADO_TRY(put(row));
        for (const auto& row : writes.chains)
            MADO_TRY(put(row));
        for (const auto& row : writes.signed_chains)
            MADO_TRY(put(row));
        for (const auto& row : writes.leases)
            MADO_TRY(put(row));
        for (const auto& row : writes.people)
            MADO_TRY(put(row));
        // Bookings that stop being anybody's only one go first: the index that allows one live
        // booking for a person and dose is checked row by row.
        for (const auto& row : writes.bookings) {
            if (!is_only_one(row)) MADO_TRY(put(row));
        }
        for (const auto& row : writes.bookings) {
            if (is_only_one(row)) MADO_TRY(put(row));
        }
        for (const auto& row : writes.calls)
            MADO_TRY(put(row));
        for (const auto& [device, settings] : writes.settings)
            MADO_TRY(put(device, settings));
        for (const auto& row : writes.texts)
            MADO_TRY(put(row));
        for (const auto& row : writes.applications)
            MADO_TRY(put(row));
        return write_worklist(database_, writes);
    }

    Result<void, IoError> append_feed(const std::vector<Change>& changes, std::int64_t last) {
        for (const Change& change : changes) {
            auto insert =
                MADO_TRY(database_.prepare("INSERT INTO feed (number, body) VALUES (?, ?)"));
            MADO_TRY(insert.bind(1, ++last).bind(2, sync::to_json(change)).run());
        }
        return {};
    }

  private:
    static bool is_only_one(const BookingEntry& row) {
        return row.booking.state == BookingState::Live || row.booking.state == BookingState::ToMove;
    }

    static void bind_or_null(Statement& statement, int parameter,
                             std::optional<std::int64_t> value) {
        if (value) {
            statement.bind(parameter, *value);
        } else {
            statement.bind_null(parameter);
        }
    }

    static constexpr auto kAppendEnvelope =
        "INSERT INTO envelope (" MADO_ENVELOPE_COLUMNS ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    static constexpr auto kAppendStray =
        "INSERT INTO stray (" MADO_ENVELOPE_COLUMNS ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    Result<void, IoError> append(std::string_view sql, const StoredEnvelope& row) {
        auto insert = MADO_TRY(database_.prepare(sql));
        insert.bind(1, row.envelope.device.number()).bind(2, row.envelope.number.number());
        insert.bind(3, row.hash).bind(4, row.envelope.previous).bind(5, row.envelope.body);
        insert.bind(6, rows::number_of(row.received));
        insert.bind(7, static_cast<std::int64_t>(row.answer.verdict)).bind(8, row.answer.reason);
        insert.bind(9, row.answer.position.epoch).bind(10, row.answer.position.number);
        return insert.run();
    }

    // A code that the list of vaccines does not hold yet goes to its end.
    Result<void, IoError> list_vaccine(const VaccineCode& code) {
        auto insert = MADO_TRY(
            database_.prepare("INSERT INTO vaccine_code (rank, code) "
                              "SELECT (SELECT count(*) FROM vaccine_code), ?1 "
                              "WHERE NOT EXISTS (SELECT 1 FROM vaccine_code WHERE code = ?1)"));
        return insert.bind(1, code.text()).run();
    }

    Result<void, IoError> put(const Vaccine& row) {
        MADO_TRY(list_vaccine(row.code));
        auto upsert =
            MADO_TRY(database_.prepare("INSERT INTO vaccine (code, body) VALUES (?, ?) "
                                       "ON CONFLICT (code) DO UPDATE SET body = excluded.body"));
        return upsert.bind(1, row.code.text())
            .bind(2, sync::to_json(Change(VaccineChanged{row})))
            .run();
    }

    Result<void, IoError> put(const VenueEntry& row) {
        MADO_TRY(list_vaccine(row.vaccine));
        auto upsert =
            MADO_TRY(database_.prepare(
                "INSERT INTO venue (" MADO_VENUE_COLUMNS ") VALUES (?, ?, ?, ?, ?, ?, ?) "
                "ON CONFLICT (id) DO UPDATE SET name = excluded.name, name_en = excluded.name_en, "
                "address = excluded.address, telephone = excluded.telephone, "
                "vaccine = excluded.vaccine, name_kana = excluded.name_kana"));
        upsert.bind(1, row.venue.id.number()).bind(2, row.venue.name).bind(3, row.venue.name_en);
        upsert.bind(4, row.venue.address).bind(5, row.venue.telephone);
        return upsert.bind(6, row.vaccine.text()).bind(7, row.venue.name_kana).run();
    }

    Result<void, IoError> put(const Slot& row) {
        auto upsert = MADO_TRY(database_.prepare(
            "INSERT INTO slot (" MADO_SLOT_COLUMNS
            ", capacity, free) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (id) DO UPDATE SET length = excluded.length, vaccine = excluded.vaccine, "
            "target = excluded.target, booked = excluded.booked, held = excluded.held, "
            "capacity = excluded.capacity, free = excluded.free, later = excluded.later, "
            "kept = excluded.kept, web = excluded.web, web_later = excluded.web_later, "
            "call_centre = excluded.call_centre, call_centre_later = excluded.call_centre_later"));
        upsert.bind(1, row.id.number()).bind(2, row.venue.number());
        upsert.bind(3, rows::number_of(row.date)).bind(4, row.starts.count());
        upsert.bind(5, row.length.count()).bind(6, row.vaccine.text());
        upsert.bind(7, std::int64_t{row.seats.target}).bind(8, std::int64_t{row.seats.booked});
        upsert.bind(9, std::int64_t{row.seats.held});
        const SeatParts& parts = row.parts;
        upsert.bind(10, std::int64_t{parts.later}).bind(11, std::int64_t{parts.kept});
        upsert.bind(12, std::int64_t{parts.web}).bind(13, std::int64_t{parts.web_later});
        upsert.bind(14, std::int64_t{parts.call_centre});
        upsert.bind(15, std::int64_t{parts.call_centre_later});
        upsert.bind(16, std::int64_t{row.seats.capacity()});
        return upsert.bind(17, std::int64_t{row.seats.free()}).run();
    }

    Result<void, IoError> put(const Device& row) {
        auto upsert = MADO_TRY(database_.prepare(
            "INSERT INTO device (" MADO_DEVICE_COLUMNS
            ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (id) DO UPDATE SET state = excluded.state, kind = excluded.kind, "
            "name = excluded.name, venue = excluded.venue, code_hash = excluded.code_hash, "
            "code_expires = excluded.code_expires, key_digest = excluded.key_digest, "
            "signing_request = excluded.signing_request, certificate = excluded.certificate, "
            "endorsement = excluded.endorsement, roster_key = excluded.roster_key"));
        upsert.bind(1, row.id.number()).bind(2, static_cast<std::int64_t>(row.state));
        upsert.bind(3, row.kind).bind(4, row.name);
        bind_or_null(upsert, 5, row.venue ? std::optional(row.venue->number()) : std::nullopt);
        upsert.bind(6, row.code_hash).bind(7, rows::number_of(row.code_expires));
        upsert.bind(8, row.key_digest).bind(9, row.signing_request).bind(10, row.certificate);
        MADO_TRY(upsert.bind(11, row.endorsement).bind(12, row.roster_key).run());
        return put(row.chain_end());
    }

    Result<void, IoError> put(const ChainEnd& row) {
        auto upsert = MADO_TRY(
            database_.prepare("INSERT INTO chain (" MADO_CHAIN_COLUMNS ") VALUES (?, ?, ?, ?) "
                              "ON CONFLICT (device) DO UPDATE SET last_seen = excluded.last_seen, "
                              "events_known = excluded.events_known, head = excluded.head"));
        upsert.bind(1, row.device.number()).bind(2, rows::number_of(row.last_seen));
        return upsert.bind(3, row.events_known.number()).bind(4, row.head).run();
    }

    Result<void, IoError> put(const SignedChain& row) {
        auto upsert = MADO_TRY(database_.prepare(
            "INSERT INTO signed_head (" MADO_SIGNED_HEAD_COLUMNS
            ") VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (device) DO UPDATE SET epoch = excluded.epoch, number = excluded.number, "
            "hash = excluded.hash, signature = excluded.signature "
            "WHERE (excluded.epoch, excluded.number) > (epoch, number)"));
        upsert.bind(1, row.device.number()).bind(2, row.head.epoch);
        upsert.bind(3, row.head.number.number()).bind(4, row.head.hash);
        return upsert.bind(5, row.head.signature).run();
    }

    Result<void, IoError> put(const LeaseEntry& row) {
        auto upsert =
            MADO_TRY(database_.prepare(
                "INSERT INTO lease (" MADO_LEASE_COLUMNS ") VALUES (?, ?, ?, ?, ?, ?, ?) "
                "ON CONFLICT (device, slot) DO UPDATE SET granted = excluded.granted, "
                "used = excluded.used, taken_back = excluded.taken_back, kept = excluded.kept, "
                "kept_used = excluded.kept_used"));
        upsert.bind(1, row.device.number()).bind(2, row.slot.number());
        upsert.bind(3, row.granted).bind(4, row.used).bind(5, row.taken_back);
        return upsert.bind(6, row.kept).bind(7, row.kept_used).run();
    }

    Result<void, IoError> put(const Person& row) {
        auto upsert = MADO_TRY(
            database_.prepare("INSERT INTO person (id, birth_date) VALUES (?, ?) "
                              "ON CONFLICT (id) DO UPDATE SET birth_date = excluded.birth_date"));
        upsert.bind(1, row.id.number());
        MADO_TRY(upsert.bind(2, std::int64_t{row.birth_date.reveal().packed()}).run());
        for (const auto& [number, dose] : row.doses)
            MADO_TRY(put(row.id, dose));
        for (const IssuedTicket& ticket : row.tickets)
            MADO_TRY(put(row.id, ticket));
        return {};
    }

    Result<void, IoError> put(PersonId person, const Dose& row) {
        MADO_TRY(list_vaccine(row.vaccine));
        auto upsert =
            MADO_TRY(database_.prepare(
                "INSERT INTO dose (person, " MADO_DOSE_COLUMNS ") VALUES (?, ?, ?, ?, ?, ?) "
                "ON CONFLICT (person, number) DO UPDATE SET date = excluded.date, "
                "vaccine = excluded.vaccine, lot = excluded.lot, place = excluded.place"));
        upsert.bind(1, person.number()).bind(2, std::int64_t{row.number});
        upsert.bind(3, rows::number_of(row.date)).bind(4, row.vaccine.text());
        return upsert.bind(5, row.lot).bind(6, row.place).run();
    }

    Result<void, IoError> put(PersonId person, const IssuedTicket& row) {
        auto upsert = MADO_TRY(database_.prepare(
            "INSERT INTO ticket (municipality, number, person, valid) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (municipality, number) DO UPDATE SET person = excluded.person, "
            "valid = excluded.valid"));
        const Ticket& ticket = row.ticket.reveal();
        upsert.bind(1, ticket.municipality.digits()).bind(2, ticket.number.digits());
        return upsert.bind(3, person.number()).bind(4, std::int64_t{row.valid ? 1 : 0}).run();
    }

    Result<void, IoError> put(const BookingEntry& row) {
        auto upsert = MADO_TRY(database_.prepare(
            "INSERT INTO booking (" MADO_BOOKING_COLUMNS
            ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (device, number) DO UPDATE SET slot = excluded.slot, "
            "state = excluded.state, version = excluded.version, slip = excluded.slip"));
        const Booking& booking = row.booking;
        upsert.bind(1, booking.id.device.number()).bind(2, booking.id.number.number());
        upsert.bind(3, booking.person.number()).bind(4, std::int64_t{booking.dose});
        upsert.bind(5, booking.slot.number());
        upsert.bind(6, booking.declared.bits());
        upsert.bind(7, static_cast<std::int64_t>(booking.state)).bind(8, booking.version);
        upsert.bind(9, static_cast<std::int64_t>(row.slip));
        return upsert.bind(10, static_cast<std::int64_t>(row.channel)).run();
    }

    Result<void, IoError> put(const Call& row) {
        auto upsert =
            MADO_TRY(database_.prepare(
                "INSERT INTO call (" MADO_CALL_COLUMNS ") VALUES (?, ?, ?, ?, ?, ?, ?) "
                "ON CONFLICT (device, number) DO UPDATE SET answered_by = excluded.answered_by, "
                "answered_at = excluded.answered_at, ended = excluded.ended"));
        upsert.bind(1, row.id.device.number()).bind(2, row.id.number.number());
        bind_or_null(upsert, 3, row.venue ? std::optional(row.venue->number()) : std::nullopt);
        upsert.bind(4, rows::number_of(row.since));
        if (row.answer) {
            upsert.bind(5, row.answer->by).bind(6, rows::number_of(row.answer->at));
        } else {
            upsert.bind_null(5);
            upsert.bind_null(6);
        }
        bind_or_null(upsert, 7,
                     row.ended ? std::optional(rows::number_of(*row.ended)) : std::nullopt);
        return upsert.run();
    }

    Result<void, IoError> put(DeviceId device, const KioskSettings& settings) {
        auto remove = MADO_TRY(database_.prepare("DELETE FROM kiosk_setting WHERE device = ?"));
        MADO_TRY(remove.bind(1, device.number()).run());
        for (const auto& [key, value] : written(settings)) {
            auto insert = MADO_TRY(database_.prepare("INSERT INTO kiosk_setting VALUES (?, ?, ?)"));
            MADO_TRY(insert.bind(1, device.number()).bind(2, key).bind(3, value).run());
        }
        return {};
    }

    Result<void, IoError> put(const TownText& row) {
        auto change = MADO_TRY(database_.prepare(
            row.text.empty() ? "DELETE FROM town_text WHERE language = ? AND key = ?"
                             : "INSERT OR REPLACE INTO town_text VALUES (?, ?, ?, ?)"));
        change.bind(1, row.name.language).bind(2, row.name.key);
        if (!row.text.empty()) change.bind(3, row.text).bind(4, row.reading);
        return change.run();
    }

    Result<void, IoError> put(const ApplicationEntry& row) {
        auto upsert = MADO_TRY(database_.prepare(
            "INSERT INTO application (" MADO_APPLICATION_COLUMNS
            ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (device, number) DO UPDATE SET state = excluded.state, "
            "placed_device = excluded.placed_device, placed_number = excluded.placed_number, "
            "ended_at = excluded.ended_at, ended_by = excluded.ended_by, note = excluded.note"));
        const Application& application = row.application;
        const auto choice = [&](std::size_t index) -> std::optional<std::int64_t> {
            if (index >= application.choices.size()) return {};
            return application.choices[index].number();
        };
        upsert.bind(1, application.id.device.number()).bind(2, application.id.number.number());
        upsert.bind(3, application.person.number()).bind(4, std::int64_t{application.dose});
        for (int index = 0; index < static_cast<int>(kChoicesMax); ++index)
            bind_or_null(upsert, 5 + index, choice(static_cast<std::size_t>(index)));
        upsert.bind(8, application.declared.bits());
        upsert.bind(9, static_cast<std::int64_t>(application.state));
        upsert.bind(10, rows::number_of(row.received));
        bind_or_null(upsert, 11,
                     row.placed ? std::optional(row.placed->device.number()) : std::nullopt);
        bind_or_null(upsert, 12,
                     row.placed ? std::optional(row.placed->number.number()) : std::nullopt);
        upsert.bind(13, rows::number_of(row.ended_at));
        return upsert.bind(14, row.by).bind(15, row.note).run();
    }

    sqlite::Database& database_;
};

class SqliteStore : public Store {
  public:
    explicit SqliteStore(sqlite::Database database) : database_(std::move(database)) {}

    Result<Facts, IoError> load(const Needs& needs) override {
        Facts facts;
        const auto work = [&]() -> Result<void, IoError> {
            auto worklist = MADO_TRY(load_worklist(database_, needs));
            if (worklist.empty()) {
                facts = MADO_TRY(Loader(database_, needs, standing_).run());
                return {};
            }
            const Needs wider = with_what_rows_name(needs, worklist);
            facts = MADO_TRY(Loader(database_, wider, standing_).run());
            facts.worklist = std::move(worklist);
            return {};
        };
        MADO_TRY(database_.transaction(work));
        return facts;
    }

    Result<Committed, IoError> commit(const Writes& writes, std::int64_t commits) override {
        Committed committed = Committed::Stale;
        const auto work = [&]() -> Result<void, IoError> {
            const auto row = MADO_TRY(rows::municipality(database_));
            if (row.commits != commits) return {};
            MADO_TRY(Writer(database_).write(writes));
            MADO_TRY(Writer(database_).append_feed(writes.changes, row.position.number));
            MADO_TRY(move_on(writes, row));
            committed = Committed::Done;
            return {};
        };
        MADO_TRY(database_.transaction(work));
        if (committed == Committed::Done) standing_.follow(writes, commits + 1);
        return committed;
    }

  private:
    Result<void, IoError> move_on(const Writes& writes, const rows::MunicipalityRow& row) {
        const Counters last = writes.last.value_or(row.last);
        auto update = MADO_TRY(database_.prepare(
            "UPDATE municipality SET feed = ?, commits = ?, people = ?, slots = ?, devices = ?, "
            "bookings = ?, epoch = ?"));
        update.bind(1, row.position.number + static_cast<std::int64_t>(writes.changes.size()));
        update.bind(2, row.commits + 1).bind(3, last.people).bind(4, last.slots);
        update.bind(5, last.devices).bind(6, last.bookings);
        MADO_TRY(update.bind(7, writes.epoch.value_or(row.position.epoch)).run());
        if (!writes.town) return {};
        auto town = MADO_TRY(database_.prepare("UPDATE municipality SET town = ?"));
        return town.bind(1, sync::to_json(Change(TownChanged{*writes.town}))).run();
    }

    sqlite::Database database_;
    Standing standing_;
};

}  // namespace

Result<void, IoError> create_sqlite_store(const std::filesystem::path& file, std::int64_t epoch) {
    if (disk_files().exists(file)) {
        return fail(IoError{IoError::Kind::Refused, "store: " + file.string() + " exists already"});
    }
    auto database = MADO_TRY(sqlite::Database::open(file, sqlite::Access::ReadWrite));
    return database.transaction([&]() -> Result<void, IoError> {
        MADO_TRY(database.execute(rows::kSchema));
        MADO_TRY(database.execute(rows::kCallsAndWords));
        MADO_TRY(database.execute("PRAGMA user_version = " + std::to_string(rows::kSchemaVersion)));
        auto insert = MADO_TRY(
            database.prepare("INSERT INTO municipality VALUES (1, NULL, ?, 0, 0, 0, 0, 0, 0)"));
        return insert.bind(1, epoch).run();
    });
}

Result<std::unique_ptr<Store>, IoError> open_sqlite_store(const std::filesystem::path& file) {
    if (!disk_files().exists(file)) {
        return fail(IoError{IoError::Kind::Refused, "store: there is no " + file.string()});
    }
    auto database = MADO_TRY(sqlite::Database::open(file, sqlite::Access::ReadWrite));
    MADO_TRY(database.execute(kSettings));
    MADO_TRY(rows::upgrade(database));
    MADO_TRY(rows::check_schema(database));
    return std::unique_ptr<Store>(std::make_unique<SqliteStore>(std::move(database)));
}

}  // namespace mado::server

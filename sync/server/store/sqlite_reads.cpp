#include "sync/server/store/sqlite_rows.h"
#include "sync/server/store/sqlite_store.h"

#include <algorithm>

namespace mado::server {

namespace {

constexpr const char* kAllSlots = "SELECT " MADO_SLOT_COLUMNS
                                  " FROM slot WHERE date BETWEEN ? AND ? "
                                  "ORDER BY date, starts, venue";
constexpr std::int64_t kEndOfDays = 1'000'000;

IoError needs_snapshot() {
    return {IoError::Kind::Refused, "store: this position is not in the feed"};
}

class SqliteReads : public Reads {
  public:
    explicit SqliteReads(sqlite::Database database) : database_(std::move(database)) {}

    Result<FeedPosition, IoError> position() override {
        return MADO_TRY(rows::municipality(database_)).position;
    }

    Result<FeedPage, IoError> feed(FeedPosition after, std::size_t count_max) override {
        FeedPage page{after, {}, {}};
        MADO_TRY(database_.transaction([&] { return read_feed(page, count_max); }));
        return page;
    }

    Result<void, IoError> snapshot(DeviceId device, Date slots_from, const TakeState& take_state,
                                   const TakeResident& take_resident) override {
        return database_.transaction([&]() -> Result<void, IoError> {
            SnapshotState state = MADO_TRY(read_state(device, slots_from));
            MADO_TRY(take_state(std::move(state)));
            return read_residents(take_resident);
        });
    }

    Result<std::vector<VaccineCode>, IoError> vaccine_list() override {
        return rows::vaccine_list(database_);
    }

    Result<std::optional<Town>, IoError> town() override {
        return MADO_TRY(rows::municipality(database_)).town;
    }

    Result<std::vector<Vaccine>, IoError> vaccines() override {
        std::vector<Vaccine> found;
        for (const auto& [code, vaccine] : MADO_TRY(rows::vaccines(database_))) {
            found.push_back(vaccine);
        }
        return found;
    }

    Result<std::vector<VenueEntry>, IoError> venues() override { return rows::venues(database_); }

    Result<std::vector<Slot>, IoError> slots(Date from, Date to) override {
        auto select = MADO_TRY(database_.prepare(kAllSlots));
        select.bind(1, rows::number_of(from)).bind(2, rows::number_of(to));
        return all<Slot>(select, rows::slot);
    }

    Result<std::optional<Device>, IoError> device(DeviceId id) override {
        auto select = MADO_TRY(database_.prepare(MADO_DEVICE_SELECT " WHERE id = ?"));
        return one_device(select.bind(1, id.number()));
    }

    Result<std::optional<Device>, IoError> device_by_key(const Digest& key_digest) override {
        // The same key under a later id is the one that staff let in last.
        auto select = MADO_TRY(
            database_.prepare(MADO_DEVICE_SELECT " WHERE key_digest = ? ORDER BY id DESC LIMIT 1"));
        return one_device(select.bind(1, key_digest));
    }

    Result<std::vector<Device>, IoError> devices() override {
        auto select = MADO_TRY(database_.prepare(MADO_DEVICE_SELECT " ORDER BY id"));
        return all<Device>(select, rows::device);
    }

    Result<std::optional<ChainState>, IoError> chain(DeviceId device) override {
        auto select = MADO_TRY(database_.prepare(rows::kChain));
        select.bind(1, device.number());
        if (!MADO_TRY(select.step())) return std::optional<ChainState>();
        return std::optional(MADO_TRY(rows::chain(select)));
    }

    Result<std::vector<LeaseEntry>, IoError> leases() override {
        auto select = MADO_TRY(
            database_.prepare("SELECT " MADO_LEASE_COLUMNS " FROM lease ORDER BY device, slot"));
        return all<LeaseEntry>(select, rows::lease);
    }

    Result<std::optional<Person>, IoError> person(const Ticket& ticket) override {
        std::optional<Person> found;
        const auto work = [&]() -> Result<void, IoError> {
            auto select = MADO_TRY(database_.prepare(
                "SELECT person FROM ticket WHERE municipality = ? AND number = ?"));
            select.bind(1, ticket.municipality.digits()).bind(2, ticket.number.digits());
            if (!MADO_TRY(select.step())) return {};
            found = MADO_TRY(rows::person(database_, PersonId(select.integer(0))));
            return {};
        };
        MADO_TRY(database_.transaction(work));
        return found;
    }

    Result<void, IoError> people(const TakePerson& take) override {
        return database_.transaction([&]() -> Result<void, IoError> {
            auto select = MADO_TRY(database_.prepare("SELECT id FROM person ORDER BY id"));
            while (MADO_TRY(select.step())) {
                const auto found = MADO_TRY(rows::person(database_, PersonId(select.integer(0))));
                if (!found) return fail(rows::corrupt("person"));
                MADO_TRY(take(*found));
            }
            return {};
        });
    }

    Result<std::vector<BookingEntry>, IoError> bookings() override {
        auto select = MADO_TRY(database_.prepare("SELECT " MADO_BOOKING_COLUMNS
                                                 " FROM booking ORDER BY slot, device, number"));
        return all<BookingEntry>(select, rows::booking);
    }

    Result<std::vector<ApplicationEntry>, IoError> applications(bool waiting_only) override {
        auto select = MADO_TRY(database_.prepare("SELECT " MADO_APPLICATION_COLUMNS
                                                 " FROM application WHERE state = 0 OR ? "
                                                 "ORDER BY rank"));
        select.bind(1, std::int64_t{waiting_only ? 0 : 1});
        return all<ApplicationEntry>(select, rows::application);
    }

    Result<std::vector<WorklistEntry>, IoError> worklist(bool open_only) override {
        auto select = MADO_TRY(database_.prepare("SELECT " MADO_WORKLIST_COLUMNS
                                                 " FROM worklist WHERE done IS NULL OR ? "
                                                 "ORDER BY id"));
        select.bind(1, std::int64_t{open_only ? 0 : 1});
        return all<WorklistEntry>(select, rows::worklist);
    }

    Result<std::vector<Call>, IoError> calls(bool standing_only) override {
        std::vector<Call> found;
        auto select = MADO_TRY(database_.prepare(
            standing_only ? "SELECT " MADO_CALL_COLUMNS " FROM call WHERE ended IS NULL"
                          : "SELECT " MADO_CALL_COLUMNS " FROM call"));
        while (MADO_TRY(select.step()))
            found.push_back(rows::call(select));
        return found;
    }

    Result<SettingsTable, IoError> settings() override { return rows::settings(database_); }

    Result<TownTexts, IoError> town_texts() override { return rows::town_texts(database_); }

    Result<std::optional<StoredEnvelope>, IoError> envelope(DeviceId device,
                                                            EventNumber number) override {
        auto select = MADO_TRY(database_.prepare("SELECT " MADO_ENVELOPE_COLUMNS
                                                 " FROM envelope WHERE device = ? AND number = ?"));
        select.bind(1, device.number()).bind(2, number.number());
        if (!MADO_TRY(select.step())) return std::optional<StoredEnvelope>();
        return std::optional<StoredEnvelope>(MADO_TRY(rows::envelope(select)));
    }

    Result<std::vector<StoredEnvelope>, IoError> strays(DeviceId device) override {
        auto select = MADO_TRY(database_.prepare("SELECT " MADO_ENVELOPE_COLUMNS
                                                 " FROM stray WHERE device = ? ORDER BY rowid"));
        return all<StoredEnvelope>(select.bind(1, device.number()), rows::envelope);
    }

    Result<std::int64_t, IoError> data_version() override {
        auto select = MADO_TRY(database_.prepare("PRAGMA data_version"));
        if (!MADO_TRY(select.step())) return fail(rows::corrupt("data_version"));
        return select.integer(0);
    }

  private:
    template <class Row, class Read>
    static Result<std::vector<Row>, IoError> all(sqlite::Statement& select, const Read& read) {
        std::vector<Row> found;
        while (MADO_TRY(select.step())) {
            Result<Row, IoError> row = read(select);
            if (!row) return fail(std::move(row).error());
            found.push_back(std::move(row).value());
        }
        return found;
    }

    static Result<std::optional<Device>, IoError> one_device(sqlite::Statement& select) {
        if (!MADO_TRY(select.step())) return std::optional<Device>();
        return std::optional<Device>(MADO_TRY(rows::device(select)));
    }

    Result<void, IoError> read_feed(FeedPage& page, std::size_t count_max) {
        page.end = MADO_TRY(rows::municipality(database_)).position;
        const bool known = page.after.epoch == page.end.epoch && page.after.number >= 0 &&
                           page.after.number <= page.end.number;
        if (!known) return fail(needs_snapshot());

        auto select = MADO_TRY(database_.prepare(
            "SELECT body, number FROM feed WHERE number > ? ORDER BY number LIMIT ?"));
        select.bind(1, page.after.number).bind(2, static_cast<std::int64_t>(count_max));
        std::int64_t number = page.after.number;
        while (MADO_TRY(select.step())) {
            if (select.integer(1) != ++number) return fail(rows::corrupt("feed"));
            page.changes.push_back(MADO_TRY(rows::change(select, 0)));
        }
        return {};
    }

    Result<SnapshotState, IoError> read_state(DeviceId id, Date slots_from) {
        auto row = MADO_TRY(rows::municipality(database_));
        if (!row.town) return fail(IoError{IoError::Kind::Refused, "store: there is no town yet"});
        SnapshotState state{
            row.position, std::move(*row.town), {}, {}, {}, {}, {}, {}, {}, {}, {}, {}};
        state.calls = MADO_TRY(calls(true));
        state.settings = MADO_TRY(settings());
        state.texts = MADO_TRY(town_texts());
        state.vaccines = MADO_TRY(vaccines());
        for (VenueEntry& entry : MADO_TRY(venues())) {
            state.venues.push_back(std::move(entry.venue));
        }
        state.slots = MADO_TRY(slots(slots_from, rows::date_from(kEndOfDays)));
        state.vaccine_list = MADO_TRY(vaccine_list());

        auto bookings =
            MADO_TRY(database_.prepare("SELECT " MADO_BOOKING_COLUMNS
                                       " FROM booking WHERE state <> ? ORDER BY device, number"));
        bookings.bind(1, static_cast<std::int64_t>(BookingState::Cancelled));
        while (MADO_TRY(bookings.step())) {
            state.bookings.push_back(MADO_TRY(rows::booking(bookings)).booking);
        }
        for (ApplicationEntry& entry : MADO_TRY(applications(false))) {
            Application& application = entry.application;
            const bool declined = application.state == ApplicationState::Declined;
            if (entry.waits() || declined) state.applications.push_back(std::move(application));
        }
        auto leases = MADO_TRY(database_.prepare("SELECT " MADO_LEASE_COLUMNS
                                                 " FROM lease WHERE device = ? ORDER BY slot"));
        state.leases = MADO_TRY(all<LeaseEntry>(leases.bind(1, id.number()), rows::lease));
        if (const auto known = MADO_TRY(device(id))) state.events_known = known->events_known;
        return state;
    }

    Result<void, IoError> read_residents(const TakeResident& take) {
        auto select = MADO_TRY(
            database_.prepare("SELECT ticket.municipality, ticket.number, ticket.valid, person.id, "
                              "person.birth_date, dose.number, dose.date, dose.vaccine "
                              "FROM ticket JOIN person ON person.id = ticket.person "
                              "LEFT JOIN dose ON dose.person = person.id AND dose.number = "
                              "(SELECT max(number) FROM dose WHERE dose.person = person.id) "
                              "ORDER BY ticket.municipality, ticket.number"));
        while (MADO_TRY(select.step())) {
            const Ticket ticket = MADO_TRY(rows::ticket(select, 0, 1));
            const auto birth_date = BirthDate::from_packed(static_cast<int>(select.integer(4)));
            if (!birth_date) return fail(rows::corrupt("person"));
            Resident resident{PersonId(select.integer(3)),
                              Personal<BirthDate>(*birth_date),
                              {},
                              select.integer(2) != 0};
            if (!select.is_null(5)) {
                const auto vaccine = VaccineCode::parse(select.text(7));
                if (!vaccine) return fail(rows::corrupt("dose"));
                resident.last_dose = DoseRecord{static_cast<int>(select.integer(5)),
                                                rows::date_from(select.integer(6)), *vaccine};
            }
            MADO_TRY(take(ticket, resident));
        }
        return {};
    }

    sqlite::Database database_;
};

}  // namespace

Result<std::unique_ptr<Reads>, IoError> open_sqlite_reads(const std::filesystem::path& file) {
    auto database = MADO_TRY(sqlite::Database::open(file, sqlite::Access::ReadOnly));
    MADO_TRY(rows::check_schema(database));
    return std::unique_ptr<Reads>(std::make_unique<SqliteReads>(std::move(database)));
}

}  // namespace mado::server

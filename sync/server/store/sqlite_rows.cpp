#include "sync/server/store/sqlite_rows.h"

#include "sync/protocol/messages.h"

#include <algorithm>
#include <array>

namespace mado::server::rows {

// Its rank is its place in the order in which they were received; no choice need be a slot that
// there is.
#define MADO_APPLICATIONS                                                                        \
    "CREATE TABLE application ( "                                                                \
    "rank INTEGER PRIMARY KEY, device INTEGER NOT NULL, number INTEGER NOT NULL, "               \
    "person INTEGER NOT NULL REFERENCES person (id), dose INTEGER NOT NULL, "                    \
    "choice_1 INTEGER NOT NULL, choice_2 INTEGER, choice_3 INTEGER, declared INTEGER NOT NULL, " \
    "state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 4), received INTEGER NOT NULL, "          \
    "placed_device INTEGER, placed_number INTEGER, "                                             \
    "ended_at INTEGER NOT NULL, ended_by TEXT NOT NULL, note TEXT NOT NULL, "                    \
    "UNIQUE (device, number) "                                                                   \
    ") STRICT; "                                                                                 \
    "CREATE INDEX application_waiting ON application (person) WHERE state = 0; "

// CHECK and UNIQUE here are the last guard: what decides in front of them never lets them speak.
// Live and to move are states 0 and 2 of a booking; a doubled one stands on the worklist.
const char* const kSchema = R"sql(
CREATE TABLE municipality (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  town TEXT,
  epoch INTEGER NOT NULL CHECK (epoch >= 1),
  feed INTEGER NOT NULL CHECK (feed >= 0),
  commits INTEGER NOT NULL,
  people INTEGER NOT NULL, slots INTEGER NOT NULL, devices INTEGER NOT NULL,
  bookings INTEGER NOT NULL
) STRICT;
CREATE TABLE vaccine (code TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;
CREATE TABLE vaccine_code (rank INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE venue (
  id INTEGER PRIMARY KEY, name TEXT NOT NULL, name_en TEXT NOT NULL, address TEXT NOT NULL,
  telephone TEXT NOT NULL, vaccine TEXT NOT NULL, name_kana TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE slot (
  id INTEGER PRIMARY KEY,
  venue INTEGER NOT NULL REFERENCES venue (id),
  date INTEGER NOT NULL, starts INTEGER NOT NULL, length INTEGER NOT NULL, vaccine TEXT NOT NULL,
  target INTEGER NOT NULL CHECK (target >= 0),
  capacity INTEGER NOT NULL CHECK (capacity = max(target, booked + held)),
  booked INTEGER NOT NULL CHECK (booked >= 0),
  held INTEGER NOT NULL CHECK (held >= 0),
  free INTEGER NOT NULL CHECK (free >= 0),
  later INTEGER NOT NULL DEFAULT 0 CHECK (later BETWEEN 0 AND booked),
  kept INTEGER NOT NULL DEFAULT 0 CHECK (kept BETWEEN 0 AND held),
  web INTEGER NOT NULL DEFAULT 0, web_later INTEGER NOT NULL DEFAULT 0 CHECK (web_later BETWEEN 0 AND web),
  call_centre INTEGER NOT NULL DEFAULT 0,
  call_centre_later INTEGER NOT NULL DEFAULT 0 CHECK (call_centre_later BETWEEN 0 AND call_centre),
  CHECK (booked + held + free = capacity),
  UNIQUE (venue, date, starts)
) STRICT;
CREATE INDEX slot_by_date ON slot (date);
CREATE TABLE person (id INTEGER PRIMARY KEY, birth_date INTEGER NOT NULL) STRICT;
CREATE TABLE ticket (
  municipality TEXT NOT NULL, number TEXT NOT NULL,
  person INTEGER NOT NULL REFERENCES person (id),
  valid INTEGER NOT NULL,
  PRIMARY KEY (municipality, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX ticket_by_person ON ticket (person);
CREATE TABLE dose (
  person INTEGER NOT NULL REFERENCES person (id), number INTEGER NOT NULL CHECK (number >= 1),
  date INTEGER NOT NULL, vaccine TEXT NOT NULL, lot TEXT NOT NULL, place TEXT NOT NULL,
  PRIMARY KEY (person, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE device (
  id INTEGER PRIMARY KEY, state INTEGER NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL,
  venue INTEGER, code_hash BLOB NOT NULL UNIQUE, code_expires INTEGER NOT NULL,
  key_digest BLOB NOT NULL, signing_request TEXT NOT NULL, certificate TEXT NOT NULL,
  endorsement TEXT NOT NULL, roster_key BLOB NOT NULL
) STRICT;
CREATE INDEX device_by_key ON device (key_digest);
CREATE TABLE chain (
  device INTEGER PRIMARY KEY REFERENCES device (id), last_seen INTEGER NOT NULL,
  events_known INTEGER NOT NULL CHECK (events_known >= 0), head BLOB NOT NULL
) STRICT;
CREATE TABLE signed_head (
  device INTEGER PRIMARY KEY REFERENCES device (id), epoch INTEGER NOT NULL,
  number INTEGER NOT NULL, hash BLOB NOT NULL, signature BLOB NOT NULL
) STRICT;
CREATE TABLE booking (
  device INTEGER NOT NULL, number INTEGER NOT NULL,
  person INTEGER NOT NULL REFERENCES person (id), dose INTEGER NOT NULL,
  slot INTEGER NOT NULL REFERENCES slot (id), declared INTEGER NOT NULL,
  state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 3), version INTEGER NOT NULL,
  slip INTEGER NOT NULL, channel INTEGER NOT NULL DEFAULT 0 CHECK (channel BETWEEN 0 AND 2),
  PRIMARY KEY (device, number)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX booking_one_live ON booking (person, dose) WHERE state IN (0, 2);
CREATE INDEX booking_not_live ON booking (person) WHERE state NOT IN (0, 2);
)sql" MADO_APPLICATIONS R"sql(
CREATE TABLE lease (
  device INTEGER NOT NULL REFERENCES device (id), slot INTEGER NOT NULL REFERENCES slot (id),
  granted INTEGER NOT NULL, used INTEGER NOT NULL CHECK (used >= 0),
  taken_back INTEGER NOT NULL CHECK (taken_back >= 0),
  kept INTEGER NOT NULL DEFAULT 0,
  kept_used INTEGER NOT NULL DEFAULT 0 CHECK (kept_used BETWEEN 0 AND kept),
  CHECK (used + taken_back <= granted),
  PRIMARY KEY (device, slot)
) STRICT, WITHOUT ROWID;
CREATE TABLE envelope (
  device INTEGER NOT NULL REFERENCES device (id), number INTEGER NOT NULL CHECK (number >= 1),
  hash BLOB NOT NULL, previous BLOB NOT NULL, body TEXT NOT NULL, received INTEGER NOT NULL,
  verdict INTEGER NOT NULL, reason TEXT NOT NULL, epoch INTEGER NOT NULL, feed INTEGER NOT NULL,
  PRIMARY KEY (device, number)
) STRICT;
CREATE TABLE stray (
  device INTEGER NOT NULL REFERENCES device (id), number INTEGER NOT NULL,
  hash BLOB NOT NULL, previous BLOB NOT NULL, body TEXT NOT NULL, received INTEGER NOT NULL,
  verdict INTEGER NOT NULL, reason TEXT NOT NULL, epoch INTEGER NOT NULL, feed INTEGER NOT NULL,
  PRIMARY KEY (device, number, hash)
) STRICT;
CREATE TABLE feed (number INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
CREATE TABLE worklist (
  id INTEGER PRIMARY KEY AUTOINCREMENT, reason TEXT NOT NULL, since INTEGER NOT NULL,
  said_by TEXT NOT NULL,
  person INTEGER, booking_device INTEGER, booking_number INTEGER, device INTEGER, slot INTEGER,
  done TEXT, done_at INTEGER, done_by TEXT, note TEXT
) STRICT;
CREATE INDEX worklist_by_booking ON worklist (booking_device, booking_number);
)sql";

// Device 0 of a setting stands for all kiosks.
const char* const kCallsAndWords = R"sql(
CREATE TABLE call (
  device INTEGER NOT NULL REFERENCES device (id), number INTEGER NOT NULL CHECK (number >= 1),
  venue INTEGER, since INTEGER NOT NULL, answered_by TEXT, answered_at INTEGER, ended INTEGER,
  PRIMARY KEY (device, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX call_standing ON call (device, number) WHERE ended IS NULL;
CREATE TABLE kiosk_setting (
  device INTEGER NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (device, key)
) STRICT, WITHOUT ROWID;
CREATE TABLE town_text (
  language TEXT NOT NULL, key TEXT NOT NULL, text TEXT NOT NULL, reading TEXT NOT NULL,
  PRIMARY KEY (language, key)
) STRICT, WITHOUT ROWID;
)sql";

IoError corrupt(const char* table) {
    return {IoError::Kind::Corrupt, std::string("store: a row of ") + table + " does not parse"};
}

std::int64_t number_of(Date date) {
    return date.time_since_epoch().count();
}

std::int64_t number_of(Instant instant) {
    return instant.time_since_epoch().count();
}

Date date_from(std::int64_t number) {
    return Date(std::chrono::days(number));
}

Instant instant_from(std::int64_t number) {
    return Instant(Milliseconds(number));
}

namespace {

template <class Fixed>
std::optional<Fixed> fixed_from(const Bytes& bytes) {
    Fixed fixed{};
    if (bytes.size() != fixed.size()) return {};
    std::copy(bytes.begin(), bytes.end(), fixed.begin());
    return fixed;
}

std::optional<Digest> digest_from(const Bytes& bytes) {
    return fixed_from<Digest>(bytes);
}

template <class Kind>
std::optional<Kind> optional_id(const sqlite::Statement& row, int column) {
    if (row.is_null(column)) return {};
    return Kind(row.integer(column));
}

}  // namespace

Result<Change, IoError> change(const sqlite::Statement& row, int column) {
    auto parsed = sync::parse_change(row.text(column));
    if (!parsed) return fail(corrupt("feed"));
    return std::move(parsed).value();
}

Result<MunicipalityRow, IoError> municipality(sqlite::Database& database) {
    auto select = MADO_TRY(database.prepare(kMunicipality));
    if (!MADO_TRY(select.step())) return fail(corrupt("municipality"));
    MunicipalityRow found;
    if (!select.is_null(0)) {
        const Change town = MADO_TRY(change(select, 0));
        if (!std::holds_alternative<TownChanged>(town)) return fail(corrupt("municipality"));
        found.town = std::get<TownChanged>(town).town;
    }
    found.position = {select.integer(1), select.integer(2)};
    found.commits = select.integer(3);
    found.last = {select.integer(4), select.integer(5), select.integer(6), select.integer(7)};
    return found;
}

Result<int, IoError> kiosks(sqlite::Database& database) {
    auto count = MADO_TRY(
        database.prepare("SELECT count(*) FROM device WHERE kind = 'kiosk' AND state = ?"));
    count.bind(1, static_cast<std::int64_t>(DeviceState::Enrolled));
    MADO_TRY(count.step());
    return static_cast<int>(count.integer(0));
}

Result<VaccineTable, IoError> vaccines(sqlite::Database& database) {
    VaccineTable found;
    auto select = MADO_TRY(database.prepare("SELECT body FROM vaccine"));
    while (MADO_TRY(select.step())) {
        const Change row = MADO_TRY(change(select, 0));
        if (!std::holds_alternative<VaccineChanged>(row)) return fail(corrupt("vaccine"));
        const Vaccine& vaccine = std::get<VaccineChanged>(row).vaccine;
        found.emplace(vaccine.code, vaccine);
    }
    return found;
}

Result<std::vector<VenueEntry>, IoError> venues(sqlite::Database& database) {
    std::vector<VenueEntry> found;
    auto select =
        MADO_TRY(database.prepare("SELECT " MADO_VENUE_COLUMNS " FROM venue ORDER BY id"));
    while (MADO_TRY(select.step())) {
        const auto vaccine = VaccineCode::parse(select.text(5));
        if (!vaccine) return fail(corrupt("venue"));
        found.push_back({{VenueId(select.integer(0)), select.text(1), select.text(2),
                          select.text(3), select.text(4), select.text(6)},
                         *vaccine});
    }
    return found;
}

Result<std::vector<VaccineCode>, IoError> vaccine_list(sqlite::Database& database) {
    std::vector<VaccineCode> found;
    auto select = MADO_TRY(database.prepare("SELECT code FROM vaccine_code ORDER BY rank"));
    while (MADO_TRY(select.step())) {
        const auto code = VaccineCode::parse(select.text(0));
        if (!code) return fail(corrupt("vaccine_code"));
        found.push_back(*code);
    }
    return found;
}

Result<Slot, IoError> slot(const sqlite::Statement& row) {
    const auto vaccine = VaccineCode::parse(row.text(5));
    if (!vaccine) return fail(corrupt("slot"));
    const SeatCount seats{static_cast<int>(row.integer(6)), static_cast<int>(row.integer(7)),
                          static_cast<int>(row.integer(8))};
    const auto count = [&row](int column) { return static_cast<int>(row.integer(column)); };
    const SeatParts parts{count(9), count(10), count(11), count(12), count(13), count(14)};
    return Slot{SlotId(row.integer(0)),
                VenueId(row.integer(1)),
                date_from(row.integer(2)),
                TimeOfDay(row.integer(3)),
                std::chrono::minutes(row.integer(4)),
                *vaccine,
                seats,
                parts};
}

Result<BookingEntry, IoError> booking(const sqlite::Statement& row) {
    BookingEntry found;
    found.booking.id = {DeviceId(row.integer(0)), EventNumber(row.integer(1))};
    found.booking.person = PersonId(row.integer(2));
    found.booking.dose = static_cast<int>(row.integer(3));
    found.booking.slot = SlotId(row.integer(4));
    const auto declared = Declaration::from_bits(row.integer(5));
    const std::int64_t state = row.integer(6);
    const std::int64_t slip = row.integer(8);
    if (state < 0 || state > 3 || slip < 0 || slip > 2 || !declared) {
        return fail(corrupt("booking"));
    }
    found.booking.declared = *declared;
    found.booking.state = static_cast<BookingState>(state);
    found.booking.version = row.integer(7);
    found.slip = static_cast<SlipState>(slip);
    found.channel = static_cast<Channel>(row.integer(9));  // the column's CHECK bounds it
    return found;
}

SlotId slot_of_booking(const sqlite::Statement& row) {
    return SlotId(row.integer(4));
}

Result<ApplicationEntry, IoError> application(const sqlite::Statement& row) {
    constexpr int kFirstChoice = 4;
    ApplicationEntry found;
    Application& application = found.application;
    application.id = {DeviceId(row.integer(0)), EventNumber(row.integer(1))};
    application.person = PersonId(row.integer(2));
    application.dose = static_cast<int>(row.integer(3));
    for (int column = kFirstChoice; column < kFirstChoice + static_cast<int>(kChoicesMax);
         ++column) {
        if (!row.is_null(column)) application.choices.emplace_back(row.integer(column));
    }
    const auto declared = Declaration::from_bits(row.integer(7));
    const auto state = static_cast<std::size_t>(row.integer(8));
    if (!declared || state >= kApplicationStates.size() || !are_choices(application.choices)) {
        return fail(corrupt("application"));
    }
    application.declared = *declared;
    application.state = kApplicationStates.at(state);
    found.received = instant_from(row.integer(9));
    if (!row.is_null(10)) {
        found.placed = BookingId{DeviceId(row.integer(10)), EventNumber(row.integer(11))};
    }
    found.ended_at = instant_from(row.integer(12));
    found.by = row.text(13);
    found.note = row.text(14);
    return found;
}

Result<Device, IoError> device(const sqlite::Statement& row) {
    const std::int64_t state = row.integer(1);
    const auto code_hash = digest_from(row.blob(5));
    const auto key_digest = digest_from(row.blob(7));
    const auto chain_head = digest_from(row.blob(14));
    if (state < 0 || state > 4 || !code_hash || !key_digest || !chain_head) {
        return fail(corrupt("device"));
    }
    Device found;
    found.id = DeviceId(row.integer(0));
    found.state = static_cast<DeviceState>(state);
    found.kind = row.text(2);
    found.name = row.text(3);
    found.venue = optional_id<VenueId>(row, 4);
    found.code_hash = *code_hash;
    found.code_expires = instant_from(row.integer(6));
    found.key_digest = *key_digest;
    found.signing_request = row.text(8);
    found.certificate = row.text(9);
    found.endorsement = row.text(10);
    found.roster_key = row.blob(11);
    found.last_seen = instant_from(row.integer(12));
    found.events_known = EventNumber(row.integer(13));
    found.chain_head = *chain_head;
    return found;
}

Result<ChainState, IoError> chain(const sqlite::Statement& row) {
    const auto head = digest_from(row.blob(3));
    if (!head) return fail(corrupt("chain"));
    ChainState found{{DeviceId(row.integer(0)), instant_from(row.integer(1)),
                      EventNumber(row.integer(2)), *head},
                     std::nullopt};
    if (row.is_null(4)) return found;
    const auto hash = digest_from(row.blob(6));
    const auto signature = fixed_from<decltype(SignedHead::signature)>(row.blob(7));
    if (!hash || !signature) return fail(corrupt("signed_head"));
    found.signed_head = SignedHead{row.integer(4), EventNumber(row.integer(5)), *hash, *signature};
    return found;
}

LeaseEntry lease(const sqlite::Statement& row) {
    return {DeviceId(row.integer(0)), SlotId(row.integer(1)), row.integer(2), row.integer(3),
            row.integer(4),           row.integer(5),         row.integer(6)};
}

Result<StoredEnvelope, IoError> envelope(const sqlite::Statement& row) {
    const auto hash = digest_from(row.blob(2));
    const auto previous = digest_from(row.blob(3));
    const std::int64_t verdict = row.integer(6);
    if (!hash || !previous || verdict < 0 || verdict > 2) return fail(corrupt("envelope"));
    const EventNumber number(row.integer(1));
    StoredEnvelope found;
    found.envelope = {DeviceId(row.integer(0)), number, *previous, row.text(4)};
    found.hash = *hash;
    found.received = instant_from(row.integer(5));
    found.answer = {number,
                    static_cast<Answer::Verdict>(verdict),
                    row.text(7),
                    {row.integer(8), row.integer(9)}};
    return found;
}

Call call(const sqlite::Statement& row) {
    Call found;
    found.id = {DeviceId(row.integer(0)), EventNumber(row.integer(1))};
    found.venue = optional_id<VenueId>(row, 2);
    found.since = instant_from(row.integer(3));
    if (!row.is_null(4)) found.answer = CallAnswer{row.text(4), instant_from(row.integer(5))};
    if (!row.is_null(6)) found.ended = instant_from(row.integer(6));
    return found;
}

Result<SettingsTable, IoError> settings(sqlite::Database& database) {
    SettingsTable found;
    auto select = MADO_TRY(database.prepare("SELECT device, key, value FROM kiosk_setting"));
    while (MADO_TRY(select.step())) {
        KioskSettings& of_device = found[DeviceId(select.integer(0))];
        const auto wrong = set_kiosk_setting(of_device, select.text(1), select.text(2));
        if (!wrong.empty()) return fail(corrupt("kiosk_setting"));
    }
    return found;
}

Result<TownTexts, IoError> town_texts(sqlite::Database& database) {
    TownTexts found;
    auto select = MADO_TRY(database.prepare("SELECT language, key, text, reading FROM town_text"));
    while (MADO_TRY(select.step())) {
        TownText text{{select.text(0), select.text(1)}, select.text(2), select.text(3)};
        found.emplace(text.name, std::move(text));
    }
    return found;
}

WorklistEntry worklist(const sqlite::Statement& row) {
    WorklistEntry found;
    found.id = row.integer(0);
    found.reason = row.text(1);
    found.since = instant_from(row.integer(2));
    found.by = row.text(3);
    found.person = optional_id<PersonId>(row, 4);
    if (!row.is_null(5)) {
        found.booking = BookingId{DeviceId(row.integer(5)), EventNumber(row.integer(6))};
    }
    found.device = optional_id<DeviceId>(row, 7);
    found.slot = optional_id<SlotId>(row, 8);
    if (!row.is_null(9)) {
        found.resolution =
            Resolution{row.text(9), instant_from(row.integer(10)), row.text(11), row.text(12)};
    }
    return found;
}

Result<Ticket, IoError> ticket(const sqlite::Statement& row, int municipality, int number) {
    const auto code = MunicipalityCode::parse(row.text(municipality));
    const auto digits = TicketNumber::parse(row.text(number));
    if (!code || !digits) return fail(corrupt("ticket"));
    return Ticket{*code, *digits};
}

namespace {

Result<std::vector<IssuedTicket>, IoError> tickets_of(sqlite::Database& database, PersonId id) {
    std::vector<IssuedTicket> found;
    auto select =
        MADO_TRY(database.prepare("SELECT municipality, number, valid FROM ticket WHERE person = ? "
                                  "ORDER BY municipality, number"));
    select.bind(1, id.number());
    while (MADO_TRY(select.step())) {
        Ticket issued = MADO_TRY(ticket(select, 0, 1));
        found.push_back({Personal<Ticket>(std::move(issued)), select.integer(2) != 0});
    }
    return found;
}

Result<std::map<int, Dose>, IoError> doses_of(sqlite::Database& database, PersonId id) {
    std::map<int, Dose> found;
    auto select = MADO_TRY(database.prepare("SELECT " MADO_DOSE_COLUMNS
                                            " FROM dose WHERE person = ? ORDER BY number"));
    select.bind(1, id.number());
    while (MADO_TRY(select.step())) {
        const auto vaccine = VaccineCode::parse(select.text(2));
        if (!vaccine) return fail(corrupt("dose"));
        const int number = static_cast<int>(select.integer(0));
        found.emplace(number, Dose{number, date_from(select.integer(1)), *vaccine, select.text(3),
                                   select.text(4)});
    }
    return found;
}

}  // namespace

Result<std::optional<Person>, IoError> person(sqlite::Database& database, PersonId id) {
    std::optional<BirthDate> birth_date;
    {
        auto select = MADO_TRY(database.prepare("SELECT birth_date FROM person WHERE id = ?"));
        select.bind(1, id.number());
        if (!MADO_TRY(select.step())) return std::optional<Person>();
        birth_date = BirthDate::from_packed(static_cast<int>(select.integer(0)));
    }
    if (!birth_date) return fail(corrupt("person"));
    auto doses = MADO_TRY(doses_of(database, id));
    auto tickets = MADO_TRY(tickets_of(database, id));
    return std::optional<Person>(
        Person{id, Personal<BirthDate>(*birth_date), std::move(doses), std::move(tickets)});
}

namespace {

Result<std::int64_t, IoError> version_of(sqlite::Database& database) {
    auto select = MADO_TRY(database.prepare("PRAGMA user_version"));
    const bool found = MADO_TRY(select.step());
    return found ? select.integer(0) : 0;
}

// What makes a file of `version` one of the next.
struct Upgrade {
    std::int64_t version;
    const char* sql;
};
// What was booked at the server before channels were told apart counts as the kiosks'.
constexpr const char* kCountParts = R"sql(
ALTER TABLE booking ADD COLUMN channel INTEGER NOT NULL DEFAULT 0 CHECK (channel BETWEEN 0 AND 2);
ALTER TABLE lease ADD COLUMN kept INTEGER NOT NULL DEFAULT 0;
ALTER TABLE lease ADD COLUMN kept_used INTEGER NOT NULL DEFAULT 0
  CHECK (kept_used BETWEEN 0 AND kept);
ALTER TABLE slot ADD COLUMN later INTEGER NOT NULL DEFAULT 0 CHECK (later BETWEEN 0 AND booked);
ALTER TABLE slot ADD COLUMN kept INTEGER NOT NULL DEFAULT 0 CHECK (kept BETWEEN 0 AND held);
ALTER TABLE slot ADD COLUMN web INTEGER NOT NULL DEFAULT 0;
ALTER TABLE slot ADD COLUMN web_later INTEGER NOT NULL DEFAULT 0
  CHECK (web_later BETWEEN 0 AND web);
ALTER TABLE slot ADD COLUMN call_centre INTEGER NOT NULL DEFAULT 0;
ALTER TABLE slot ADD COLUMN call_centre_later INTEGER NOT NULL DEFAULT 0
  CHECK (call_centre_later BETWEEN 0 AND call_centre);
UPDATE slot SET later = (SELECT count(*) FROM booking
  WHERE booking.slot = slot.id AND booking.dose > 1 AND booking.state <> 3);
)sql";
const std::array kUpgrades = {
    Upgrade{3, "ALTER TABLE booking RENAME COLUMN condition_declared TO declared"},
    Upgrade{4, "ALTER TABLE venue ADD COLUMN name_kana TEXT NOT NULL DEFAULT ''"},
    Upgrade{5, kCallsAndWords}, Upgrade{6, MADO_APPLICATIONS}, Upgrade{7, kCountParts}};

}  // namespace

Result<void, IoError> upgrade(sqlite::Database& database) {
    return database.transaction([&]() -> Result<void, IoError> {
        for (const Upgrade& step : kUpgrades) {
            if (MADO_TRY(version_of(database)) != step.version) continue;
            MADO_TRY(database.execute(step.sql));
            MADO_TRY(database.execute("PRAGMA user_version = " + std::to_string(step.version + 1)));
        }
        return {};
    });
}

Result<void, IoError> check_schema(sqlite::Database& database) {
    if (MADO_TRY(version_of(database)) == kSchemaVersion) return {};
    return fail(IoError{IoError::Kind::Corrupt, "store: the schema is of another version"});
}

}  // namespace mado::server::rows

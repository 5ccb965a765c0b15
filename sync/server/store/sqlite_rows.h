#pragma once

// Rows of the embedded store as values, in one place for its writer and its readers.
//
// Each reader takes the columns that its constant names, in that order, from a statement that
// stands on a row. A row that does not parse is Corrupt, never skipped.

#include "shared/platform/sqlite.h"
#include "sync/server/store/reads.h"

namespace mado::server::rows {

constexpr std::int64_t kSchemaVersion = 8;
extern const char* const kSchema;
// And what came later: calls for staff, and what the town sets and words for its kiosks.
extern const char* const kCallsAndWords;

// Brings a file that an earlier program made to this schema, whole or not at all; one that is none
// of ours, or of a later program, stays as it is.
Result<void, IoError> upgrade(sqlite::Database& database);

// Corrupt where the file has another schema.
Result<void, IoError> check_schema(sqlite::Database& database);

constexpr const char* kMunicipality =
    "SELECT town, epoch, feed, commits, people, slots, devices, bookings FROM municipality";
#define MADO_SLOT_COLUMNS                                                                \
    "id, venue, date, starts, length, vaccine, target, booked, held, later, kept, web, " \
    "web_later, "                                                                        \
    "call_centre, call_centre_later"
#define MADO_BOOKING_COLUMNS \
    "device, number, person, dose, slot, declared, state, version, slip, channel"
#define MADO_APPLICATION_COLUMNS                                                              \
    "device, number, person, dose, choice_1, choice_2, choice_3, declared, state, received, " \
    "placed_device, placed_number, ended_at, ended_by, note"
#define MADO_DEVICE_COLUMNS                                                                \
    "id, state, kind, name, venue, code_hash, code_expires, key_digest, signing_request, " \
    "certificate, endorsement, roster_key"
#define MADO_CHAIN_COLUMNS "device, last_seen, events_known, head"
#define MADO_SIGNED_HEAD_COLUMNS "device, epoch, number, hash, signature"
// A whole device is its own row and its chain's.
#define MADO_DEVICE_SELECT                                    \
    "SELECT " MADO_DEVICE_COLUMNS                             \
    ", last_seen, events_known, head FROM device JOIN chain " \
    "ON chain.device = device.id"
constexpr const char* kChain =
    "SELECT chain.device, last_seen, events_known, head, epoch, number, hash, signature FROM chain "
    "LEFT JOIN signed_head ON signed_head.device = chain.device WHERE chain.device = ?";
// A person's bookings, each from the one index of the two that holds it.
#define MADO_BOOKINGS_OF_PERSON                            \
    "SELECT " MADO_BOOKING_COLUMNS                         \
    " FROM booking WHERE person = ?1 AND state IN (0, 2) " \
    "UNION ALL SELECT " MADO_BOOKING_COLUMNS               \
    " FROM booking WHERE person = ?1 AND state NOT IN "    \
    "(0, 2)"
#define MADO_LEASE_COLUMNS "device, slot, granted, used, taken_back, kept, kept_used"
#define MADO_ENVELOPE_COLUMNS \
    "device, number, hash, previous, body, received, verdict, reason, epoch, feed"
#define MADO_WORKLIST_COLUMNS                                                                  \
    "id, reason, since, said_by, person, booking_device, booking_number, device, slot, done, " \
    "done_at, done_by, note"
#define MADO_CALL_COLUMNS "device, number, venue, since, answered_by, answered_at, ended"
#define MADO_VENUE_COLUMNS "id, name, name_en, address, telephone, vaccine, name_kana"
#define MADO_DOSE_COLUMNS "number, date, vaccine, lot, place"

struct MunicipalityRow {
    std::optional<Town> town;
    FeedPosition position;
    std::int64_t commits = 0;
    Counters last;
};

IoError corrupt(const char* table);

std::int64_t number_of(Date date);
std::int64_t number_of(Instant instant);
Date date_from(std::int64_t number);
Instant instant_from(std::int64_t number);

Result<MunicipalityRow, IoError> municipality(sqlite::Database& database);
// How many kiosks are in (is_kiosk_in).
Result<int, IoError> kiosks(sqlite::Database& database);
Result<VaccineTable, IoError> vaccines(sqlite::Database& database);
Result<std::vector<VenueEntry>, IoError> venues(sqlite::Database& database);
// What roster rows name by their place in it; only ever grows at its end.
Result<std::vector<VaccineCode>, IoError> vaccine_list(sqlite::Database& database);

Result<SettingsTable, IoError> settings(sqlite::Database& database);
Result<TownTexts, IoError> town_texts(sqlite::Database& database);

Result<Change, IoError> change(const sqlite::Statement& row, int column);
Result<Slot, IoError> slot(const sqlite::Statement& row);
Result<BookingEntry, IoError> booking(const sqlite::Statement& row);
SlotId slot_of_booking(const sqlite::Statement& row);
Result<ApplicationEntry, IoError> application(const sqlite::Statement& row);
Result<Device, IoError> device(const sqlite::Statement& row);
Result<ChainState, IoError> chain(const sqlite::Statement& row);
LeaseEntry lease(const sqlite::Statement& row);
Result<StoredEnvelope, IoError> envelope(const sqlite::Statement& row);
Call call(const sqlite::Statement& row);
WorklistEntry worklist(const sqlite::Statement& row);
Result<Ticket, IoError> ticket(const sqlite::Statement& row, int municipality, int number);

// With tickets and doses; no value where there is no such person.
Result<std::optional<Person>, IoError> person(sqlite::Database& database, PersonId id);

// Every row that a prepared and bound statement gives.
template <class Read>
Result<void, IoError> each(sqlite::Statement& statement, const Read& read) {
    while (MADO_TRY(statement.step()))
        MADO_TRY(read(statement));
    return {};
}

}  // namespace mado::server::rows

#include "sync/server/store/sqlite_worklist.h"

namespace mado::server {

namespace {

using sqlite::Database;
using sqlite::Statement;

using Rows = std::map<std::int64_t, WorklistEntry>;

template <class Identity>
std::optional<std::int64_t> number_of(const std::optional<Identity>& id) {
    if (!id) return {};
    return id->number();
}

void bind_or_null(Statement& statement, int parameter, std::optional<std::int64_t> value) {
    if (value) {
        statement.bind(parameter, *value);
    } else {
        statement.bind_null(parameter);
    }
}

Result<void, IoError> keep(Statement& select, Rows& found) {
    while (MADO_TRY(select.step())) {
        WorklistEntry row = rows::worklist(select);
        const std::int64_t id = row.id;
        found.emplace(id, std::move(row));
    }
    return {};
}

// An empty text stays a text: the row is done then.
void bind(Statement& update, const Resolution& resolution) {
    update.bind(1, resolution.done).bind(2, rows::number_of(resolution.at));
    update.bind(3, resolution.by).bind(4, resolution.note);
}

Result<void, IoError> resolve(Database& database, std::int64_t id, const Resolution& resolution) {
    auto update = MADO_TRY(
        database.prepare("UPDATE worklist SET done = ?, done_at = ?, done_by = ?, note = ? "
                         "WHERE id = ? AND done IS NULL"));
    bind(update, resolution);
    return update.bind(5, id).run();
}

Result<void, IoError> settle(Database& database, const Settled& settled) {
    auto update = MADO_TRY(
        database.prepare("UPDATE worklist SET done = ?, done_at = ?, done_by = ?, note = ? "
                         "WHERE booking_device = ? AND booking_number = ? AND reason = ? "
                         "AND done IS NULL"));
    bind(update, settled.resolution);
    update.bind(5, settled.booking.device.number()).bind(6, settled.booking.number.number());
    return update.bind(7, settled.reason).run();
}

Result<void, IoError> append(Database& database, const WorklistEntry& row) {
    auto insert = MADO_TRY(
        database.prepare("INSERT INTO worklist (reason, since, said_by, person, booking_device, "
                         "booking_number, device, slot, done, done_at, done_by, note) "
                         "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
    insert.bind(1, row.reason).bind(2, rows::number_of(row.since)).bind(3, row.by);
    bind_or_null(insert, 4, number_of(row.person));
    bind_or_null(insert, 5,
                 row.booking ? number_of(std::optional(row.booking->device)) : std::nullopt);
    bind_or_null(insert, 6,
                 row.booking ? number_of(std::optional(row.booking->number)) : std::nullopt);
    bind_or_null(insert, 7, number_of(row.device));
    bind_or_null(insert, 8, number_of(row.slot));
    for (int parameter = 9; parameter <= 12; ++parameter)
        insert.bind_null(parameter);
    if (row.resolution) {
        insert.bind(9, row.resolution->done).bind(10, rows::number_of(row.resolution->at));
        insert.bind(11, row.resolution->by).bind(12, row.resolution->note);
    }
    return insert.run();
}

}  // namespace

Result<Rows, IoError> load_worklist(Database& database, const Needs& needs) {
    Rows found;
    for (const std::int64_t id : needs.worklist) {
        auto select = MADO_TRY(
            database.prepare("SELECT " MADO_WORKLIST_COLUMNS " FROM worklist WHERE id = ?"));
        MADO_TRY(keep(select.bind(1, id), found));
    }
    for (const DeviceId device : needs.worklist_of) {
        auto select = MADO_TRY(database.prepare("SELECT " MADO_WORKLIST_COLUMNS
                                                " FROM worklist WHERE device = ? "
                                                "AND booking_device IS NULL AND done IS NULL"));
        MADO_TRY(keep(select.bind(1, device.number()), found));
    }
    return found;
}

Needs with_what_rows_name(const Needs& needs, const Rows& rows) {
    Needs wider = needs;
    for (const auto& [id, row] : rows) {
        if (row.person) wider.people.insert(*row.person);
        if (row.slot) wider.slots.insert(*row.slot);
        if (row.device) {
            wider.devices.insert(*row.device);
            if (row.slot) wider.leases.emplace(*row.device, *row.slot);
            // What a row about a device alone can come to is that its seats are free again.
            if (!row.booking) wider.leases_of.insert(*row.device);
        }
        if (row.booking) {
            wider.bookings.insert(*row.booking);
            wider.applications.insert(*row.booking);
            wider.envelopes.emplace(row.booking->device, row.booking->number);
        }
    }
    return wider;
}

Result<void, IoError> write_worklist(Database& database, const Writes& writes) {
    for (const auto& [id, resolution] : writes.resolved)
        MADO_TRY(resolve(database, id, resolution));
    for (const Settled& settled : writes.settled)
        MADO_TRY(settle(database, settled));
    for (const WorklistEntry& row : writes.worklist)
        MADO_TRY(append(database, row));
    return {};
}

}  // namespace mado::server

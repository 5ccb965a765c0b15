#include "sync/server/store/sqlite_rows.h"
#include "sync/server/store/sqlite_store.h"

namespace mado::server {

namespace {

using sqlite::Statement;

LedgerEnvelope envelope_from(const Statement& row) {
    constexpr std::int64_t kAside = 2;
    return {row.integer(0), row.integer(1), row.blob(2),
            row.blob(3),    row.text(4),    row.integer(5) == kAside};
}

LedgerBookingState state_from(std::int64_t number) {
    if (number == static_cast<std::int64_t>(BookingState::Cancelled)) {
        return LedgerBookingState::Cancelled;
    }
    const bool doubled = number == static_cast<std::int64_t>(BookingState::Doubled);
    return doubled ? LedgerBookingState::Doubled : LedgerBookingState::Expected;
}

class SqliteLedger : public Ledger {
  public:
    explicit SqliteLedger(sqlite::Database database) : database_(std::move(database)) {}

    Result<void, IoError> at_once(const std::function<Result<void, IoError>()>& work) override {
        return database_.transaction(work);
    }

    Result<Books, IoError> books() override {
        Books books;
        MADO_TRY(each("SELECT device, events_known, head FROM chain ORDER BY device",
                      [&](const auto& row) {
                          books.devices.push_back({row.integer(0), row.integer(1), row.blob(2)});
                      }));
        MADO_TRY(each("SELECT " MADO_SIGNED_HEAD_COLUMNS " FROM signed_head ORDER BY device",
                      [&](const auto& row) {
                          books.signatures.push_back({row.integer(0), row.integer(1),
                                                      row.integer(2), row.blob(3), row.blob(4)});
                      }));
        MADO_TRY(
            each("SELECT id, target, capacity, booked, held, free, later, kept FROM slot "
                 "ORDER BY id",
                 [&](const auto& row) {
                     books.slots.push_back({row.integer(0), row.integer(1), row.integer(2),
                                            row.integer(3), row.integer(4), row.integer(5),
                                            row.integer(6), row.integer(7)});
                 }));
        MADO_TRY(each("SELECT " MADO_LEASE_COLUMNS " FROM lease ORDER BY device, slot",
                      [&](const auto& row) {
                          books.leases.push_back({row.integer(0), row.integer(1), row.integer(2),
                                                  row.integer(3), row.integer(4), row.integer(5),
                                                  row.integer(6)});
                      }));
        MADO_TRY(
            each("SELECT device, number, person, dose, slot, state, "
                 "EXISTS (SELECT 1 FROM worklist WHERE booking_device = booking.device "
                 "AND booking_number = booking.number AND reason = 'doubled' "
                 "AND done IS NULL), declared, version "
                 "FROM booking ORDER BY device, number",
                 [&](const auto& row) {
                     books.bookings.push_back({row.integer(0), row.integer(1), row.integer(2),
                                               row.integer(3), row.integer(4),
                                               state_from(row.integer(5)), row.integer(6) != 0,
                                               row.integer(7), row.integer(8)});
                 }));
        MADO_TRY(
            each("SELECT device, number, person, dose FROM application WHERE state = 0 "
                 "ORDER BY device, number",
                 [&](const auto& row) {
                     books.waiting.push_back(
                         {row.integer(0), row.integer(1), row.integer(2), row.integer(3)});
                 }));
        MADO_TRY(each("SELECT feed FROM municipality",
                      [&](const auto& row) { books.feed_end = row.integer(0); }));
        return books;
    }

    Result<void, IoError> envelopes(const TakeEnvelope& take) override {
        return each(
            "SELECT device, number, hash, previous, body, verdict FROM envelope "
            "ORDER BY device, number",
            [&](const auto& row) { take(envelope_from(row)); });
    }

    Result<void, IoError> strays(const TakeEnvelope& take) override {
        return each(
            "SELECT device, number, hash, previous, body, verdict FROM stray "
            "ORDER BY device, number",
            [&](const auto& row) { take(envelope_from(row)); });
    }

    Result<void, IoError> doses(const std::function<void(const LedgerDose&)>& take) override {
        return each(
            "SELECT dose.person, number, date, birth_date FROM dose "
            "JOIN person ON person.id = dose.person ORDER BY dose.person, number",
            [&](const auto& row) {
                take({row.integer(0), row.integer(1), row.integer(2), row.integer(3)});
            });
    }

    Result<void, IoError> feed(const TakeFeedRow& take) override {
        return each(
            "SELECT number, CASE WHEN body LIKE '{\"kind\":\"booking\",%' THEN body ELSE '' END "
            "FROM feed ORDER BY number",
            [&](const auto& row) { take(row.integer(0), row.text(1)); });
    }

  private:
    template <class Take>
    Result<void, IoError> each(const char* sql, const Take& take) {
        auto select = MADO_TRY(database_.prepare(sql));
        while (MADO_TRY(select.step()))
            take(select);
        return {};
    }

    sqlite::Database database_;
};

}  // namespace

Result<std::unique_ptr<Ledger>, IoError> open_sqlite_ledger(const std::filesystem::path& file) {
    auto database = MADO_TRY(sqlite::Database::open(file, sqlite::Access::ReadOnly));
    MADO_TRY(rows::check_schema(database));
    return std::unique_ptr<Ledger>(std::make_unique<SqliteLedger>(std::move(database)));
}

}  // namespace mado::server

#include "shared/platform/sqlite.h"

#include "shared/base/check.h"
#include "shared/platform/disk_files.h"

#include <cerrno>
#include <cstdio>
#include <functional>
#include <unordered_map>
#include <utility>

#include <sqlite3.h>

namespace mado::sqlite {

namespace {

constexpr int kBusyTimeoutMs = 5000;
constexpr auto kInMemory = ":memory:";

// Idle statements kept for one text; more than this are only ever needed by recursion.
constexpr std::size_t kIdleMax = 4;

IoError::Kind kind_of_io_error(int extended, int system_errno) {
    if (system_errno == ENOSPC || system_errno == EDQUOT) return IoError::Kind::Full;
    switch (extended) {
        case SQLITE_IOERR_CORRUPTFS:
        case SQLITE_IOERR_DATA:
        case SQLITE_IOERR_SHORT_READ:
            return IoError::Kind::Corrupt;
        default:
            return IoError::Kind::Unavailable;
    }
}

IoError::Kind kind_of(int extended, int system_errno) {
    switch (extended & 0xff) {
        case SQLITE_FULL:
            return IoError::Kind::Full;
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
        case SQLITE_FORMAT:
            return IoError::Kind::Corrupt;
        case SQLITE_CONSTRAINT:
        case SQLITE_MISMATCH:
        case SQLITE_TOOBIG:
        case SQLITE_READONLY:
        case SQLITE_PERM:
        case SQLITE_AUTH:
            return IoError::Kind::Refused;
        case SQLITE_CANTOPEN:
            return system_errno == ENOSPC ? IoError::Kind::Full : IoError::Kind::Refused;
        case SQLITE_IOERR:
            return kind_of_io_error(extended, system_errno);
        default:
            return IoError::Kind::Unavailable;
    }
}

// SQLite's messages name tables and columns, never values.
IoError error_of(int extended, int system_errno, const char* message) {
    return {kind_of(extended, system_errno),
            "sqlite " + std::to_string(extended) + ": " + (message == nullptr ? "" : message)};
}

// SQLite would give the file the rights of the umask. Its -wal and -shm get those of the file.
Result<void, IoError> make_for_owner_only(const std::filesystem::path& file) {
    if (file == kInMemory) return {};
    return disk_files().make_file(file);
}

// A parameter or column that does not exist, a statement that is no SQL: a mistake in this program.
// Its texts are ours and hold no values.
void sure(int code, sqlite3* database) {
    if (code == SQLITE_OK) return;
    std::fprintf(stderr, "sqlite: %s\n", sqlite3_errmsg(database));
    MADO_CHECK(!"SQL that fits its tables, parameters and columns");
}

// SQLite would count the bytes of each allocation under one lock for the whole process, and nobody
// asks for the count. It takes such a setting only before it is first used; where it was used
// before, it goes on counting.
void count_no_bytes() {
    [[maybe_unused]] static const int said = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

struct CloseDatabase {
    void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
};
struct FinalizeStatement {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};

struct HashOfText {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
        return std::hash<std::string_view>()(text);
    }
};

}  // namespace

// A prepared statement, and where it lies while nobody uses it.
struct Statement::State {
    Database::State* database;
    Idle* home;
    std::unique_ptr<sqlite3_stmt, FinalizeStatement> handle;

    State(Database::State* owner, Idle* idle, sqlite3_stmt* prepared)
        : database(owner), home(idle), handle(prepared) {}

    sqlite3_stmt* get() const { return handle.get(); }
    // Of a row's columns, counted from 0.
    void check_column(int column) const {
        MADO_CHECK(column >= 0 && column < sqlite3_data_count(get()));
    }
    void sure_bound(int code) const { sure(code, sqlite3_db_handle(get())); }
};

struct Database::State {
    std::unique_ptr<sqlite3, CloseDatabase> database;
    Access access;
    // Statements of one text that nobody is using.
    std::unordered_map<std::string, Statement::Idle, HashOfText, std::equal_to<>> cache;
    int depth = 0;  // transactions that are open, one inside the other
    IoError last_error{IoError::Kind::Unavailable, "sqlite"};

    explicit State(Access wanted) : access(wanted) {}

    sqlite3* handle() const { return database.get(); }

    // Without SQLite's own locks, since a Database is one thread's at a time.
    Result<void, IoError> open(const std::filesystem::path& file) {
        const int how = SQLITE_OPEN_NOMUTEX | (access == Access::ReadWrite ? SQLITE_OPEN_READWRITE
                                                                           : SQLITE_OPEN_READONLY);
        count_no_bytes();
        sqlite3* opened = nullptr;
        const int code = sqlite3_open_v2(file.c_str(), &opened, how, nullptr);
        database.reset(opened);
        if (code != SQLITE_OK) return failure();
        sqlite3_extended_result_codes(handle(), 1);
        sqlite3_busy_timeout(handle(), kBusyTimeoutMs);
        return {};
    }

    Failure<IoError> failure() {
        last_error = error_of(sqlite3_extended_errcode(handle()), sqlite3_system_errno(handle()),
                              sqlite3_errmsg(handle()));
        return fail(last_error);
    }

    // A full disk makes SQLite roll back by itself. What the caller still does in its transaction
    // would then be kept statement by statement, so it must not run.
    Result<void, IoError> still_open() const {
        if (depth > 0 && sqlite3_get_autocommit(handle()) != 0) return fail(last_error);
        return {};
    }

    Result<void, IoError> execute(const char* sql) {
        if (sqlite3_exec(handle(), sql, nullptr, nullptr, nullptr) != SQLITE_OK) return failure();
        return {};
    }

    Result<std::unique_ptr<Statement::State>, IoError> take(std::string_view sql) {
        const auto found = cache.find(sql);
        Statement::Idle& idle = found != cache.end() ? found->second : cache[std::string(sql)];
        if (!idle.empty()) {
            auto statement = std::move(idle.back());
            idle.pop_back();
            return statement;
        }
        sqlite3_stmt* prepared = nullptr;
        const int code = sqlite3_prepare_v3(handle(), sql.data(), static_cast<int>(sql.size()),
                                            SQLITE_PREPARE_PERSISTENT, &prepared, nullptr);
        if (code == SQLITE_ERROR) sure(code, handle());
        if (code != SQLITE_OK) return failure();
        return std::make_unique<Statement::State>(this, &idle, prepared);
    }

    static void give_back(std::unique_ptr<Statement::State> statement) {
        sqlite3_reset(statement->get());
        sqlite3_clear_bindings(statement->get());
        Statement::Idle& idle = *statement->home;
        if (idle.size() < kIdleMax) idle.push_back(std::move(statement));
    }

    // BEGIN and its like: kept prepared, and not stopped by still_open().
    Result<void, IoError> control(std::string_view sql) {
        auto statement = MADO_TRY(take(sql));
        Result<void, IoError> done;
        if (sqlite3_step(statement->get()) != SQLITE_DONE) done = failure();
        give_back(std::move(statement));
        return done;
    }

    Result<void, IoError> begin() {
        if (depth > 0) return control("SAVEPOINT nested");
        return control(access == Access::ReadWrite ? "BEGIN IMMEDIATE" : "BEGIN");
    }

    Result<void, IoError> commit() { return control(depth > 1 ? "RELEASE nested" : "COMMIT"); }

    // Before anything that was read is shown, printed or sent. A process that died while it
    // committed may leave a commit in the log that was never synced, and SQLite takes it for a
    // commit all the same; or a log whose name was never synced, which SQLite does only in the
    // process that made it. Then a power cut could still take what this one goes on from. A
    // checkpoint syncs the log before it writes, so one that finds no room has done that.
    Result<void, IoError> make_durable(const std::filesystem::path& file) {
        if (file == kInMemory) return {};
        MADO_TRY(disk_files().sync_folder(file.parent_path()));
        auto done = execute("PRAGMA wal_checkpoint");
        if (!done.ok() && done.error().kind == IoError::Kind::Full) return {};
        return done;
    }

    // Fails only where SQLite has rolled back by itself.
    void roll_back() {
        if (!still_open().ok()) return;
        if (depth > 1) (void)control("ROLLBACK TO nested");
        (void)control(depth > 1 ? "RELEASE nested" : "ROLLBACK");
    }
};

Statement::Statement(std::unique_ptr<State> state) : state_(std::move(state)) {}
Statement::Statement(Statement&&) noexcept = default;

Statement& Statement::operator=(Statement&& other) noexcept {
    std::swap(state_, other.state_);
    return *this;
}

Statement::~Statement() {
    if (state_) Database::State::give_back(std::move(state_));
}

Statement& Statement::bind(int parameter, std::int64_t value) {
    state_->sure_bound(sqlite3_bind_int64(state_->get(), parameter, value));
    return *this;
}

Statement& Statement::bind(int parameter, std::string_view text) {
    // SQLite reads a null pointer as NULL, and an empty view or span may hold one.
    const char* const bytes = text.empty() ? "" : text.data();
    state_->sure_bound(sqlite3_bind_text64(state_->get(), parameter, bytes, text.size(),
                                           SQLITE_TRANSIENT, SQLITE_UTF8));
    return *this;
}

Statement& Statement::bind(int parameter, std::span<const std::uint8_t> blob) {
    const void* const bytes = blob.empty() ? static_cast<const void*>("") : blob.data();
    state_->sure_bound(
        sqlite3_bind_blob64(state_->get(), parameter, bytes, blob.size(), SQLITE_TRANSIENT));
    return *this;
}

Statement& Statement::bind_null(int parameter) {
    state_->sure_bound(sqlite3_bind_null(state_->get(), parameter));
    return *this;
}

Result<bool, IoError> Statement::step() {
    MADO_TRY(state_->database->still_open());
    const int code = sqlite3_step(state_->get());
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) {
        sqlite3_reset(state_->get());
        return false;
    }
    auto failure = state_->database->failure();
    sqlite3_reset(state_->get());
    return failure;
}

Result<void, IoError> Statement::run() {
    const bool row = MADO_TRY(step());
    MADO_CHECK(!row);
    return {};
}

void Statement::reset() {
    sqlite3_reset(state_->get());
}

std::int64_t Statement::integer(int column) const {
    state_->check_column(column);
    return sqlite3_column_int64(state_->get(), column);
}

std::string Statement::text(int column) const {
    state_->check_column(column);
    const auto* const bytes = sqlite3_column_blob(state_->get(), column);
    const int size = sqlite3_column_bytes(state_->get(), column);
    return bytes == nullptr
               ? std::string()
               : std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(size));
}

std::vector<std::uint8_t> Statement::blob(int column) const {
    state_->check_column(column);
    const auto* const bytes =
        static_cast<const std::uint8_t*>(sqlite3_column_blob(state_->get(), column));
    return {bytes, bytes + sqlite3_column_bytes(state_->get(), column)};
}

bool Statement::is_null(int column) const {
    state_->check_column(column);
    return sqlite3_column_type(state_->get(), column) == SQLITE_NULL;
}

Database::Database(std::unique_ptr<State> state) : state_(std::move(state)) {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

Result<Database, IoError> Database::open(const std::filesystem::path& file, Access access) {
    if (access == Access::ReadWrite) MADO_TRY(make_for_owner_only(file));
    Database opened(std::make_unique<State>(access));
    MADO_TRY(opened.state_->open(file));
    if (access == Access::ReadWrite) {
        MADO_TRY(opened.state_->execute("PRAGMA journal_mode = WAL"));
    }
    MADO_TRY(opened.state_->execute("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON"));
    // Reads the header, so that a file that is no database shows here and not later.
    MADO_TRY(opened.state_->execute("SELECT count(*) FROM sqlite_schema"));
    if (access == Access::ReadWrite) MADO_TRY(opened.state_->make_durable(file));
    return opened;
}

Result<Statement, IoError> Database::prepare(std::string_view sql) {
    auto taken = MADO_TRY(state_->take(sql));
    return Statement(std::move(taken));
}

Result<void, IoError> Database::execute(std::string_view sql) {
    MADO_TRY(state_->still_open());
    return state_->execute(std::string(sql).c_str());
}

std::int64_t Database::changes() const {
    return sqlite3_changes64(state_->handle());
}

std::int64_t Database::last_insert_id() const {
    return sqlite3_last_insert_rowid(state_->handle());
}

bool Database::in_transaction() const {
    return state_->depth > 0;
}

Result<void, IoError> Database::transaction(const std::function<Result<void, IoError>()>& work) {
    // Rolls back what was not committed, also where `work` throws.
    struct Open {
        State& state;
        bool committed = false;

        explicit Open(State& opened) : state(opened) { ++state.depth; }
        Open(const Open&) = delete;
        Open& operator=(const Open&) = delete;
        ~Open() {
            if (!committed) state.roll_back();
            --state.depth;
        }
    };

    MADO_TRY(state_->still_open());
    MADO_TRY(state_->begin());
    Open open(*state_);
    MADO_TRY(work());
    MADO_TRY(state_->still_open());
    MADO_TRY(state_->commit());
    open.committed = true;
    return {};
}

}  // namespace mado::sqlite

#include "shared/platform/sqlite.h"

#include "shared/base/check.h"
#include "shared/platform/disk_files.h"

#include <cerrno>
#include <cstdio>
#include <functional>
#include <unordered_map>
#include <utility>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
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

// What SQLiteCpp throws at us here (a parameter or column that does not exist, a statement that is
// no SQL) is a mistake in this program. Its texts are ours and hold no values.
template <class Call>
decltype(auto) sure(const Call& call) {
    try {
        return call();
    } catch (const std::exception& error) {
        std::fprintf(stderr, "sqlite: %s\n", error.what());
        MADO_CHECK(!"SQL that fits its tables, parameters and columns");
        throw;
    }
}

struct HashOfText {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
        return std::hash<std::string_view>()(text);
    }
};

// Statements of one text that nobody is using.
using Idle = std::vector<std::unique_ptr<SQLite::Statement>>;
using Cache = std::unordered_map<std::string, Idle, HashOfText, std::equal_to<>>;

}  // namespace

struct Database::State {
    SQLite::Database database;
    Access access;
    Cache cache;
    int depth = 0;  // transactions that are open, one inside the other
    IoError last_error{IoError::Kind::Unavailable, "sqlite"};

    // Without SQLite's own locks, since a Database is one thread's at a time.
    State(const std::filesystem::path& file, Access wanted)
        : database(file.string(),
                   SQLITE_OPEN_NOMUTEX |
                       (wanted == Access::ReadWrite ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY),
                   kBusyTimeoutMs),
          access(wanted) {
        sqlite3_extended_result_codes(handle(), 1);
    }

    sqlite3* handle() const { return database.getHandle(); }

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
        if (database.tryExec(sql) != SQLITE_OK) return failure();
        return {};
    }

    Idle& idle_of(std::string_view sql) {
        const auto found = cache.find(sql);
        return found != cache.end() ? found->second : cache[std::string(sql)];
    }

    Result<std::unique_ptr<SQLite::Statement>, IoError> take(Idle& idle, std::string_view sql) {
        if (!idle.empty()) {
            auto statement = std::move(idle.back());
            idle.pop_back();
            return statement;
        }
        try {
            return std::make_unique<SQLite::Statement>(database, std::string(sql));
        } catch (const SQLite::Exception& error) {
            if (error.getErrorCode() == SQLITE_ERROR) sure([&] { throw error; });
            return failure();
        }
    }

    static void give_back(Idle& idle, std::unique_ptr<SQLite::Statement> statement) {
        statement->tryReset();
        sure([&] { statement->clearBindings(); });
        if (idle.size() < kIdleMax) idle.push_back(std::move(statement));
    }

    // BEGIN and its like: kept prepared, and not stopped by still_open().
    Result<void, IoError> control(std::string_view sql) {
        Idle& idle = idle_of(sql);
        auto taken = take(idle, sql);
        if (!taken.ok()) return fail(std::move(taken).error());
        auto statement = std::move(taken).value();
        Result<void, IoError> done;
        if (statement->tryExecuteStep() != SQLITE_DONE) done = failure();
        give_back(idle, std::move(statement));
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

struct Statement::State {
    Database::State* database;
    Idle* home;
    std::unique_ptr<SQLite::Statement> statement;

    State(Database::State* owner, Idle* idle, std::unique_ptr<SQLite::Statement> prepared)
        : database(owner), home(idle), statement(std::move(prepared)) {}
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() { Database::State::give_back(*home, std::move(statement)); }
};

Statement::Statement(std::unique_ptr<State> state) : state_(std::move(state)) {}
Statement::Statement(Statement&&) noexcept = default;
Statement& Statement::operator=(Statement&&) noexcept = default;
Statement::~Statement() = default;

Statement& Statement::bind(int parameter, std::int64_t value) {
    sure([&] { state_->statement->bind(parameter, value); });
    return *this;
}

Statement& Statement::bind(int parameter, std::string_view text) {
    sure([&] { state_->statement->bind(parameter, std::string(text)); });
    return *this;
}

Statement& Statement::bind(int parameter, std::span<const std::uint8_t> blob) {
    // SQLite reads a null pointer as NULL, and an empty span may hold one.
    const void* const bytes = blob.empty() ? static_cast<const void*>("") : blob.data();
    sure([&] { state_->statement->bind(parameter, bytes, static_cast<int>(blob.size())); });
    return *this;
}

Statement& Statement::bind_null(int parameter) {
    sure([&] { state_->statement->bind(parameter); });
    return *this;
}

Result<bool, IoError> Statement::step() {
    MADO_TRY(state_->database->still_open());
    const int code = state_->statement->tryExecuteStep();
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) {
        state_->statement->tryReset();
        return false;
    }
    auto failure = state_->database->failure();
    state_->statement->tryReset();
    return failure;
}

Result<void, IoError> Statement::run() {
    const bool row = MADO_TRY(step());
    MADO_CHECK(!row);
    return {};
}

void Statement::reset() {
    state_->statement->tryReset();
}

std::int64_t Statement::integer(int column) const {
    return sure([&] { return state_->statement->getColumn(column).getInt64(); });
}

std::string Statement::text(int column) const {
    return sure([&] { return state_->statement->getColumn(column).getString(); });
}

std::vector<std::uint8_t> Statement::blob(int column) const {
    return sure([&] {
        const auto value = state_->statement->getColumn(column);
        const auto* const bytes = static_cast<const std::uint8_t*>(value.getBlob());
        return std::vector<std::uint8_t>(bytes, bytes + value.getBytes());
    });
}

bool Statement::is_null(int column) const {
    return sure([&] { return state_->statement->isColumnNull(column); });
}

Database::Database(std::unique_ptr<State> state) : state_(std::move(state)) {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

Result<Database, IoError> Database::open(const std::filesystem::path& file, Access access) {
    if (access == Access::ReadWrite) MADO_TRY(make_for_owner_only(file));
    try {
        Database opened(std::make_unique<State>(file, access));
        if (access == Access::ReadWrite) {
            MADO_TRY(opened.state_->execute("PRAGMA journal_mode = WAL"));
        }
        MADO_TRY(opened.state_->execute("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON"));
        // Reads the header, so that a file that is no database shows here and not later.
        MADO_TRY(opened.state_->execute("SELECT count(*) FROM sqlite_schema"));
        if (access == Access::ReadWrite) MADO_TRY(opened.state_->make_durable(file));
        return opened;
    } catch (const SQLite::Exception& error) {
        // The extended code went with the handle.
        return fail(error_of(error.getErrorCode(), 0, error.what()));
    }
}

Result<Statement, IoError> Database::prepare(std::string_view sql) {
    Idle& idle = state_->idle_of(sql);
    auto taken = state_->take(idle, sql);
    if (!taken.ok()) return fail(std::move(taken).error());
    auto statement = std::move(taken).value();
    return Statement(std::make_unique<Statement::State>(state_.get(), &idle, std::move(statement)));
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

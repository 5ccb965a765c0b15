#pragma once

// SQLite for devices and server: one file, write-ahead log, synchronous=FULL, so that a committed
// transaction survives a power cut.
//
// A Database belongs to one thread at a time. Errors of SQLite come out as IoError: Full for a full
// disk, Corrupt for a damaged file, Refused for a broken constraint or a file that may not be
// opened or written, Unavailable for the rest (another process holds the lock).

#include "shared/base/io_error.h"
#include "shared/base/result.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mado::sqlite {

// One prepared statement, which ends before its database does. Columns and parameters count from 0
// and 1 as in SQLite itself. Binding never fails: a parameter that does not exist is a broken
// program. Go through a statement with step() until it says false (or an error); then, or after
// reset(), it can be bound and run again, and keeps the parameters that are not bound anew.
class Statement {
  public:
    Statement(Statement&&) noexcept;
    Statement& operator=(Statement&&) noexcept;
    ~Statement();

    Statement& bind(int parameter, std::int64_t value);
    Statement& bind(int parameter, std::string_view text);
    Statement& bind(int parameter, std::span<const std::uint8_t> blob);
    Statement& bind_null(int parameter);

    // True while there is a row to read; false at the end.
    Result<bool, IoError> step();
    // Runs a statement that returns no rows.
    Result<void, IoError> run();
    void reset();

    // Of the row that step() stands on; NULL reads as 0 or empty.
    std::int64_t integer(int column) const;
    std::string text(int column) const;
    std::vector<std::uint8_t> blob(int column) const;
    bool is_null(int column) const;

  private:
    friend class Database;
    struct State;
    using Idle = std::vector<std::unique_ptr<State>>;
    explicit Statement(std::unique_ptr<State> state);

    std::unique_ptr<State> state_;
};

enum class Access { ReadWrite, ReadOnly };

class Database {
  public:
    // Opens the file, or makes it for its owner alone (and waits up to 5 s for another process's
    // lock at each statement). ReadOnly opens only what is there.
    static Result<Database, IoError> open(const std::filesystem::path& file, Access access);
    Database(Database&&) noexcept;
    Database& operator=(Database&&) noexcept;
    ~Database();

    // Prepared once for each text and kept. Ends the program where the text is no SQL or names what
    // its tables do not have, since texts are ours.
    Result<Statement, IoError> prepare(std::string_view sql);
    // One or several statements without parameters or rows.
    Result<void, IoError> execute(std::string_view sql);
    // Rows that the last statement changed.
    std::int64_t changes() const;
    std::int64_t last_insert_id() const;

    // Runs `work` between BEGIN IMMEDIATE and COMMIT; an error of `work` or of the commit rolls
    // everything back. Inside another transaction of the same database it becomes a savepoint: its
    // error rolls back to where it began, and the outer one may go on. (Not so on a full or failing
    // disk: there SQLite rolls back everything, and each further statement says the same error
    // until the outer transaction has returned it.) ReadOnly: one consistent view for all of
    // `work`.
    Result<void, IoError> transaction(const std::function<Result<void, IoError>()>& work);
    bool in_transaction() const;

  private:
    friend class Statement;
    struct State;
    explicit Database(std::unique_ptr<State> state);

    std::unique_ptr<State> state_;
};

}  // namespace mado::sqlite

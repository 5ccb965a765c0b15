#include "shared/platform/sqlite.h"

#include "tests/support/scratch_folder.h"

#include <fstream>
#include <stdexcept>

#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/stat.h>

namespace mado::sqlite {
namespace {

using Kind = IoError::Kind;
using tests::ScratchFolder;

Database opened(const std::filesystem::path& file) {
    auto database = Database::open(file, Access::ReadWrite);
    EXPECT_TRUE(database.ok()) << database.error().what;
    return std::move(database).value();
}

std::int64_t number_from(Database& database, std::string_view sql) {
    auto select = database.prepare(sql).value();
    EXPECT_TRUE(select.step().value());
    return select.integer(0);
}

class SqliteTest : public testing::Test {
  protected:
    SqliteTest() {
        EXPECT_TRUE(database
                        .execute("CREATE TABLE thing (id INTEGER PRIMARY KEY, word TEXT UNIQUE,"
                                 "                    bytes BLOB) STRICT")
                        .ok());
    }

    Result<void, IoError> add(std::int64_t id, std::string_view word) {
        auto insert = database.prepare("INSERT INTO thing (id, word) VALUES (?, ?)").value();
        return insert.bind(1, id).bind(2, word).run();
    }

    std::int64_t count() { return number_from(database, "SELECT count(*) FROM thing"); }

    ScratchFolder folder;
    Database database = opened(folder / "a.db");
};

TEST_F(SqliteTest, KeepsTextNumbersBlobsAndNull) {
    const std::string text("窓口\0x", 8);
    const std::vector<std::uint8_t> bytes{0, 1, 255, 0};
    auto insert = database.prepare("INSERT INTO thing VALUES (?, ?, ?)").value();
    ASSERT_TRUE(insert.bind(1, INT64_MIN).bind(2, text).bind(3, bytes).run().ok());
    ASSERT_TRUE(insert.bind(1, 2).bind(2, "").bind(3, std::vector<std::uint8_t>{}).run().ok());
    ASSERT_TRUE(insert.bind(1, 3).bind_null(2).bind_null(3).run().ok());
    EXPECT_EQ(database.last_insert_id(), 3);
    EXPECT_EQ(database.changes(), 1);

    auto select = database.prepare("SELECT id, word, bytes FROM thing ORDER BY id").value();
    ASSERT_TRUE(select.step().value());
    EXPECT_EQ(select.integer(0), INT64_MIN);
    EXPECT_EQ(select.text(1), text);
    EXPECT_EQ(select.blob(2), bytes);
    ASSERT_TRUE(select.step().value());
    EXPECT_FALSE(select.is_null(1));
    EXPECT_FALSE(select.is_null(2));
    EXPECT_TRUE(select.blob(2).empty());
    ASSERT_TRUE(select.step().value());
    EXPECT_TRUE(select.is_null(1));
    EXPECT_TRUE(select.is_null(2));
    EXPECT_FALSE(select.step().value());
}

TEST_F(SqliteTest, IsSetUpSoThatACommitSurvivesAPowerCut) {
    auto mode = database.prepare("PRAGMA journal_mode").value();
    ASSERT_TRUE(mode.step().value());
    EXPECT_EQ(mode.text(0), "wal");
    EXPECT_EQ(number_from(database, "PRAGMA synchronous"), 2);  // FULL
    EXPECT_EQ(number_from(database, "PRAGMA foreign_keys"), 1);
    EXPECT_EQ(number_from(database, "PRAGMA wal_autocheckpoint"), 1000);
    EXPECT_EQ(number_from(database, "PRAGMA busy_timeout"), 5000);
}

TEST_F(SqliteTest, MakesItsFilesForTheOwnerAlone) {
    ASSERT_TRUE(add(1, "one").ok());
    for (const char* name : {"a.db", "a.db-wal", "a.db-shm"}) {
        struct stat found {};
        ASSERT_EQ(::stat((folder / name).c_str(), &found), 0) << name;
        EXPECT_EQ(found.st_mode & 0777u, 0600u) << name;
    }
}

TEST_F(SqliteTest, RefusesWhatAConstraintForbidsAndSaysNoValue) {
    ASSERT_TRUE(add(1, "secret-word").ok());
    const auto again = add(2, "secret-word");
    ASSERT_FALSE(again.ok());
    EXPECT_EQ(again.error().kind, Kind::Refused);
    EXPECT_EQ(again.error().what.find("secret-word"), std::string::npos);
    EXPECT_EQ(count(), 1);
    EXPECT_TRUE(add(2, "another").ok());
}

TEST_F(SqliteTest, TheSameStatementCanBeSteppedThroughTwiceAtOnce) {
    ASSERT_TRUE(add(1, "one").ok());
    ASSERT_TRUE(add(2, "two").ok());
    auto outer = database.prepare("SELECT id FROM thing ORDER BY id").value();
    ASSERT_TRUE(outer.step().value());
    {
        auto inner = database.prepare("SELECT id FROM thing ORDER BY id").value();
        ASSERT_TRUE(inner.step().value());
        EXPECT_EQ(inner.integer(0), 1);
    }
    ASSERT_TRUE(outer.step().value());
    EXPECT_EQ(outer.integer(0), 2);
}

TEST_F(SqliteTest, AStatementThatIsAskedForAgainHasNoOldParameters) {
    ASSERT_TRUE(add(1, "one").ok());
    auto insert = database.prepare("INSERT INTO thing (id, word) VALUES (?, ?)").value();
    ASSERT_TRUE(insert.bind(1, 2).run().ok());
    EXPECT_EQ(number_from(database, "SELECT count(*) FROM thing WHERE word IS NULL"), 1);
}

TEST_F(SqliteTest, AnErrorRollsTheTransactionBack) {
    const auto done = database.transaction([&]() -> Result<void, IoError> {
        MADO_TRY(add(1, "one"));
        return fail(IoError{Kind::Corrupt, "mine"});
    });
    ASSERT_FALSE(done.ok());
    EXPECT_EQ(done.error(), (IoError{Kind::Corrupt, "mine"}));
    EXPECT_EQ(count(), 0);
    EXPECT_TRUE(database.transaction([&] { return add(1, "one"); }).ok());
    EXPECT_EQ(count(), 1);
}

TEST_F(SqliteTest, AnExceptionRollsTheTransactionBackToo) {
    EXPECT_THROW((void)database.transaction([&]() -> Result<void, IoError> {
        MADO_TRY(add(1, "one"));
        throw std::runtime_error("somebody else's");
    }),
                 std::runtime_error);
    EXPECT_EQ(count(), 0);
    EXPECT_TRUE(database.transaction([&] { return add(1, "one"); }).ok());
}

TEST_F(SqliteTest, ANestedTransactionRollsBackAlone) {
    const auto done = database.transaction([&]() -> Result<void, IoError> {
        MADO_TRY(add(1, "outer"));
        const auto nested = database.transaction([&]() -> Result<void, IoError> {
            MADO_TRY(add(2, "nested"));
            return add(2, "the same key");
        });
        EXPECT_FALSE(nested.ok());
        EXPECT_EQ(nested.error().kind, Kind::Refused);
        MADO_TRY(database.transaction([&] { return add(3, "nested too"); }));
        return add(4, "outer after");
    });
    ASSERT_TRUE(done.ok()) << done.error().what;
    EXPECT_EQ(number_from(database, "SELECT sum(id) FROM thing"), 1 + 3 + 4);
}

TEST_F(SqliteTest, TheOuterErrorTakesANestedTransactionWithIt) {
    const auto done = database.transaction([&]() -> Result<void, IoError> {
        MADO_TRY(database.transaction([&] { return add(1, "nested"); }));
        return fail(IoError{Kind::Refused, "outer"});
    });
    EXPECT_FALSE(done.ok());
    EXPECT_EQ(count(), 0);
}

TEST_F(SqliteTest, AFullDatabaseLeavesNothingHalfDoneAndWorksAgainAfter) {
    ASSERT_TRUE(add(1, "before").ok());
    const auto pages = number_from(database, "PRAGMA page_count");
    ASSERT_TRUE(database.execute("PRAGMA max_page_count = " + std::to_string(pages + 2)).ok());
    const std::string large(100'000, 'x');

    const auto done = database.transaction([&]() -> Result<void, IoError> {
        MADO_TRY(add(2, "small"));
        const auto nested = database.transaction([&] { return add(3, large); });
        EXPECT_FALSE(nested.ok());
        EXPECT_EQ(nested.error().kind, Kind::Full);
        // SQLite may have rolled everything back: this must not be kept on its own.
        const auto after = add(4, "after");
        return after.ok() ? Result<void, IoError>(fail(nested.error())) : after;
    });
    ASSERT_FALSE(done.ok());
    EXPECT_EQ(done.error().kind, Kind::Full);
    EXPECT_EQ(count(), 1);

    ASSERT_TRUE(database.execute("PRAGMA max_page_count = 1000000").ok());
    EXPECT_TRUE(database.transaction([&] { return add(2, large); }).ok());
    EXPECT_EQ(count(), 2);
}

TEST_F(SqliteTest, ADatabaseThatIsOnlyReadCannotBeWritten) {
    ASSERT_TRUE(add(1, "one").ok());
    auto reader = Database::open(folder / "a.db", Access::ReadOnly);
    ASSERT_TRUE(reader.ok()) << reader.error().what;
    EXPECT_EQ(number_from(*reader, "SELECT count(*) FROM thing"), 1);
    const auto written = reader->execute("DELETE FROM thing");
    ASSERT_FALSE(written.ok());
    EXPECT_EQ(written.error().kind, Kind::Refused);

    // One view for the whole of a transaction, whatever others write.
    const auto read = reader->transaction([&]() -> Result<void, IoError> {
        EXPECT_EQ(number_from(*reader, "SELECT count(*) FROM thing"), 1);
        EXPECT_TRUE(add(2, "two").ok());
        EXPECT_EQ(number_from(*reader, "SELECT count(*) FROM thing"), 1);
        return {};
    });
    EXPECT_TRUE(read.ok());
    EXPECT_EQ(number_from(*reader, "SELECT count(*) FROM thing"), 2);
}

TEST_F(SqliteTest, WhatIsCommittedIsThereAfterOpeningAgain) {
    ASSERT_TRUE(add(1, "one").ok());
    database = opened(folder / "other.db");
    database = opened(folder / "a.db");
    EXPECT_EQ(count(), 1);
}

TEST(Sqlite, SaysWhatIsNotThere) {
    ScratchFolder folder;
    EXPECT_EQ(Database::open(folder / "none.db", Access::ReadOnly).error().kind, Kind::Refused);
    EXPECT_FALSE(std::filesystem::exists(folder / "none.db"));
    EXPECT_EQ(Database::open(folder / "no-folder/none.db", Access::ReadWrite).error().kind,
              Kind::Refused);
    EXPECT_EQ(Database::open(folder.path(), Access::ReadWrite).error().kind, Kind::Refused);
}

TEST(Sqlite, AFileThatIsNoDatabaseIsCorrupt) {
    ScratchFolder folder;
    std::ofstream(folder / "a.db") << std::string(8192, 'x');
    EXPECT_EQ(Database::open(folder / "a.db", Access::ReadWrite).error().kind, Kind::Corrupt);
    EXPECT_EQ(Database::open(folder / "a.db", Access::ReadOnly).error().kind, Kind::Corrupt);
}

TEST(Sqlite, ADamagedPageIsCorrupt) {
    ScratchFolder folder;
    {
        auto database = opened(folder / "a.db");
        ASSERT_TRUE(database
                        .execute("CREATE TABLE t (a TEXT); WITH RECURSIVE n(i) AS (SELECT 1 UNION "
                                 "ALL SELECT i + 1 FROM n LIMIT 2000) INSERT INTO t SELECT "
                                 "hex(zeroblob(40)) FROM n; PRAGMA wal_checkpoint(TRUNCATE)")
                        .ok());
    }
    {
        std::fstream file(folder / "a.db", std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(5 * 4096);
        file << std::string(4096, '\x7f');
    }
    auto database = opened(folder / "a.db");
    auto select = database.prepare("SELECT sum(length(a)) FROM t").value();
    const auto stepped = select.step();
    ASSERT_FALSE(stepped.ok());
    EXPECT_EQ(stepped.error().kind, Kind::Corrupt);
}

// A disk of 256 KiB, where this user may mount one.
class SmallDisk {
  public:
    SmallDisk()
        : mounted_(::mount("tmpfs", folder_.path().c_str(), "tmpfs", 0, "size=256k") == 0) {}
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;
    ~SmallDisk() {
        if (mounted_) ::umount2(folder_.path().c_str(), MNT_DETACH);
    }

    bool mounted() const { return mounted_; }
    std::filesystem::path operator/(const std::string& name) const { return folder_ / name; }

  private:
    ScratchFolder folder_;
    bool mounted_;
};

TEST(Sqlite, AFullDiskIsFullAndHealsWhenThereIsRoom) {
    const SmallDisk disk;
    if (!disk.mounted()) GTEST_SKIP() << "only root may mount a small disk";
    auto database = opened(disk / "a.db");
    ASSERT_TRUE(database.execute("CREATE TABLE t (a BLOB)").ok());
    std::ofstream(disk / "ballast") << std::string(120'000, 'x');

    const auto fill = [&]() -> Result<void, IoError> {
        return database.transaction([&]() -> Result<void, IoError> {
            MADO_TRY(database.execute("INSERT INTO t VALUES ('first')"));
            return database.execute("INSERT INTO t VALUES (zeroblob(100000))");
        });
    };
    const auto full = fill();
    ASSERT_FALSE(full.ok());
    EXPECT_EQ(full.error().kind, Kind::Full) << full.error().what;
    EXPECT_EQ(number_from(database, "SELECT count(*) FROM t"), 0);

    std::filesystem::remove(disk / "ballast");
    const auto after = fill();
    EXPECT_TRUE(after.ok()) << after.error().what;
    EXPECT_EQ(number_from(database, "SELECT count(*) FROM t"), 2);
}

using SqliteDeathTest = SqliteTest;

TEST_F(SqliteDeathTest, TextsThatAreNoSqlEndTheProgram) {
    testing::FLAGS_gtest_death_test_style = "threadsafe";
    EXPECT_DEATH((void)database.prepare("SELEC 1"), "syntax error");
    EXPECT_DEATH((void)database.prepare("SELECT 1").value().bind(1, 1), "that fits");
}

}  // namespace
}  // namespace mado::sqlite

#include "tests/simulation/disks.h"

#include "shared/platform/disk_files.h"
#include "tests/support/scratch_folder.h"
#include "tests/unit/simulation/machine.h"

#include <optional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

namespace mado::tests {
namespace {

using Kind = IoError::Kind;
using sqlite::Access;
using sqlite::Database;
using testing::HasSubstr;

class DisksTest : public testing::Test {
  protected:
    void make_table() {
        writer.emplace(opened(file));
        ASSERT_TRUE(writer->execute("CREATE TABLE t (a INTEGER PRIMARY KEY, b BLOB)").ok());
    }
    Result<void, IoError> insert(int count) {
        return writer->transaction([&]() -> Result<void, IoError> {
            for (int i = 0; i < count; ++i)
                MADO_TRY(writer->execute("INSERT INTO t (b) VALUES (zeroblob(900))"));
            return {};
        });
    }
    std::int64_t count() { return number_from(*writer, "SELECT count(*) FROM t"); }

    Machine machine{1};
    Disk& disk = machine.disk;
    std::filesystem::path file = machine.file("a.db");
    std::optional<Database> writer;
};

TEST_F(DisksTest, NothingOfADatabaseIsOnTheRealDisk) {
    make_table();
    ASSERT_TRUE(insert(10).ok());
    EXPECT_EQ(number_from(*writer, "SELECT sum(length(b)) FROM t"), 9000);
    EXPECT_EQ(text_from(*writer, "PRAGMA journal_mode").value(), "wal");
    EXPECT_FALSE(std::filesystem::exists("/sim"));
    EXPECT_THAT(disk.names_in("").value(), testing::ElementsAre("a.db", "a.db-wal"));
    writer.reset();
    EXPECT_THAT(disk.names_in("").value(), testing::ElementsAre("a.db"));
    EXPECT_EQ(integrity_of(file), "ok");
}

TEST_F(DisksTest, RealFilesAreStillReached) {
    const ScratchFolder folder;
    {
        auto real = opened(folder / "real.db");
        ASSERT_TRUE(real.execute("CREATE TABLE t (a)").ok());
    }
    EXPECT_TRUE(std::filesystem::exists(folder / "real.db"));
    EXPECT_EQ(integrity_of(folder / "real.db"), "ok");
}

TEST_F(DisksTest, ReadersBesideAWriterSeeWhatWasCommitted) {
    make_table();
    auto first = Database::open(file, Access::ReadOnly).value();
    auto second = Database::open(file, Access::ReadOnly).value();
    ASSERT_TRUE(insert(1).ok());
    const auto looked = first.transaction([&]() -> Result<void, IoError> {
        EXPECT_EQ(number_from(first, "SELECT count(*) FROM t"), 1);
        EXPECT_TRUE(insert(300).ok());
        EXPECT_EQ(number_from(first, "SELECT count(*) FROM t"), 1) << "one view for all of it";
        EXPECT_EQ(number_from(second, "SELECT count(*) FROM t"), 301);
        // What a reader still needs is not overwritten.
        EXPECT_TRUE(writer->execute("PRAGMA wal_checkpoint(PASSIVE)").ok());
        EXPECT_TRUE(insert(1).ok());
        EXPECT_EQ(number_from(first, "SELECT sum(length(b)) FROM t"), 900);
        return {};
    });
    EXPECT_TRUE(looked.ok());
    EXPECT_EQ(number_from(first, "SELECT count(*) FROM t"), 302);
    EXPECT_TRUE(writer->execute("PRAGMA wal_checkpoint(TRUNCATE)").ok());
    EXPECT_EQ(number_from(second, "SELECT count(*) FROM t"), 302);
    EXPECT_EQ(disk.find("a.db-wal").value()->bytes().size(), 0U);
}

TEST_F(DisksTest, ASecondWriterWaitsByTheTownsClockAndGivesUp) {
    make_table();
    auto other = opened(file);
    const auto held = writer->transaction([&]() -> Result<void, IoError> {
        const auto refused = other.execute("INSERT INTO t (b) VALUES (1)");
        EXPECT_EQ(refused.error().kind, Kind::Unavailable);
        EXPECT_THAT(refused.error().what, HasSubstr("locked"));
        return {};
    });
    ASSERT_TRUE(held.ok());
    EXPECT_GE(machine.slept, std::chrono::seconds(4));
    EXPECT_LE(machine.slept, std::chrono::seconds(6));
    EXPECT_TRUE(other.execute("INSERT INTO t (b) VALUES (1)").ok());
    EXPECT_EQ(count(), 1);
}

TEST_F(DisksTest, LocksHoldWithoutALogToo) {
    make_table();
    ASSERT_TRUE(insert(2).ok());
    EXPECT_EQ(text_from(*writer, "PRAGMA journal_mode = DELETE").value(), "delete");
    auto reader = Database::open(file, Access::ReadOnly).value();
    const auto read = reader.transaction([&]() -> Result<void, IoError> {
        EXPECT_EQ(number_from(reader, "SELECT count(*) FROM t"), 2);
        EXPECT_EQ(insert(1).error().kind, Kind::Unavailable) << "a reader keeps the writer out";
        return {};
    });
    ASSERT_TRUE(read.ok());
    ASSERT_TRUE(insert(1).ok());
    EXPECT_EQ(number_from(reader, "SELECT count(*) FROM t"), 3);
    const auto written = writer->transaction([&]() -> Result<void, IoError> {
        MADO_TRY(writer->execute("DELETE FROM t"));
        EXPECT_EQ(number_from(reader, "SELECT count(*) FROM t"), 3) << "not committed";
        return fail(IoError{Kind::Refused, "back"});
    });
    EXPECT_FALSE(written.ok());
    EXPECT_EQ(count(), 3);
}

TEST_F(DisksTest, AKillWithTwoConnectionsOpenLosesNothingAndLeavesNoLock) {
    make_table();
    auto other = opened(file);
    ASSERT_TRUE(insert(5).ok());
    const auto broken_off = other.transaction([&]() -> Result<void, IoError> {
        MADO_TRY(other.execute("INSERT INTO t (b) VALUES (zeroblob(2000))"));
        disk.kill();
        return other.execute("INSERT INTO t (b) VALUES (zeroblob(900))");
    });
    EXPECT_FALSE(broken_off.ok());
    EXPECT_FALSE(insert(1).ok()) << "its process is dead";

    // The dead ones are still there when the next process comes.
    auto next = opened(file);
    EXPECT_EQ(number_from(next, "SELECT count(*) FROM t"), 5);
    EXPECT_TRUE(next.execute("INSERT INTO t (b) VALUES (1)").ok());
    writer.reset();
    EXPECT_TRUE(next.execute("INSERT INTO t (b) VALUES (1)").ok());
    EXPECT_EQ(number_from(next, "SELECT count(*) FROM t"), 7);
    EXPECT_EQ(text_from(next, "PRAGMA integrity_check").value(), "ok");
}

TEST_F(DisksTest, AFullDiskIsFullAndHealsWhenThereIsRoom) {
    make_table();
    ASSERT_TRUE(insert(3).ok());
    disk.fill_up();
    const auto full = insert(50);
    ASSERT_FALSE(full.ok());
    EXPECT_EQ(full.error().kind, Kind::Full) << full.error().what;
    EXPECT_EQ(count(), 3);
    disk.set_room(std::nullopt);
    EXPECT_TRUE(insert(50).ok());
    EXPECT_EQ(count(), 53);
    EXPECT_EQ(text_from(*writer, "PRAGMA integrity_check").value(), "ok");
}

TEST_F(DisksTest, ADiskThatIsFullAtTheStartIsFull) {
    make_table();
    ASSERT_TRUE(insert(3).ok());
    writer.reset();
    disk.fill_up();
    const auto refused = Database::open(file, Access::ReadWrite);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().kind, Kind::Full) << refused.error().what;
    disk.set_room(std::nullopt);
    writer.emplace(opened(file));
    EXPECT_EQ(count(), 3);
}

TEST_F(DisksTest, AFailingDriveIsUnavailableAndKeepsWhatWasCommitted) {
    for (const DiskCall call : {DiskCall::Write, DiskCall::Sync}) {
        writer.reset();
        ASSERT_TRUE(disk.find("a.db").ok());
        disk.restore({});
        make_table();
        ASSERT_TRUE(insert(3).ok());
        disk.fail_next(call, 1);
        const auto failed = insert(5);
        ASSERT_FALSE(failed.ok());
        EXPECT_EQ(failed.error().kind, Kind::Unavailable) << failed.error().what;
        EXPECT_EQ(count(), 3);
        EXPECT_TRUE(insert(5).ok());
        EXPECT_EQ(count(), 8);
        disk.power_cut();
        writer.reset();
        EXPECT_EQ(integrity_of(file), "ok");
        writer.emplace(opened(file));
        EXPECT_EQ(count(), 8) << "the sync that failed took nothing of the next commit with it";
    }
}

TEST_F(DisksTest, AReadThatFailsIsNotTakenForDamage) {
    make_table();
    ASSERT_TRUE(insert(500).ok());
    writer.reset();
    writer.emplace(opened(file));
    disk.fail_next(DiskCall::Read, 1);
    auto select = writer->prepare("SELECT sum(length(b)) FROM t").value();
    const auto failed = select.step();
    ASSERT_FALSE(failed.ok());
    EXPECT_EQ(failed.error().kind, Kind::Unavailable) << failed.error().what;
    EXPECT_EQ(number_from(*writer, "SELECT sum(length(b)) FROM t"), 450'000);
}

// A process that dies while it commits leaves a commit in the log that nobody has synced.
TEST_F(DisksTest, WhatAStartHasReadSurvivesAPowerCut) {
    int left_unsynced = 0;
    for (int round = 0; round < 100; ++round) {
        writer.reset();
        disk.restore({});
        make_table();
        ASSERT_TRUE(insert(1).ok());
        disk.cut_after(3);  // the commit's sync
        ASSERT_FALSE(insert(1).ok());
        disk.kill();
        writer.reset();
        writer.emplace(opened(file));
        const auto read = count();
        left_unsynced += read == 2 ? 1 : 0;
        disk.power_cut();
        writer.reset();
        writer.emplace(opened(file));
        ASSERT_EQ(count(), read);
    }
    EXPECT_GT(left_unsynced, 40);
}

TEST_F(DisksTest, OtherFilesAreOnTheSameDisk) {
    DiskFiles& files = disk_files();
    const auto roster = machine.folder() / "roster-7" / "3";
    ASSERT_TRUE(files.make_folder(roster.parent_path()).ok());
    ASSERT_TRUE(files.write(roster, 0, "madog").ok());
    ASSERT_TRUE(files.write(roster, 4, "guchi").ok());
    ASSERT_TRUE(files.sync_file(roster).ok());
    ASSERT_TRUE(files.sync_folder(roster.parent_path()).ok());
    EXPECT_THAT(files.names_in(roster.parent_path()).value(), testing::ElementsAre("3"));
    disk.power_cut();
    EXPECT_EQ(files.size(roster).value(), 9);
    const auto bytes = files.map(roster, Reading::Scattered).value();
    disk.fill_up();
    EXPECT_EQ(files.write(roster, 9, "x").error().kind, Kind::Full);
    disk.fail_next(DiskCall::Sync, 1);
    EXPECT_EQ(files.sync_file(roster).error().kind, Kind::Unavailable);
    ASSERT_TRUE(files.remove(roster).ok());
    EXPECT_FALSE(files.exists(roster));
    EXPECT_EQ(std::string(bytes.all().begin(), bytes.all().end()), "madoguchi");
    EXPECT_FALSE(std::filesystem::exists("/sim"));
}

TEST_F(DisksTest, AnOldImageIsAnOldDatabaseAndAClone) {
    make_table();
    ASSERT_TRUE(insert(3).ok());
    const auto image = disk.image();
    ASSERT_TRUE(insert(4).ok());
    machine.disks.add("clone", 9).restore(disk.image());
    disk.restore(image);
    EXPECT_FALSE(insert(1).ok());
    writer.reset();

    writer.emplace(opened(file));
    EXPECT_EQ(count(), 3);
    auto clone = opened(Disks::folder("clone") / "a.db");
    EXPECT_EQ(number_from(clone, "SELECT count(*) FROM t"), 7);
    EXPECT_EQ(text_from(clone, "PRAGMA integrity_check").value(), "ok");
}

TEST_F(DisksTest, TimeAndChanceAreTheTowns) {
    writer.emplace(opened(file));
    machine.clock.set(Instant(std::chrono::seconds(1'625'443'200)));
    EXPECT_EQ(text_from(*writer, "SELECT datetime('now')").value(), "2021-07-05 00:00:00");
}

DiskImage a_day(std::uint64_t seed) {
    Machine machine(seed);
    auto database = opened(machine.file("a.db"));
    MADO_CHECK(database
                   .execute("PRAGMA wal_autocheckpoint = 10;"
                            "CREATE TABLE t (a INTEGER PRIMARY KEY, b BLOB)")
                   .ok());
    machine.disk.cut_after(200);
    while (database.execute("INSERT INTO t (b) VALUES (randomblob(700))").ok()) {
    }
    machine.disk.power_cut();
    return machine.disk.image();
}

TEST(DisksOfASeed, PlayTheSameAgainInOneProcess) {
    const auto first = a_day(5);
    EXPECT_EQ(first, a_day(5));
    EXPECT_NE(first, a_day(6));
}

TEST(DisksOfASeed, LeaveSqliteAsItWas) {
    const std::string before = sqlite3_vfs_find(nullptr)->zName;
    {
        const Machine machine(1);
        EXPECT_NE(sqlite3_vfs_find(nullptr)->zName, before);
    }
    EXPECT_EQ(sqlite3_vfs_find(nullptr)->zName, before);
}

}  // namespace
}  // namespace mado::tests

#include "tests/simulation/disk.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mado::tests {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr int kSeeds = 200;

class DiskTest : public testing::Test {
  protected:
    OpenFile open(std::string_view name) {
        return disk.open(name, Disk::Opening::MakeWhereMissing).value();
    }
    static Bytes bytes(std::size_t count, std::uint8_t value) { return Bytes(count, value); }
    std::string seen(std::string_view name) {
        const auto file = disk.find(name).value();
        return file ? std::string(file->bytes().begin(), file->bytes().end()) : "none";
    }
    DiskResult<void> write(const OpenFile& file, std::size_t offset, std::string_view text) {
        return disk.write(file, offset, Bytes(text.begin(), text.end()));
    }

    Disk disk{1};
};

TEST_F(DiskTest, ReadsWhatWasWrittenAndZerosInAHole) {
    const auto file = open("a");
    ASSERT_TRUE(write(file, 3, "xy").ok());
    EXPECT_EQ(seen("a"), std::string("\0\0\0xy", 5));
    Bytes into(10, 7);
    EXPECT_EQ(disk.read(file, 4, into).value(), 1U);
    EXPECT_EQ(into[0], 'y');
    EXPECT_EQ(disk.read(file, 9, into).value(), 0U);
    ASSERT_TRUE(disk.resize(file, 4).ok());
    EXPECT_EQ(disk.size(file).value(), 4U);
    EXPECT_EQ(disk.open("b", Disk::Opening::Existing).error(), DiskTrouble::Missing);
}

TEST_F(DiskTest, WhatWasSyncedWithItsFolderSurvivesEveryCut) {
    for (int seed = 1; seed <= kSeeds; ++seed) {
        disk = Disk(static_cast<std::uint64_t>(seed));
        const auto file = open("folder/a");
        ASSERT_TRUE(write(file, 0, "kept").ok());
        ASSERT_TRUE(disk.sync(file).ok());
        ASSERT_TRUE(disk.sync_folder("folder").ok());
        disk.power_cut();
        ASSERT_EQ(seen("folder/a"), "kept");
        ASSERT_EQ(disk.counts().cuts_that_lost, 0);
    }
}

TEST_F(DiskTest, AnUnsyncedWriteIsLostOrKeptByItself) {
    int first_alone = 0;
    int second_alone = 0;
    int both = 0;
    int none = 0;
    for (int seed = 1; seed <= kSeeds; ++seed) {
        disk = Disk(static_cast<std::uint64_t>(seed));
        const auto file = open("a");
        ASSERT_TRUE(write(file, 0, "....").ok());
        ASSERT_TRUE(disk.sync(file).ok());
        ASSERT_TRUE(disk.sync_folder("").ok());
        ASSERT_TRUE(write(file, 0, "1").ok());
        ASSERT_TRUE(write(file, 1, "2").ok());
        disk.power_cut();
        const auto left = seen("a");
        first_alone += left == "1..." ? 1 : 0;
        second_alone += left == ".2.." ? 1 : 0;
        both += left == "12.." ? 1 : 0;
        none += left == "...." ? 1 : 0;
        ASSERT_EQ(disk.counts().cuts_that_lost, left == "12.." ? 0 : 1) << left << seed;
    }
    EXPECT_GT(first_alone, 10);
    EXPECT_GT(second_alone, 10);
    EXPECT_GT(both, 10);
    EXPECT_GT(none, 10);
}

TEST_F(DiskTest, AWriteUnderWayIsTornAtSectors) {
    int beginnings = 0;
    int scattered = 0;
    int zeros = 0;
    for (int seed = 1; seed <= 5 * kSeeds; ++seed) {
        disk = Disk(static_cast<std::uint64_t>(seed));
        const auto file = open("a");
        ASSERT_TRUE(disk.write(file, 0, bytes(4096, 'o')).ok());
        ASSERT_TRUE(disk.sync(file).ok());
        ASSERT_TRUE(disk.sync_folder("").ok());
        ASSERT_TRUE(disk.write(file, 100, bytes(3000, 'n')).ok());
        disk.power_cut();
        const auto left = seen("a");
        ASSERT_EQ(left.substr(0, 100), std::string(100, 'o')) << "outside of the write";
        ASSERT_EQ(left.substr(3100), std::string(996, 'o')) << "outside of the write";
        std::string sectors;
        for (std::size_t at = 512; at < 3100; at += 512)
            sectors += left[at];
        for (std::size_t at = 512; at < 3072; ++at)
            ASSERT_EQ(left[at], sectors[at / 512 - 1]) << "a sector is whole";
        if (disk.counts().writes_torn == 0) continue;
        const bool ordered = sectors.find_first_not_of('n') == std::string::npos ||
                             sectors.find('n', sectors.find_first_not_of('n')) == std::string::npos;
        beginnings += ordered ? 1 : 0;
        scattered += ordered ? 0 : 1;
        zeros += left.find('\0') != std::string::npos ? 1 : 0;
    }
    EXPECT_GT(beginnings, 20);
    EXPECT_GT(scattered, 20);
    EXPECT_GT(zeros, 20);
}

TEST_F(DiskTest, ANameIsMadeOrRemovedForCertainOnlyWithItsFolder) {
    int made = 0;
    int removed = 0;
    for (int seed = 1; seed <= kSeeds; ++seed) {
        disk = Disk(static_cast<std::uint64_t>(seed));
        const auto old = open("old");
        ASSERT_TRUE(write(old, 0, "old").ok());
        ASSERT_TRUE(disk.sync(old).ok());
        ASSERT_TRUE(disk.sync_folder("").ok());
        const auto young = open("young");
        ASSERT_TRUE(write(young, 0, "young").ok());
        ASSERT_TRUE(disk.sync(young).ok());
        ASSERT_TRUE(disk.remove("old").ok());
        EXPECT_EQ(seen("old"), "none");
        ASSERT_TRUE(disk.sync_folder("elsewhere").ok());
        disk.power_cut();
        ASSERT_THAT(seen("young"), testing::AnyOf("young", "none"));
        ASSERT_THAT(seen("old"), testing::AnyOf("old", "none"));
        made += seen("young") == "young" ? 1 : 0;
        removed += seen("old") == "none" ? 1 : 0;
    }
    EXPECT_GT(made, kSeeds / 4);
    EXPECT_LT(made, kSeeds * 3 / 4);
    EXPECT_GT(removed, kSeeds / 4);
    EXPECT_LT(removed, kSeeds * 3 / 4);
}

TEST_F(DiskTest, AKilledProcessLeavesWhatItWroteAndItsFilesAreDead) {
    const auto file = open("a");
    ASSERT_TRUE(write(file, 0, "unsynced").ok());
    disk.kill();
    EXPECT_EQ(seen("a"), "unsynced");
    EXPECT_EQ(write(file, 0, "x").error(), DiskTrouble::Dead);
    EXPECT_EQ(disk.sync(file).error(), DiskTrouble::Dead);
    Bytes into(1);
    EXPECT_EQ(disk.read(file, 0, into).error(), DiskTrouble::Dead);
    EXPECT_TRUE(write(open("a"), 0, "x").ok());
}

TEST_F(DiskTest, IsDeadFromTheCrashPointOn) {
    const auto file = open("a");
    ASSERT_TRUE(disk.sync_folder("").ok());
    disk.cut_after(3);
    EXPECT_TRUE(write(file, 0, "1").ok());
    EXPECT_TRUE(disk.sync(file).ok());
    EXPECT_FALSE(disk.cut_off());
    EXPECT_EQ(write(file, 1, "2").error(), DiskTrouble::Dead);
    EXPECT_TRUE(disk.cut_off());
    EXPECT_EQ(disk.sync(file).error(), DiskTrouble::Dead);
    EXPECT_EQ(disk.size(file).error(), DiskTrouble::Dead);
    EXPECT_EQ(disk.open("a", Disk::Opening::Existing).error(), DiskTrouble::Dead);
    EXPECT_EQ(disk.find("a").error(), DiskTrouble::Dead);
    disk.power_cut();
    EXPECT_EQ(seen("a").front(), '1');
    EXPECT_TRUE(write(open("a"), 0, "x").ok());
}

TEST_F(DiskTest, AFullDiskTakesWhatHasRoomAndWritesInPlace) {
    const auto file = open("a");
    ASSERT_TRUE(write(file, 0, "1234").ok());
    disk.set_room(6);
    EXPECT_EQ(write(file, 3, "abcdef").error(), DiskTrouble::Full);
    EXPECT_EQ(seen("a"), "123abc");
    EXPECT_TRUE(write(file, 0, "9").ok());
    EXPECT_EQ(disk.resize(file, 7).error(), DiskTrouble::Full);
    EXPECT_EQ(disk.share_memory(1).error(), DiskTrouble::Full);
    EXPECT_EQ(write(open("b"), 0, "x").error(), DiskTrouble::Full);
    EXPECT_EQ(disk.counts().failed, 4);
    ASSERT_TRUE(disk.resize(file, 2).ok());
    EXPECT_TRUE(write(open("b"), 0, "x").ok());
    disk.fill_up();
    EXPECT_FALSE(write(open("b"), 1, "x").ok());
    disk.set_room(std::nullopt);
    EXPECT_TRUE(write(open("b"), 1, "x").ok());
}

TEST_F(DiskTest, FailsAsItIsTold) {
    const auto file = open("a");
    disk.fail_next(DiskCall::Write, 2);
    EXPECT_EQ(write(file, 0, "x").error(), DiskTrouble::Failing);
    EXPECT_FALSE(disk.resize(file, 2).ok());
    EXPECT_TRUE(write(file, 0, "x").ok());
    disk.fail_share(DiskCall::Read, 50);
    int failed = 0;
    Bytes into(1);
    for (int i = 0; i < 100; ++i)
        failed += disk.read(file, 0, into).ok() ? 0 : 1;
    EXPECT_GT(failed, 20);
    EXPECT_LT(failed, 80);
    disk.heal();
    EXPECT_TRUE(disk.read(file, 0, into).ok());
}

TEST_F(DiskTest, AFailedSyncMayForgetForGood) {
    int forgotten = 0;
    for (int seed = 1; seed <= kSeeds; ++seed) {
        disk = Disk(static_cast<std::uint64_t>(seed));
        const auto file = open("a");
        ASSERT_TRUE(disk.sync_folder("").ok());
        ASSERT_TRUE(write(file, 0, "x").ok());
        disk.fail_next(DiskCall::Sync, 1);
        EXPECT_FALSE(disk.sync(file).ok());
        EXPECT_TRUE(disk.sync(file).ok());
        EXPECT_EQ(seen("a"), "x");
        disk.power_cut();
        forgotten += seen("a").empty() ? 1 : 0;
    }
    EXPECT_GT(forgotten, kSeeds / 4);
    EXPECT_LT(forgotten, kSeeds * 3 / 4);
}

TEST_F(DiskTest, AnImageIsAnOldDiskAndAClone) {
    ASSERT_TRUE(write(open("folder/a"), 0, "old").ok());
    const auto image = disk.image();
    const auto file = open("folder/a");
    ASSERT_TRUE(write(file, 0, "new").ok());
    ASSERT_TRUE(write(open("b"), 0, "b").ok());

    Disk clone(2);
    clone.restore(disk.image());
    disk.restore(image);
    EXPECT_EQ(seen("folder/a"), "old");
    EXPECT_EQ(seen("b"), "none");
    EXPECT_EQ(write(file, 0, "x").error(), DiskTrouble::Dead);
    disk.power_cut();
    EXPECT_EQ(seen("folder/a"), "old") << "what lay on the table is durable";
    EXPECT_EQ(clone.find("folder/a").value()->bytes(), (Bytes{'n', 'e', 'w'}));
}

TEST_F(DiskTest, ListsAFolderAndCountsItsBytes) {
    ASSERT_TRUE(write(open("f/a"), 0, "12").ok());
    ASSERT_TRUE(write(open("f/g/b"), 0, "345").ok());
    ASSERT_TRUE(write(open("c"), 0, "6").ok());
    EXPECT_THAT(disk.names_in("f").value(), ElementsAre("f/a"));
    EXPECT_THAT(disk.names_in("").value(), ElementsAre("c"));
    EXPECT_THAT(disk.names_in("h").value(), IsEmpty());
    EXPECT_EQ(disk.bytes_held(), 6);
    ASSERT_TRUE(disk.remove("f/g/b").ok());
    EXPECT_EQ(disk.remove("f/g/b").error(), DiskTrouble::Missing);
    EXPECT_EQ(disk.bytes_held(), 3);
}

TEST_F(DiskTest, TheSameSeedAndCallsEndTheSame) {
    const auto live = [](std::uint64_t seed) {
        Disk one(seed);
        const auto file = one.open("a", Disk::Opening::MakeWhereMissing).value();
        Dice dice(7);
        for (int i = 0; i < 200; ++i) {
            Bytes block(static_cast<std::size_t>(dice.between(1, 5000)));
            dice.fill(block);
            (void)one.write(file, static_cast<std::size_t>(dice.below(100'000)), block);
            if (dice.percent(10)) (void)one.sync(file);
        }
        (void)one.sync_folder("");
        one.power_cut();
        return one.image();
    };
    EXPECT_EQ(live(1), live(1));
    EXPECT_NE(live(1), live(3));
}

}  // namespace
}  // namespace mado::tests

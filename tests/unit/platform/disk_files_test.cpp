#include "shared/platform/disk_files.h"

#include "tests/support/scratch_folder.h"

#include <fstream>

#include <gmock/gmock.h>
#include <sys/stat.h>

namespace mado {
namespace {

using Kind = IoError::Kind;
using testing::UnorderedElementsAre;

class DiskFilesTest : public testing::Test {
  protected:
    std::string mapped(const std::filesystem::path& file) {
        const auto bytes = files.map(file, Reading::Through).value();
        return {bytes.all().begin(), bytes.all().end()};
    }

    tests::ScratchFolder folder;
    DiskFiles& files = disk_files();
};

TEST_F(DiskFilesTest, WritesPieceByPieceAndMapsTheWhole) {
    const auto file = folder / "a";
    EXPECT_EQ(files.size(file).value(), 0);
    EXPECT_FALSE(files.exists(file));
    ASSERT_TRUE(files.write(file, 0, "madog").ok());
    ASSERT_TRUE(files.write(file, 4, "guchi").ok());
    EXPECT_EQ(files.size(file).value(), 9);
    EXPECT_TRUE(files.sync_file(file).ok());
    EXPECT_TRUE(files.sync_folder(folder.path()).ok());
    EXPECT_EQ(mapped(file), "madoguchi");
}

TEST_F(DiskFilesTest, MakesFilesForTheirOwnerAloneAndLeavesThoseThatAreThere) {
    const auto file = folder / "a";
    ASSERT_TRUE(files.make_file(file).ok());
    struct stat status {};
    ASSERT_EQ(::stat(file.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
    ASSERT_TRUE(files.write(file, 0, "x").ok());
    ASSERT_TRUE(files.make_file(file).ok());
    EXPECT_EQ(mapped(file), "x");
}

TEST_F(DiskFilesTest, WhatIsMappedStaysWhenTheFileIsRemoved) {
    const auto file = folder / "a";
    ASSERT_TRUE(files.write(file, 0, "kept").ok());
    const auto bytes = files.map(file, Reading::Scattered).value();
    ASSERT_TRUE(files.remove(file).ok());
    EXPECT_FALSE(files.exists(file));
    EXPECT_TRUE(files.remove(file).ok());
    EXPECT_EQ(std::string(bytes.all().begin(), bytes.all().end()), "kept");
}

TEST_F(DiskFilesTest, MakesFoldersWithThoseAboveAndListsThem) {
    const auto deep = folder / "b" / "c";
    ASSERT_TRUE(files.make_folder(deep).ok());
    ASSERT_TRUE(files.make_folder(deep).ok());
    ASSERT_TRUE(files.make_file(deep / "1").ok());
    ASSERT_TRUE(files.make_file(deep / "2").ok());
    EXPECT_THAT(files.names_in(deep).value(), UnorderedElementsAre("1", "2"));
}

TEST_F(DiskFilesTest, WhatIsNotThereOrNoFileIsRefused) {
    EXPECT_EQ(files.map(folder / "none", Reading::Through).error().kind, Kind::Refused);
    EXPECT_EQ(files.map(folder.path(), Reading::Through).error().kind, Kind::Refused);
    ASSERT_TRUE(files.make_file(folder / "empty").ok());
    EXPECT_EQ(files.map(folder / "empty", Reading::Through).error().kind, Kind::Refused);
    EXPECT_EQ(files.names_in(folder / "none").error().kind, Kind::Refused);
    EXPECT_EQ(files.sync_folder(folder / "none").error().kind, Kind::Refused);
    EXPECT_EQ(files.write(folder / "none" / "a", 0, "x").error().kind, Kind::Refused);
}

}  // namespace
}  // namespace mado

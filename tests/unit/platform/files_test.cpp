#include "shared/platform/files.h"

#include "tests/support/scratch_folder.h"

#include <cstdlib>
#include <fstream>

#include <gtest/gtest.h>
#include <sys/stat.h>

namespace mado {
namespace {

using Kind = IoError::Kind;
using tests::ScratchFolder;

unsigned rights_of(const std::filesystem::path& file) {
    struct stat found {};
    EXPECT_EQ(::stat(file.c_str(), &found), 0);
    return found.st_mode & 0777u;
}

std::ptrdiff_t files_in(const std::filesystem::path& folder) {
    return std::distance(std::filesystem::directory_iterator(folder), {});
}

TEST(Files, WhatIsWrittenIsReadAgain) {
    ScratchFolder folder;
    const std::string content("a\0b\n窓口", 10);
    ASSERT_TRUE(write_file(folder / "a", content, Visibility::Everybody).ok());
    EXPECT_EQ(read_file(folder / "a", content.size()).value(), content);
    ASSERT_TRUE(write_file(folder / "a", "", Visibility::Everybody).ok());
    EXPECT_EQ(read_file(folder / "a", 0).value(), "");
    EXPECT_EQ(files_in(folder.path()), 1);
}

TEST(Files, AFileForTheOwnerIsForTheOwnerAloneAlsoWhenItWasNot) {
    ScratchFolder folder;
    ASSERT_TRUE(write_file(folder / "a", "1", Visibility::Everybody).ok());
    EXPECT_EQ(rights_of(folder / "a"), 0644u);
    ASSERT_TRUE(write_file(folder / "a", "2", Visibility::OwnerOnly).ok());
    EXPECT_EQ(rights_of(folder / "a"), 0600u);
}

TEST(Files, WritingReplacesTheFileAndNeverItsContent) {
    ScratchFolder folder;
    ASSERT_TRUE(write_file(folder / "a", "old", Visibility::Everybody).ok());
    std::filesystem::create_hard_link(folder / "a", folder / "witness");
    ASSERT_TRUE(write_file(folder / "a", "new", Visibility::Everybody).ok());
    EXPECT_EQ(read_file(folder / "witness", 10).value(), "old");
    EXPECT_EQ(read_file(folder / "a", 10).value(), "new");
}

TEST(Files, AFailedWriteLeavesTheOldFileAndNothingBeside) {
    ScratchFolder folder;
    std::filesystem::create_directories(folder / "a/inside");
    const auto written = write_file(folder / "a", "new", Visibility::Everybody);
    ASSERT_FALSE(written.ok());
    EXPECT_EQ(written.error().kind, Kind::Refused);
    EXPECT_EQ(files_in(folder.path()), 1);
    EXPECT_EQ(write_file(folder / "none/a", "x", Visibility::Everybody).error().kind,
              Kind::Refused);
}

TEST(Files, ReadingIsBounded) {
    ScratchFolder folder;
    std::ofstream(folder / "a") << std::string(1000, 'x');
    EXPECT_EQ(read_file(folder / "a", 1000)->size(), 1000u);
    EXPECT_EQ(read_file(folder / "a", 999).error().kind, Kind::Full);
    EXPECT_EQ(read_file("/dev/zero", 1 << 20).error().kind, Kind::Full);
}

TEST(Files, SaysWhatCannotBeRead) {
    ScratchFolder folder;
    EXPECT_EQ(read_file(folder / "none", 10).error().kind, Kind::Refused);
    EXPECT_EQ(read_file(folder.path(), 10).error().kind, Kind::Refused);
}

class Secrets : public testing::Test {
  protected:
    ~Secrets() override { ::unsetenv("CREDENTIALS_DIRECTORY"); }

    ScratchFolder credentials;
    ScratchFolder fallback;
};

TEST_F(Secrets, ComeFromTheServicesCredentialsFirst) {
    std::ofstream(credentials / "key") << "sealed";
    std::ofstream(fallback / "key") << "demo";
    std::ofstream(fallback / "other") << "demo only";
    ::setenv("CREDENTIALS_DIRECTORY", credentials.path().c_str(), 1);

    const auto key = read_secret("key", fallback.path());
    ASSERT_TRUE(key.ok());
    EXPECT_EQ(key->content, "sealed");
    EXPECT_FALSE(key->from_fallback);

    const auto other = read_secret("other", fallback.path());
    ASSERT_TRUE(other.ok());
    EXPECT_EQ(other->content, "demo only");
    EXPECT_TRUE(other->from_fallback);
}

TEST_F(Secrets, ComeFromTheFallbackWithoutAServiceManager) {
    std::ofstream(fallback / "key") << "demo";
    const auto key = read_secret("key", fallback.path());
    ASSERT_TRUE(key.ok());
    EXPECT_TRUE(key->from_fallback);
    EXPECT_EQ(read_secret("none", fallback.path()).error().kind, Kind::Refused);
}

TEST_F(Secrets, AreNamesAndNotPaths) {
    for (const char* name : {"", ".", "..", "../key", "/etc/passwd"}) {
        EXPECT_EQ(read_secret(name, "/").error().kind, Kind::Refused) << name;
    }
}

}  // namespace
}  // namespace mado

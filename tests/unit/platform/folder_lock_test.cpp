#include "shared/platform/folder_lock.h"

#include "tests/support/scratch_folder.h"

#include <gtest/gtest.h>

namespace mado {
namespace {

using tests::ScratchFolder;

TEST(FolderLock, LetsOneProgramIn) {
    const ScratchFolder folder;
    {
        const auto first = FolderLock::take(folder.path(), "kiosk");
        ASSERT_TRUE(first.ok());
        const auto second = FolderLock::take(folder.path(), "kiosk");
        ASSERT_FALSE(second.ok());
        EXPECT_EQ(second.error().kind, IoError::Kind::Unavailable);
        EXPECT_TRUE(FolderLock::take(folder.path(), "server").ok());
    }
    EXPECT_TRUE(FolderLock::take(folder.path(), "kiosk").ok());
}

TEST(FolderLock, SaysWhetherItIsHeldAndLeavesNoTrace) {
    const ScratchFolder folder;
    EXPECT_FALSE(FolderLock::is_held(folder.path(), "kiosk"));
    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
    {
        const auto lock = FolderLock::take(folder.path(), "kiosk");
        ASSERT_TRUE(lock.ok());
        EXPECT_TRUE(FolderLock::is_held(folder.path(), "kiosk"));
        EXPECT_FALSE(FolderLock::is_held(folder.path(), "server"));
    }
    EXPECT_FALSE(FolderLock::is_held(folder.path(), "kiosk"));
    EXPECT_FALSE(FolderLock::is_held(folder / "nowhere", "kiosk"));
}

}  // namespace
}  // namespace mado

#include "shared/platform/folder_lock.h"

#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace mado {

Result<FolderLock, IoError> FolderLock::take(const std::filesystem::path& folder,
                                             const std::string& program) {
    const auto lock = folder / (program + ".lock");
    const int file = ::open(lock.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
    if (file < 0) {
        return fail(IoError{IoError::Kind::Refused,
                            folder.string() + " is not there or cannot be written"});
    }
    if (flock(file, LOCK_EX | LOCK_NB) != 0) {
        ::close(file);
        return fail(IoError{IoError::Kind::Unavailable,
                            "another " + program + " runs on " + folder.string()});
    }
    return FolderLock(file);
}

FolderLock::FolderLock(FolderLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}

FolderLock::~FolderLock() {
    if (file_ >= 0) ::close(file_);
}

}  // namespace mado

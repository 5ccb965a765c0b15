#include "shared/platform/folder_lock.h"

#include "shared/platform/posix_file.h"

#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace mado {

namespace {

std::filesystem::path lock_file(const std::filesystem::path& folder, const std::string& program) {
    return folder / (program + ".lock");
}

}  // namespace

Result<FolderLock, IoError> FolderLock::take(const std::filesystem::path& folder,
                                             const std::string& program) {
    const auto lock = lock_file(folder, program);
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

bool FolderLock::is_held(const std::filesystem::path& folder, const std::string& program) {
    const posix::Descriptor file(lock_file(folder, program), O_RDONLY);
    return file.open() && flock(file.number(), LOCK_SH | LOCK_NB) != 0;
}

FolderLock::FolderLock(FolderLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}

FolderLock::~FolderLock() {
    if (file_ >= 0) ::close(file_);
}

}  // namespace mado

#include "shared/platform/posix_file.h"

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

namespace mado::posix {

Descriptor::Descriptor(const std::filesystem::path& file, int flags)
    : number_(::open(file.c_str(), flags | O_CLOEXEC, 0600)) {}

Descriptor::~Descriptor() {
    if (number_ >= 0) ::close(number_);
}

IoError error_of(int code, const std::filesystem::path& file) {
    const auto kind = [&] {
        switch (code) {
            case ENOSPC:
            case EDQUOT:
            case EFBIG:
                return IoError::Kind::Full;
            case ENOENT:
            case ENOTDIR:
            case EISDIR:
            case EACCES:
            case EPERM:
            case EROFS:
            case ELOOP:
            case ENAMETOOLONG:
            case EINVAL:
                return IoError::Kind::Refused;
            default:
                return IoError::Kind::Unavailable;
        }
    }();
    return {kind, file.string() + ": " + std::generic_category().message(code)};
}

}  // namespace mado::posix

#include "shared/platform/files.h"

#include "shared/platform/posix_file.h"

#include <cerrno>
#include <cstdlib>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace mado {

using posix::Descriptor;
using posix::error_of;

namespace {

constexpr std::size_t kSecretBytesMax = 64u << 10;

std::filesystem::path folder_of(const std::filesystem::path& file) {
    return file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
}

// 0, or what went wrong.
int write_all(int descriptor, std::string_view content) {
    while (!content.empty()) {
        const auto written = ::write(descriptor, content.data(), content.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return errno;
        content.remove_prefix(static_cast<std::size_t>(written));
    }
    return 0;
}

int write_and_sync(int descriptor, std::string_view content, Visibility visibility) {
    if (visibility != Visibility::AsTheDiskKeepsIt) {
        const mode_t mode = visibility == Visibility::OwnerOnly ? 0600 : 0644;
        if (::fchmod(descriptor, mode) != 0) return errno;
    }
    if (const int code = write_all(descriptor, content); code != 0) return code;
    if (::fsync(descriptor) != 0) return errno;
    return 0;
}

int sync_folder(const std::filesystem::path& folder) {
    const Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!opened.open() || ::fsync(opened.number()) != 0) return errno;
    return 0;
}

}  // namespace

Result<std::string, IoError> read_file(const std::filesystem::path& file, std::size_t bytes_max) {
    const Descriptor opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    if (!opened.open()) return fail(error_of(errno, file));

    std::string content;
    char part[64u << 10];
    for (;;) {
        const auto got = ::read(opened.number(), part, sizeof part);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return fail(error_of(errno, file));
        if (got == 0) return content;
        if (static_cast<std::size_t>(got) > bytes_max - content.size()) {
            return fail(IoError{IoError::Kind::Full, file.string() + ": larger than " +
                                                         std::to_string(bytes_max) + " bytes"});
        }
        content.append(part, static_cast<std::size_t>(got));
    }
}

Result<void, IoError> write_file(const std::filesystem::path& file, std::string_view content,
                                 Visibility visibility) {
    std::string beside = (folder_of(file) / ("." + file.filename().string() + ".XXXXXX")).string();
    int code = 0;
    {
        const Descriptor made(::mkostemp(beside.data(), O_CLOEXEC));
        if (!made.open()) return fail(error_of(errno, file));
        code = write_and_sync(made.number(), content, visibility);
    }
    if (code == 0 && ::rename(beside.c_str(), file.c_str()) != 0) code = errno;
    if (code != 0) {
        ::unlink(beside.c_str());
        return fail(error_of(code, file));
    }
    code = sync_folder(folder_of(file));
    if (code != 0) return fail(error_of(code, file));
    return {};
}

Result<Secret, IoError> read_secret(const std::string& name,
                                    const std::filesystem::path& fallback) {
    if (name.empty() || name.front() == '.' || name.find('/') != std::string::npos) {
        return fail(IoError{IoError::Kind::Refused, "not the name of a secret"});
    }
    // Nobody in this program changes the environment. NOLINTNEXTLINE(concurrency-mt-unsafe)
    const char* const folder = std::getenv("CREDENTIALS_DIRECTORY");
    if (folder != nullptr && *folder != '\0') {
        const auto file = std::filesystem::path(folder) / name;
        std::error_code ignored;
        if (std::filesystem::exists(file, ignored)) {
            auto content = MADO_TRY(read_file(file, kSecretBytesMax));
            return Secret{std::move(content), false};
        }
    }
    auto content = MADO_TRY(read_file(fallback / name, kSecretBytesMax));
    return Secret{std::move(content), true};
}

}  // namespace mado

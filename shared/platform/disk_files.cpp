#include "shared/platform/disk_files.h"

#include "shared/platform/posix_file.h"

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace mado {

namespace {

using posix::Descriptor;
using posix::error_of;
using std::filesystem::path;

Result<void, IoError> sync_opened(const path& file, int flags) {
    const Descriptor opened(file, flags);
    if (!opened.open() || ::fsync(opened.number()) != 0) return fail(error_of(errno, file));
    return {};
}

class LinuxFiles final : public DiskFiles {
  public:
    Result<void, IoError> make_folder(const path& folder) override {
        std::error_code error;
        std::filesystem::create_directories(folder, error);
        if (error) return fail(error_of(error.value(), folder));
        return {};
    }

    Result<void, IoError> make_file(const path& file) override {
        const Descriptor made(file, O_CREAT | O_RDWR);
        if (!made.open()) return fail(error_of(errno, file));
        return {};
    }

    bool exists(const path& file) override {
        std::error_code ignored;
        return std::filesystem::exists(file, ignored);
    }

    Result<std::int64_t, IoError> size(const path& file) override {
        struct stat status {};
        if (::stat(file.c_str(), &status) == 0) return std::int64_t{status.st_size};
        if (errno == ENOENT) return std::int64_t{0};
        return fail(error_of(errno, file));
    }

    Result<void, IoError> write(const path& file, std::int64_t offset,
                                std::string_view bytes) override {
        const Descriptor opened(file, O_WRONLY | O_CREAT);
        if (!opened.open()) return fail(error_of(errno, file));
        while (!bytes.empty()) {
            const auto written = ::pwrite(opened.number(), bytes.data(), bytes.size(), offset);
            if (written < 0 && errno == EINTR) continue;
            if (written < 0) return fail(error_of(errno, file));
            bytes.remove_prefix(static_cast<std::size_t>(written));
            offset += written;
        }
        return {};
    }

    Result<void, IoError> sync_file(const path& file) override { return sync_opened(file, O_RDWR); }

    Result<void, IoError> sync_folder(const path& folder) override {
        return sync_opened(folder.empty() ? "." : folder, O_RDONLY | O_DIRECTORY);
    }

    Result<std::vector<std::string>, IoError> names_in(const path& folder) override {
        std::vector<std::string> names;
        std::error_code error;
        std::filesystem::directory_iterator entry(folder, error);
        for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error))
            names.push_back(entry->path().filename().string());
        if (error) return fail(error_of(error.value(), folder));
        return names;
    }

    Result<void, IoError> remove(const path& file) override {
        std::error_code error;
        std::filesystem::remove(file, error);
        if (error) return fail(error_of(error.value(), file));
        return {};
    }

    Result<FileBytes, IoError> map(const path& file, Reading reading) override {
        const Descriptor opened(file, O_RDONLY);
        struct stat status {};
        if (!opened.open() || ::fstat(opened.number(), &status) != 0)
            return fail(error_of(errno, file));
        const auto count = static_cast<std::size_t>(status.st_size);
        if (!S_ISREG(status.st_mode) || count == 0)
            return fail(IoError{IoError::Kind::Refused, file.string() + ": no file with bytes"});
        void* const mapped = ::mmap(nullptr, count, PROT_READ, MAP_PRIVATE, opened.number(), 0);
        if (mapped == MAP_FAILED) return fail(error_of(errno, file));
        // Reading ahead would bring in what nobody asked for.
        ::madvise(mapped, count, reading == Reading::Scattered ? MADV_RANDOM : MADV_SEQUENTIAL);
        const auto unmap = [count](const std::uint8_t* bytes) {
            ::munmap(const_cast<std::uint8_t*>(bytes), count);
        };
        return FileBytes{
            std::shared_ptr<const std::uint8_t[]>(static_cast<const std::uint8_t*>(mapped), unmap),
            count};
    }
};

LinuxFiles linux_files;
DiskFiles* files_in_use = &linux_files;

}  // namespace

DiskFiles& disk_files() {
    return *files_in_use;
}

void use_disk_files(DiskFiles* files) {
    files_in_use = files != nullptr ? files : &linux_files;
}

}  // namespace mado

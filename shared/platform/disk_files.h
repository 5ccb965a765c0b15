#pragma once

// What devices and server ask of a disk beside what SQLite asks of it: folders, and files that are
// written piece by piece and from then on only read.
//
// SQLite reaches the disk by its default VFS. This is the same for the other files, so that both
// can be taken to a simulated disk together.

#include "shared/base/io_error.h"
#include "shared/base/result.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mado {

// A file's bytes in memory for as long as anybody holds them.
struct FileBytes {
    std::shared_ptr<const std::uint8_t[]> first;
    std::size_t count = 0;

    std::span<const std::uint8_t> all() const { return {first.get(), count}; }
};

// How the bytes of a file will be read: from end to end, or here and there.
enum class Reading { Through, Scattered };

class DiskFiles {
  public:
    virtual ~DiskFiles() = default;

    // With those above it.
    virtual Result<void, IoError> make_folder(const std::filesystem::path& folder) = 0;
    // Empty, for its owner alone; changes nothing where there is one.
    virtual Result<void, IoError> make_file(const std::filesystem::path& file) = 0;
    virtual bool exists(const std::filesystem::path& file) = 0;
    // 0 where there is no such file.
    virtual Result<std::int64_t, IoError> size(const std::filesystem::path& file) = 0;
    // Makes the file where there is none. After an error any part may be written.
    virtual Result<void, IoError> write(const std::filesystem::path& file, std::int64_t offset,
                                        std::string_view bytes) = 0;
    virtual Result<void, IoError> sync_file(const std::filesystem::path& file) = 0;
    // Which files it has: one that was made has its name for certain only after this.
    virtual Result<void, IoError> sync_folder(const std::filesystem::path& folder) = 0;
    // Without their folder.
    virtual Result<std::vector<std::string>, IoError> names_in(
        const std::filesystem::path& folder) = 0;
    virtual Result<void, IoError> remove(const std::filesystem::path& file) = 0;
    // The file must not be written while they are held, only removed. Refused where it is empty.
    virtual Result<FileBytes, IoError> map(const std::filesystem::path& file, Reading reading) = 0;
};

// Linux's, until told otherwise.
DiskFiles& disk_files();
// A simulation's own, which outlive their use; nullptr is Linux's again. Before any other thread.
void use_disk_files(DiskFiles* files);

}  // namespace mado

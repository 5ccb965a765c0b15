#pragma once

// The simulated disks for what programs keep beside SQLite. Paths elsewhere are the real disk's.

#include "shared/platform/disk_files.h"
#include "tests/simulation/disk_places.h"

namespace mado::tests {

class SimulatedFiles final : public DiskFiles {
  public:
    // Both outlive it.
    SimulatedFiles(DiskPlaces& places, DiskFiles& elsewhere)
        : places_(places), elsewhere_(elsewhere) {}

    Result<void, IoError> make_folder(const std::filesystem::path& folder) override;
    Result<void, IoError> make_file(const std::filesystem::path& file) override;
    bool exists(const std::filesystem::path& file) override;
    Result<std::int64_t, IoError> size(const std::filesystem::path& file) override;
    Result<void, IoError> write(const std::filesystem::path& file, std::int64_t offset,
                                std::string_view bytes) override;
    Result<void, IoError> sync_file(const std::filesystem::path& file) override;
    Result<void, IoError> sync_folder(const std::filesystem::path& folder) override;
    Result<std::vector<std::string>, IoError> names_in(
        const std::filesystem::path& folder) override;
    Result<void, IoError> remove(const std::filesystem::path& file) override;
    Result<FileBytes, IoError> map(const std::filesystem::path& file, Reading reading) override;

  private:
    DiskPlaces& places_;
    DiskFiles& elsewhere_;
};

}  // namespace mado::tests

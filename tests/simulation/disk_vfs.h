#pragma once

// The simulated disks as a VFS of SQLite, the process's default from begin to end of its life.

#include "tests/simulation/disk_places.h"
#include "tests/simulation/disks.h"

#include <memory>

namespace mado::tests {

class DiskVfs {
  public:
    // Both outlive it.
    DiskVfs(DiskPlaces& places, DiskWorld& world);
    DiskVfs(const DiskVfs&) = delete;
    DiskVfs& operator=(const DiskVfs&) = delete;
    ~DiskVfs();

    struct State;

  private:
    std::unique_ptr<State> state_;
};

}  // namespace mado::tests

#pragma once

// The simulated disks of a town, in the place of Linux's: the product's own code runs on them
// unchanged, since while a Disks stands it is SQLite's default VFS and the platform's DiskFiles.
//
// "/sim/NAME/…" is on the disk of that name, which must have been added. What lies elsewhere is on
// the real disk, but for SQLite's temporary files, which no disk has. Several connections to one
// file, in WAL mode too, see each other's locks and shared memory as those of several processes
// would. Time, sleep and chance of SQLite are the town's, so that the same seed plays the same run
// in one process after another. One thread; one Disks at a time; every connection to it is closed
// before it goes.

#include "shared/ports/chance.h"
#include "shared/ports/clock.h"
#include "tests/simulation/disk.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace mado::tests {

// What SQLite learns of the world, all of it outlives the Disks.
struct DiskWorld {
    Chance& chance;
    Clock& clock;
    std::function<void(Milliseconds)> sleep;  // while another connection holds a lock
};

class Disks {
  public:
    explicit Disks(DiskWorld world);
    Disks(const Disks&) = delete;
    Disks& operator=(const Disks&) = delete;
    ~Disks();

    // Empty. The name is new, and has no slash.
    Disk& add(const std::string& name, std::uint64_t seed);
    Disk& disk(const std::string& name);
    // Where programs find it.
    static std::filesystem::path folder(const std::string& name);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace mado::tests

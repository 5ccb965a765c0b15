#include "tests/simulation/disks.h"

#include "tests/simulation/disk_places.h"
#include "tests/simulation/disk_vfs.h"
#include "tests/simulation/simulated_files.h"

namespace mado::tests {

struct Disks::State {
    explicit State(DiskWorld given) : world(std::move(given)) {}

    DiskWorld world;
    DiskPlaces places;
    DiskVfs vfs{places, world};
    SimulatedFiles files{places, disk_files()};
};

Disks::Disks(DiskWorld world) : state_(std::make_unique<State>(std::move(world))) {
    use_disk_files(&state_->files);
}

Disks::~Disks() {
    use_disk_files(nullptr);
}

Disk& Disks::add(const std::string& name, std::uint64_t seed) {
    return state_->places.add(name, seed);
}

Disk& Disks::disk(const std::string& name) {
    return state_->places.disk(name);
}

std::filesystem::path Disks::folder(const std::string& name) {
    return std::filesystem::path(kDisksRoot) / name;
}

}  // namespace mado::tests

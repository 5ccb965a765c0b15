#include "tests/simulation/disk_places.h"

namespace mado::tests {

Disk& DiskPlaces::add(const std::string& name, std::uint64_t seed) {
    MADO_CHECK(!name.empty() && name.find('/') == std::string::npos);
    const auto [added, is_new] = disks_.emplace(name, std::make_unique<Disk>(seed));
    MADO_CHECK(is_new);
    return *added->second;
}

Disk& DiskPlaces::disk(const std::string& name) {
    const auto found = disks_.find(name);
    MADO_CHECK(found != disks_.end());
    return *found->second;
}

std::optional<PlaceOnDisk> DiskPlaces::place_of(std::string_view path) {
    if (!path.starts_with(kDisksRoot)) return std::nullopt;
    path.remove_prefix(kDisksRoot.size());
    const auto slash = path.find('/');
    const auto found = disks_.find(path.substr(0, slash));
    MADO_CHECK(found != disks_.end());
    path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
    return PlaceOnDisk{found->second.get(), std::string(path)};
}

}  // namespace mado::tests

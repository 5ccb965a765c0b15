#pragma once

// Which simulated disk a path is on, for the two ways by which programs get there.

#include "tests/simulation/disk.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace mado::tests {

constexpr std::string_view kDisksRoot = "/sim/";

struct PlaceOnDisk {
    Disk* disk = nullptr;
    std::string name;  // within the disk; empty for its top folder
};

class DiskPlaces {
  public:
    Disk& add(const std::string& name, std::uint64_t seed);
    Disk& disk(const std::string& name);
    // No value where the path is not below kDisksRoot. A disk of another name ends the program.
    std::optional<PlaceOnDisk> place_of(std::string_view path);

  private:
    std::map<std::string, std::unique_ptr<Disk>, std::less<>> disks_;
};

}  // namespace mado::tests

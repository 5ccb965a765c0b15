#pragma once

// One simulated machine: a disk, a clock and chance, and what its tests ask of a database on it.

#include "shared/platform/sqlite.h"
#include "tests/simulation/disks.h"
#include "tests/support/builders.h"
#include "tests/support/dice.h"
#include "tests/support/fake_clock.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace mado::tests {

struct Machine {
    explicit Machine(std::uint64_t seed);

    std::filesystem::path folder() const { return Disks::folder("machine"); }
    std::filesystem::path file(const std::string& name) const { return folder() / name; }

    Dice dice;
    FakeClock clock{tests::now()};
    Milliseconds slept{0};
    Disks disks;
    Disk& disk;
};

sqlite::Database opened(const std::filesystem::path& file);
// Of the first column of the first row.
Result<std::string, IoError> text_from(sqlite::Database& database, std::string_view sql);
std::int64_t number_from(sqlite::Database& database, std::string_view sql);
// "ok", or what PRAGMA integrity_check finds broken, or why it cannot be asked.
std::string integrity_of(const std::filesystem::path& file);

}  // namespace mado::tests

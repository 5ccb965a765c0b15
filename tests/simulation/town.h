#pragma once

// A whole town on one clock and one seed: a server, kiosks, people who come, staff and other
// channels who change things at the same time, and everything that can go wrong.
//
// First the faults are on, and after every step the books must hold (safety). Then they end, and
// everything must come to rest within a bounded time (liveness). In between the town may go without
// a network for days, with everything else as it was.

#include "tests/simulation/books.h"
#include "tests/simulation/disks.h"
#include "tests/simulation/kiosk_machine.h"
#include "tests/simulation/server_machine.h"
#include "tests/simulation/timeline.h"
#include "tests/support/dice.h"
#include "tests/support/scratch_folder.h"

#include <array>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace mado::simulation {

// What goes wrong, each of which can be left out when a failure is looked into.
enum class Trouble {
    Weather,
    KioskDeaths,
    ServerDeaths,
    Restores,
    Disks,
    OldDisks,
    Clocks,
    Staff,
    OtherChannels,
};
inline constexpr std::array kTroubles = {
    Trouble::Weather,  Trouble::KioskDeaths, Trouble::ServerDeaths,
    Trouble::Restores, Trouble::Disks,       Trouble::OldDisks,
    Trouble::Clocks,   Trouble::Staff,       Trouble::OtherChannels};
// "weather", "kiosk-deaths" …
const char* name_of(Trouble trouble);

struct Plan {
    std::uint64_t seed = 1;
    int devices = 3;
    int days = 1;
    int outage_days = 0;
    std::set<Trouble> without = {};
};

// What happened, so that nobody takes an idle town for a good one.
struct Report {
    std::optional<Breach> breach;
    std::vector<std::string> diary;
    std::int64_t steps = 0;
    int promises = 0;
    int papers = 0;
    int doubled = 0;
    int visits = 0;
    int owed = 0;
    int changes = 0;  // at kiosks, as cancels
    int cancels = 0;
    int applications = 0;  // that a kiosk kept
    int placed = 0;        // of them, by staff
    int kiosk_deaths = 0;
    int server_deaths = 0;
    int decisions = 0;  // of staff, about rows of the worklist
    int calls = 0;      // for staff, that were answered
    int restores = 0;   // of the server, each the beginning of an epoch
    int fenced = 0;
    int old_disks = 0;
    int promised_offline = 0;  // of the promises, in the outage
    int queued = 0;            // events of one kiosk at its end, the most of all
    std::int64_t power_cuts = 0;
    std::int64_t cuts_that_lost = 0;
    std::int64_t writes_torn = 0;
    std::int64_t disk_failures = 0;
    int commits = 0;
    LinkCounts links;
};

Report live(const Plan& plan);

}  // namespace mado::simulation

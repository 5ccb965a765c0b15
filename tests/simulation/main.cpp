// madoguchi-simulate: whole towns on a virtual clock, with faults, one after the other.

#include "tests/simulation/commit.h"
#include "tests/simulation/town.h"

#include <algorithm>
#include <chrono>
#include <cstdint>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace mado::simulation {
namespace {

constexpr int kClean = 0;
constexpr int kBroken = 1;
constexpr int kMisused = 2;

struct Arguments {
    Plan plan;
    int seeds = 1;
    std::vector<std::string> without;
    int expect = 0;  // the number of an invariant that must break
    bool shrink = false;
};

std::string again(const Plan& plan) {
    std::string command = fmt::format("madoguchi-simulate --seed {} --devices {} --days {}",
                                      plan.seed, plan.devices, plan.days);
    if (plan.outage_days > 0) command += fmt::format(" --outage-days {}", plan.outage_days);
    for (const Trouble trouble : plan.without)
        command += fmt::format(" --without {}", name_of(trouble));
    return command;
}

void tell(const Plan& plan, const Report& report) {
    fmt::print("BROKEN: invariant {}: {}\n  seed {}, step {}, commit {}\n",
               static_cast<int>(report.breach->invariant), report.breach->what, plan.seed,
               report.steps, commit());
    for (const std::string& line : report.diary)
        fmt::print("    {}\n", line);
    fmt::print("  again: {}\n", again(plan));
}

// Plans that leave something out, the largest cut first.
std::vector<Plan> smaller(const Plan& plan) {
    std::vector<Plan> plans;
    for (const Trouble trouble : kTroubles) {
        Plan calmer = plan;
        if (calmer.without.insert(trouble).second) plans.push_back(calmer);
    }
    if (plan.devices > 1) {
        plans.push_back(plan);
        --plans.back().devices;
    }
    if (plan.days > 1) {
        plans.push_back(plan);
        --plans.back().days;
    }
    if (plan.outage_days > 0) {
        plans.push_back(plan);
        plans.back().outage_days /= 2;
    }
    return plans;
}

// Leaves out one thing after the other, as long as the same invariant still breaks.
void shrink(Plan plan, Report report) {
    for (bool shorter = true; shorter;) {
        shorter = false;
        for (const Plan& tried : smaller(plan)) {
            Report outcome = live(tried);
            const bool same =
                outcome.breach && outcome.breach->invariant == report.breach->invariant;
            if (!same) continue;
            plan = tried;
            report = std::move(outcome);
            shorter = true;
            break;
        }
    }
    fmt::print("Shrunk:\n");
    tell(plan, report);
}

int broken(const Arguments& arguments, const Plan& plan, const Report& report) {
    tell(plan, report);
    if (arguments.shrink) shrink(plan, report);
    return arguments.expect == static_cast<int>(report.breach->invariant) ? kClean : kBroken;
}

void add(Report& all, const Report& one) {
    all.steps += one.steps;
    all.promises += one.promises;
    all.papers += one.papers;
    all.doubled += one.doubled;
    all.changes += one.changes;
    all.cancels += one.cancels;
    all.applications += one.applications;
    all.placed += one.placed;
    all.visits += one.visits;
    all.owed += one.owed;
    all.kiosk_deaths += one.kiosk_deaths;
    all.server_deaths += one.server_deaths;
    all.decisions += one.decisions;
    all.calls += one.calls;
    all.restores += one.restores;
    all.fenced += one.fenced;
    all.old_disks += one.old_disks;
    all.promised_offline += one.promised_offline;
    all.queued = std::max(all.queued, one.queued);
    all.power_cuts += one.power_cuts;
    all.cuts_that_lost += one.cuts_that_lost;
    all.writes_torn += one.writes_torn;
    all.disk_failures += one.disk_failures;
    all.commits += one.commits;
    all.links.exchanges += one.links.exchanges;
    all.links.lost += one.links.lost;
    all.links.repeated += one.links.repeated;
    all.links.cut += one.links.cut;
    all.links.foreign += one.links.foreign;
}

void tell_all(const Arguments& arguments, const Report& all, double seconds) {
    const double device_days = static_cast<double>(arguments.seeds) * arguments.plan.devices *
                               (arguments.plan.days + arguments.plan.outage_days);
    fmt::print("{} seeds clean in {:.1f} s: {:.2f} device-days a second\n", arguments.seeds,
               seconds, device_days / seconds);
    fmt::print(
        "  {} steps, {} commits, {} visits, {} bookings confirmed, {} slips, {} owed, "
        "{} doubled, {} changed, {} cancelled, {} applied for, {} of them placed\n",
        all.steps, all.commits, all.visits, all.promises, all.papers, all.owed, all.doubled,
        all.changes, all.cancels, all.applications, all.placed);
    if (arguments.plan.outage_days > 0) {
        fmt::print(
            "  {} days without network: {} bookings confirmed in them, and at their end up to {} "
            "events of a kiosk queued\n",
            arguments.plan.outage_days, all.promised_offline, all.queued);
    }
    fmt::print(
        "  {} deaths of kiosks, {} of the server, {} restores, {} old disks, {} fenced, "
        "{} decisions about the worklist, {} calls answered\n",
        all.kiosk_deaths, all.server_deaths, all.restores, all.old_disks, all.fenced, all.decisions,
        all.calls);
    fmt::print("  {} power cuts, {} that lost something, {} torn writes, {} failing disk calls\n",
               all.power_cuts, all.cuts_that_lost, all.writes_torn, all.disk_failures);
    fmt::print("  {} exchanges, {} lost, {} repeated, {} cut, {} from somebody else\n",
               all.links.exchanges, all.links.lost, all.links.repeated, all.links.cut,
               all.links.foreign);
}

int run(const Arguments& arguments) {
    const auto began = std::chrono::steady_clock::now();
    Report all;
    for (int count = 0; count < arguments.seeds; ++count) {
        Plan plan = arguments.plan;
        plan.seed += static_cast<std::uint64_t>(count);
        const Report report = live(plan);
        if (report.breach) return broken(arguments, plan, report);
        add(all, report);
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    tell_all(arguments, all, took.count());
    if (arguments.expect == 0) return kClean;
    fmt::print("invariant {} should have broken\n", arguments.expect);
    return kBroken;
}

int start(int count, char** words) {
    Arguments arguments;
    CLI::App app(
        "Simulates a town: its kiosks, its server, its people, and all that goes wrong.\n"
        "Exits 0 where every invariant held, 1 where one broke (it prints how to see it again).",
        "madoguchi-simulate");
    app.set_version_flag("--version", "madoguchi-simulate " MADO_VERSION);
    app.add_option("--seed", arguments.plan.seed, "Where all chance comes from")
        ->required()
        ->check(CLI::NonNegativeNumber);
    app.add_option("--seeds", arguments.seeds, "So many seeds, from that one on")
        ->check(CLI::Range(1, 1'000'000));
    app.add_option("--devices", arguments.plan.devices, "Kiosks (3)")->check(CLI::Range(1, 50));
    app.add_option("--days", arguments.plan.days, "Days with faults (1)")->check(CLI::Range(1, 60));
    app.add_option("--outage-days", arguments.plan.outage_days,
                   "Then days without network, with all other faults (0); a soak is 30")
        ->check(CLI::Range(0, 90));
    std::vector<std::string> names;
    names.reserve(kTroubles.size());
    for (const Trouble trouble : kTroubles)
        names.emplace_back(name_of(trouble));
    app.add_option("--without", arguments.without,
                   "Leave out: " + fmt::format("{}", fmt::join(names, ", ")))
        ->check(CLI::IsMember(names));
    app.add_flag("--shrink", arguments.shrink, "Look for a smaller town that breaks likewise");
    app.add_option("--expect", arguments.expect, "Exit 0 only where this invariant breaks");
    try {
        app.parse(count, words);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? kClean : kMisused;
    }
    for (const Trouble trouble : kTroubles) {
        if (std::ranges::find(arguments.without, name_of(trouble)) != arguments.without.end())
            arguments.plan.without.insert(trouble);
    }
    return run(arguments);
}

}  // namespace
}  // namespace mado::simulation

int main(int count, char** words) {
    return mado::simulation::start(count, words);
}

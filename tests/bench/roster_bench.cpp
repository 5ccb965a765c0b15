// The roster on a device: a scanned ticket to an opened row, among four million people, against
// SQLite asked for the same row by the same locator in the same run. Prints both sides, bytes and
// the ratio; never passes or fails by a time.

#include "shared/base/check.h"
#include "shared/base/text.h"
#include "shared/platform/disk_files.h"
#include "shared/platform/sqlite.h"
#include "sync/protocol/roster.h"
#include "tests/support/builders.h"
#include "tests/support/dice.h"
#include "tests/support/scratch_folder.h"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

namespace mado::tests {
namespace {

using namespace mado::sync;

constexpr int kRows = 4000000;
constexpr int kTickets = 4096;
constexpr RosterKey kKey = {1, 2, 3};

Ticket ticket(int number) {
    std::string digits = std::to_string(number);
    digits.insert(0, 10 - digits.size(), '0');
    return a_ticket(digits);
}

// Both stores of the same rows. Only the rows that are looked up are really sealed: the others are
// random bytes, which is what sealed rows look like, so that the setting up takes seconds.
class Town {
  public:
    Town() {
        Dice dice(1);
        const VaccineList list = {a_vaccine_code("pfizer")};
        std::vector<RosterRow> rows;
        rows.reserve(kRows);
        for (int i = 1; i <= kTickets; ++i) {
            tickets.push_back(ticket(i));
            rows.push_back(seal(kKey, list, tickets.back(), a_resident(i)));
        }
        while (rows.size() < kRows) {
            RosterRow row;
            dice.fill(row.locator);
            dice.fill(row.sealed);
            rows.push_back(row);
        }
        fill_database(rows);
        const auto bytes = write_roster_file({1, 1}, list, std::move(rows));
        std::ofstream(folder / "roster", std::ios::binary) << bytes;
        std::printf("rows %d: file %zu bytes (%.1f a row), SQLite %ju bytes\n", kRows, bytes.size(),
                    static_cast<double>(bytes.size()) / kRows,
                    std::filesystem::file_size(folder / "roster.sqlite"));
    }

    ScratchFolder folder;
    std::vector<Ticket> tickets;

  private:
    void fill_database(const std::vector<RosterRow>& rows) const;
};

std::int64_t as_integer(const Locator& locator) {
    std::uint64_t number = 0;
    for (const auto byte : locator)
        number = number << 8 | byte;
    return static_cast<std::int64_t>(number);
}

// The quickest that SQLite has for it: the locator as the table's integer key, filled in order.
void Town::fill_database(const std::vector<RosterRow>& rows) const {
    auto sorted = rows;
    std::ranges::sort(sorted, {}, [](const auto& row) { return as_integer(row.locator); });
    auto database =
        sqlite::Database::open(folder / "roster.sqlite", sqlite::Access::ReadWrite).value();
    database.execute("CREATE TABLE roster (locator INTEGER PRIMARY KEY, sealed BLOB NOT NULL)")
        .value();
    database
        .transaction([&]() -> Result<void, IoError> {
            auto insert = MADO_TRY(database.prepare("INSERT INTO roster VALUES (?, ?)"));
            for (const auto& row : sorted) {
                insert.reset();
                insert.bind(1, as_integer(row.locator)).bind(2, row.sealed);
                MADO_TRY(insert.run());
            }
            return {};
        })
        .value();
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)").value();
}

const Town& town() {
    static const Town town;
    return town;
}

RosterFileView roster_view() {
    auto bytes = disk_files().map(town().folder / "roster", Reading::Scattered).value();
    return RosterFileView::of(std::move(bytes.first), bytes.count).value();
}

void file_find(benchmark::State& state) {
    const auto view = roster_view();
    std::vector<Locator> locators;
    for (const auto& one : town().tickets)
        locators.push_back(locate(kKey, one));
    std::size_t next = 0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(view.find(locators[next++ % kTickets]));
    }
}

void file_find_and_open(benchmark::State& state) {
    const auto view = roster_view();
    std::size_t next = 0;
    for (auto _ : state) {
        const auto& one = town().tickets[next++ % kTickets];
        const auto sealed = view.find(locate(kKey, one));
        MADO_CHECK(sealed && open(kKey, view.vaccines(), one, *sealed));
    }
}

void sqlite_find_and_open(benchmark::State& state) {
    const auto view = roster_view();
    auto database =
        sqlite::Database::open(town().folder / "roster.sqlite", sqlite::Access::ReadOnly).value();
    auto select = database.prepare("SELECT sealed FROM roster WHERE locator = ?").value();
    std::size_t next = 0;
    for (auto _ : state) {
        const auto& one = town().tickets[next++ % kTickets];
        select.bind(1, as_integer(locate(kKey, one)));
        MADO_CHECK(select.step().value());
        SealedRow sealed{};
        std::ranges::copy(select.blob(0), sealed.begin());
        select.reset();
        MADO_CHECK(open(kKey, view.vaccines(), one, sealed));
    }
}

void sqlite_find(benchmark::State& state) {
    auto database =
        sqlite::Database::open(town().folder / "roster.sqlite", sqlite::Access::ReadOnly).value();
    auto select = database.prepare("SELECT sealed FROM roster WHERE locator = ?").value();
    std::vector<std::int64_t> locators;
    for (const auto& one : town().tickets)
        locators.push_back(as_integer(locate(kKey, one)));
    std::size_t next = 0;
    for (auto _ : state) {
        select.bind(1, locators[next++ % kTickets]);
        MADO_CHECK(select.step().value());
        benchmark::DoNotOptimize(select.blob(0));
        select.reset();
    }
}

BENCHMARK(file_find);
BENCHMARK(sqlite_find);
BENCHMARK(file_find_and_open);
BENCHMARK(sqlite_find_and_open);

// Prints Google Benchmark's table, and keeps the medians for the ratios.
class RatioReporter : public benchmark::ConsoleReporter {
  public:
    void ReportRuns(const std::vector<Run>& runs) override {
        ConsoleReporter::ReportRuns(runs);
        for (const auto& run : runs) {
            if (run.aggregate_name == "median") {
                // Processor time: what others do on this machine is not what is compared.
                medians_[run.run_name.function_name] = run.GetAdjustedCPUTime();
            }
        }
    }
    void print_ratio(const std::string& ours, const std::string& peer) {
        std::printf("%s / %s = %.3f\n", ours.c_str(), peer.c_str(),
                    medians_[ours] / medians_[peer]);
    }

  private:
    std::map<std::string, double> medians_;
};

}  // namespace
}  // namespace mado::tests

int main(int argc, char** argv) {
    std::vector<char*> arguments(argv, argv + argc);
    std::string repetitions = "--benchmark_repetitions=9";
    std::string interleave = "--benchmark_enable_random_interleaving=true";
    std::string aggregates = "--benchmark_report_aggregates_only=true";
    for (auto* text : {&repetitions, &interleave, &aggregates}) {
        arguments.insert(arguments.begin() + 1, text->data());
    }
    int count = static_cast<int>(arguments.size());
    benchmark::Initialize(&count, arguments.data());
    mado::tests::RatioReporter reporter;
    benchmark::RunSpecifiedBenchmarks(&reporter);
    reporter.print_ratio("file_find", "sqlite_find");
    reporter.print_ratio("file_find_and_open", "sqlite_find_and_open");
}

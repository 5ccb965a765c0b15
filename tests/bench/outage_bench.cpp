// A kiosk that has sold for a long time while no network reached it: how long its store takes to
// open with so many bookings queued, every one of its chain verified, and how much memory they
// take. Beside it, as the limit, SQLite reading the same rows. Prints seconds and bytes; never
// passes or fails by a time.

#include "shared/base/check.h"
#include "shared/platform/sqlite.h"
#include "sync/device/device_store.h"
#include "tests/support/builders.h"
#include "tests/support/scratch_folder.h"

#include <fstream>
#include <map>
#include <memory>
#include <string>

#include <benchmark/benchmark.h>
#include <unistd.h>

namespace mado::tests {
namespace {

device::Identity identity() {
    device::Identity identity;
    identity.device = DeviceId(3);
    identity.roster_key.fill(7);
    return identity;
}

device::DeviceStore open(const ScratchFolder& folder) {
    auto store = device::DeviceStore::open(folder.path(), identity());
    MADO_CHECK(store.ok());
    return std::move(store).value();
}

// A folder with so many bookings that the server has not answered; filled once a run.
const ScratchFolder& outage(std::int64_t bookings) {
    static std::map<std::int64_t, std::unique_ptr<ScratchFolder>> made;
    auto& folder = made[bookings];
    if (folder) return *folder;
    folder = std::make_unique<ScratchFolder>();
    auto store = open(*folder);
    MADO_CHECK(store.raise_granted({{SlotId(1), bookings}}).ok());
    for (std::int64_t n = 1; n <= bookings; ++n) {
        MADO_CHECK(store.book({PersonId(n), 1, SlotId(1), {}}, {std::uint8_t(n)}, now()).ok());
    }
    return *folder;
}

double resident_bytes() {
    std::ifstream sizes("/proc/self/statm");
    double all = 0;
    double resident = 0;
    sizes >> all >> resident;
    return resident * static_cast<double>(sysconf(_SC_PAGESIZE));
}

void BM_OpensAfterAnOutage(benchmark::State& state) {
    const ScratchFolder& folder = outage(state.range(0));
    const double before = resident_bytes();
    double with_store = 0;
    for (auto _ : state) {
        const auto store = open(folder);
        MADO_CHECK(store.backlog().unanswered == static_cast<std::size_t>(state.range(0)));
        with_store = resident_bytes();
    }
    state.counters["resident_bytes"] = with_store - before;
}

void BM_SqliteReadsTheSameRows(benchmark::State& state) {
    const ScratchFolder& folder = outage(state.range(0));
    for (auto _ : state) {
        auto database =
            sqlite::Database::open(folder.path() / "device-3.db", sqlite::Access::ReadOnly);
        MADO_CHECK(database.ok());
        auto select = database->prepare("SELECT number, previous, body FROM journal_event");
        MADO_CHECK(select.ok());
        std::size_t bytes = 0;
        while (select->step().value())
            bytes += select->text(2).size();
        benchmark::DoNotOptimize(bytes);
    }
}

BENCHMARK(BM_OpensAfterAnOutage)->Arg(10'000)->Arg(100'000)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_SqliteReadsTheSameRows)->Arg(10'000)->Arg(100'000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace mado::tests

BENCHMARK_MAIN();

// Bookings through the command queue and the embedded store, with group commit and without, in one
// run: the ratio is what group commit is worth on this disk. The counter `bookings/s` is by wall
// clock.

#include "sync/server/booking/command_queue.h"
#include "tests/support/server/server_town.h"

#include <benchmark/benchmark.h>

namespace mado::server {
namespace {

constexpr int kBookings = 2000;
constexpr int kSlotsPerDay = 20;

// A town with a person and a seat for every booking, all in the same 20 slots.
void fill(tests::ServerTown& town) {
    PutResidents residents;
    for (int i = 0; i < kBookings; ++i) {
        const std::string number = "00000" + std::to_string(10000 + i);
        residents.residents.push_back({Personal<Ticket>(tests::a_ticket(number)),
                                       Personal<BirthDate>(tests::a_birth_date()),
                                       true,
                                       {}});
    }
    town.must<Imported>(residents);
    PutSlots slots;
    for (int i = 0; i < kSlotsPerDay; ++i) {
        slots.slots.push_back({VenueId(1), tests::in_days(8), TimeOfDay(480 + 15 * i),
                               std::chrono::minutes(15), tests::a_vaccine_code(),
                               kBookings / kSlotsPerDay});
    }
    town.must<Imported>(slots);
}

// Runs all bookings through a queue that gathers at most `batch_max`, and counts those made.
int book_all(tests::ServerTown& town, std::size_t batch_max) {
    QueueLimits limits;
    limits.batch_max = batch_max;
    CommandQueue queue(limits);
    int made = 0;
    const auto count = [&](const Outcome& outcome) {
        made += std::holds_alternative<BookingMade>(outcome) ? 1 : 0;
    };
    for (int i = 0; i < kBookings; ++i) {
        // The first 20 people and 4 slots are the town's own.
        const SlotId slot(5 + i % kSlotsPerDay);
        MADO_CHECK(queue.push(BookFree{PersonId(21 + i), 1, slot}, count, town.now));
    }
    while (queue.waiting() > 0) {
        auto batch = queue.take_all();
        batch.settle(execute(town.store(), batch.commands, HoldingPolicy{}, town.now));
    }
    return made;
}

void bookings(benchmark::State& state) {
    const auto batch_max = static_cast<std::size_t>(state.range(0));
    for (auto step : state) {
        (void)step;
        state.PauseTiming();
        auto town = std::make_unique<tests::ServerTown>();
        fill(*town);
        state.ResumeTiming();
        MADO_CHECK(book_all(*town, batch_max) == kBookings);
        state.PauseTiming();
        town.reset();
        state.ResumeTiming();
    }
    state.counters["bookings/s"] =
        benchmark::Counter(static_cast<double>(kBookings) * static_cast<double>(state.iterations()),
                           benchmark::Counter::kIsRate);
}

// Interleaved by --benchmark_enable_random_interleaving, medians of the repetitions.
BENCHMARK(bookings)->ArgName("batch")->Arg(1)->Arg(100)->UseRealTime()->Iterations(1)->Repetitions(
    5);

}  // namespace
}  // namespace mado::server

BENCHMARK_MAIN();

// A durable event: the journal (event, its two counters and an effect of three statements, one
// transaction each) against the limit that the disk allows, an append and fdatasync of the same
// bytes, in the same run and taking turns. Prints the medians, the ratio, and the same for a batch
// of a hundred in one transaction.
//
//   journal_bench [--benchmark_...]    in $TMPDIR

#include "shared/journal/journal.h"
#include "tests/support/builders.h"
#include "tests/support/dice.h"
#include "tests/support/scratch_folder.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <unistd.h>

namespace mado {
namespace {

using std::chrono::steady_clock;

constexpr std::size_t kBodyBytes = 328;  // a booking's
constexpr int kTurns = 21;
constexpr int kOneByOne = 200;
constexpr std::size_t kBatch = 100;

std::vector<std::string> bodies(std::size_t count) {
    std::vector<std::string> made(count, std::string(kBodyBytes, 'x'));
    tests::Dice dice(1);
    for (std::string& body : made) {
        for (char& character : body)
            character = static_cast<char>('a' + dice.below(26));
    }
    return made;
}

class Device {
  public:
    Device() {
        MADO_CHECK(database_
                       .execute("CREATE TABLE lease (slot INTEGER PRIMARY KEY, used INTEGER);"
                                "CREATE TABLE booking (number INTEGER PRIMARY KEY, slot INTEGER,"
                                "                      body TEXT);"
                                "CREATE TABLE slip (booking INTEGER PRIMARY KEY, printed INTEGER);"
                                "INSERT INTO lease VALUES (1, 0)")
                       .ok());
    }

    void append(std::span<const std::string> texts) {
        const auto effect = [this](const Envelope& event) -> Result<void, IoError> {
            auto lease =
                MADO_TRY(database_.prepare("UPDATE lease SET used = used + 1 WHERE slot = 1"));
            MADO_TRY(lease.run());
            auto booking = MADO_TRY(database_.prepare("INSERT INTO booking VALUES (?, 1, ?)"));
            MADO_TRY(booking.bind(1, event.number.number()).bind(2, "kept").run());
            auto slip = MADO_TRY(database_.prepare("INSERT INTO slip VALUES (?, 0)"));
            return slip.bind(1, event.number.number()).run();
        };
        MADO_CHECK(journal_.append_all(texts, tests::now(), effect).ok());
    }

  private:
    tests::ScratchFolder folder_;
    sqlite::Database database_ =
        sqlite::Database::open(folder_ / "a.db", sqlite::Access::ReadWrite).value();
    Journal journal_ = Journal::open(database_, DeviceId(1), SealKey{}).value();
};

class RawFile {
  public:
    RawFile()
        : descriptor_(
              ::open((folder_ / "log").c_str(), O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600)) {
        MADO_CHECK(descriptor_ >= 0);
    }
    RawFile(const RawFile&) = delete;
    RawFile& operator=(const RawFile&) = delete;
    ~RawFile() { ::close(descriptor_); }

    void append(std::span<const std::string> texts) {
        std::string all;
        for (const std::string& text : texts)
            all += text;
        MADO_CHECK(::write(descriptor_, all.data(), all.size()) ==
                   static_cast<ssize_t>(all.size()));
        MADO_CHECK(::fdatasync(descriptor_) == 0);
    }

  private:
    tests::ScratchFolder folder_;
    int descriptor_;
};

// Events a second.
template <class Target>
double rate(Target& target, std::span<const std::string> texts, std::size_t at_once) {
    const auto began = steady_clock::now();
    for (std::size_t i = 0; i < texts.size(); i += at_once)
        target.append(texts.subspan(i, at_once));
    const std::chrono::duration<double> took = steady_clock::now() - began;
    return static_cast<double>(texts.size()) / took.count();
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

// Takes turns, so that a noisy neighbour disturbs both.
void compare(benchmark::State& state, std::size_t count, std::size_t at_once) {
    const auto texts = bodies(count);
    for (auto _ : state) {
        Device device;
        RawFile raw;
        std::vector<double> journal_rates;
        std::vector<double> raw_rates;
        for (int turn = 0; turn < kTurns; ++turn) {
            raw_rates.push_back(rate(raw, texts, at_once));
            journal_rates.push_back(rate(device, texts, at_once));
        }
        state.counters["journal_per_s"] = median(journal_rates);
        state.counters["raw_per_s"] = median(raw_rates);
        state.counters["ratio"] = median(journal_rates) / median(raw_rates);
    }
}

void one_by_one(benchmark::State& state) {
    compare(state, kOneByOne, 1);
}
void in_batches(benchmark::State& state) {
    compare(state, 20 * kBatch, kBatch);
}

BENCHMARK(one_by_one)->Iterations(1)->Unit(benchmark::kMillisecond);
BENCHMARK(in_batches)->Iterations(1)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace mado

BENCHMARK_MAIN();

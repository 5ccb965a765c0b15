// What a frame costs, against ZXing as it comes, in the same run: an empty 720p frame, one with a
// ticket, and an unchanged one. Prints both sides and the ratio (goals: 0.2 empty, 0.4 with a
// code).

#include "shared/scan/measure.h"
#include "shared/scan/scanner.h"
#include "tests/unit/scan/pictures.h"

#define ZX_USE_UTF8 1
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <numeric>
#include <vector>

#include <ZXing/ReadBarcode.h>
#include <benchmark/benchmark.h>

namespace mado::scan {
namespace {

const Frame& empty_frame() {
    static const Frame frame = tests::an_empty_desk().frame();
    return frame;
}

const Frame& frame_with_a_code() {
    static const Frame frame = tests::a_desk_with_a_ticket(4).frame();
    return frame;
}

void zxing_as_it_comes(const Frame& frame) {
    const ZXing::ImageView view(frame.grey.data(), frame.width, frame.height,
                                ZXing::ImageFormat::Lum);
    benchmark::DoNotOptimize(ZXing::ReadBarcode(view));
}

// A second lies between two frames, so that each is examined anew, in the film's next way.
void scanner_on_a_new_frame(const Frame& frame) {
    static Scanner scanner({});
    static Instant now{};
    now += std::chrono::seconds(1);
    benchmark::DoNotOptimize(scanner.look(frame, now));
}

void scanner_on_the_same_frame(const Frame& frame) {
    static Scanner scanner({});
    benchmark::DoNotOptimize(scanner.look(frame, Instant{}));
}

template <void (*kWork)(const Frame&), const Frame& (*kFrame)()>
void run(benchmark::State& state) {
    for ([[maybe_unused]] auto iteration : state)
        kWork(kFrame());
}

BENCHMARK(run<zxing_as_it_comes, empty_frame>)->Name("zxing/empty");
BENCHMARK(run<scanner_on_a_new_frame, empty_frame>)->Name("scanner/empty");
BENCHMARK(run<scanner_on_the_same_frame, empty_frame>)->Name("scanner/unchanged");
BENCHMARK(run<zxing_as_it_comes, frame_with_a_code>)->Name("zxing/code");
BENCHMARK(run<scanner_on_a_new_frame, frame_with_a_code>)->Name("scanner/code");

double milliseconds_of(const std::function<void()>& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
        .count();
}

// Of nine in a row the mean, since each of a film's frames is tried in another way; of these the
// median.
double typical(const std::vector<double>& values) {
    constexpr std::size_t kWays = 9;
    std::vector<double> means;
    for (std::size_t start = 0; start + kWays <= values.size(); start += kWays) {
        const auto first = values.begin() + static_cast<std::ptrdiff_t>(start);
        means.push_back(std::accumulate(first, first + kWays, 0.0) / kWays);
    }
    std::ranges::sort(means);
    return means[means.size() / 2];
}

// Both sides in turns, so that a noisy machine is noisy for both.
void print_ratio(const char* name, const std::function<void()>& ours,
                 const std::function<void()>& peer) {
    constexpr int kRounds = 90;  // ten times through the ways of a film
    std::vector<double> our_times;
    std::vector<double> peer_times;
    for (int round = 0; round < kRounds; ++round) {
        our_times.push_back(milliseconds_of(ours));
        peer_times.push_back(milliseconds_of(peer));
    }
    const double our_time = typical(our_times);
    const double peer_time = typical(peer_times);
    std::printf("%-22s ours %7.3f ms   zxing %7.3f ms   ratio %.3f\n", name, our_time, peer_time,
                our_time / peer_time);
}

void print_ratios() {
    const auto print = [](const char* name, void (*ours)(const Frame&), const Frame& frame) {
        print_ratio(
            name, [&] { ours(frame); }, [&] { zxing_as_it_comes(frame); });
    };
    print("empty, new", scanner_on_a_new_frame, empty_frame());
    print("empty, unchanged", scanner_on_the_same_frame, empty_frame());
    print("with a code, new", scanner_on_a_new_frame, frame_with_a_code());
    print(
        "measure()", [](const Frame& frame) { benchmark::DoNotOptimize(measure(frame)); },
        empty_frame());
}

}  // namespace
}  // namespace mado::scan

int main(int argc, char** argv) {
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
    mado::scan::print_ratios();
}

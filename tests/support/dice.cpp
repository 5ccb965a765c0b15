#include "tests/support/dice.h"

#include <cstdlib>

namespace mado::tests {

std::vector<std::uint64_t> seeds(int count) {
    const char* only = std::getenv("MADO_SEED");  // NOLINT(concurrency-mt-unsafe): one thread
    if (only != nullptr) return {std::strtoull(only, nullptr, 10)};

    std::vector<std::uint64_t> all;
    for (int seed = 1; seed <= count; ++seed)
        all.push_back(static_cast<std::uint64_t>(seed));
    return all;
}

std::uint64_t Dice::number() {
    state_ += 0x9E3779B97F4A7C15;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
    return mixed ^ (mixed >> 31);
}

int Dice::below(int end) {
    MADO_CHECK(end > 0);
    return static_cast<int>(number() % static_cast<std::uint64_t>(end));
}

int Dice::between(int first, int last) {
    return first + below(last - first + 1);
}

void Dice::fill(std::span<std::uint8_t> bytes) {
    for (auto& byte : bytes)
        byte = static_cast<std::uint8_t>(number());
}

}  // namespace mado::tests

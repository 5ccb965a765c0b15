#pragma once

// Chance that can be played again.
//
// A property test lives through many seeds. Each failure prints its seed (SCOPED_TRACE of
// "MADO_SEED="), and MADO_SEED=that number in the environment plays that one alone.

#include "shared/base/check.h"
#include "shared/ports/chance.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace mado::tests {

// 1 to `count`, or the one that the environment names.
std::vector<std::uint64_t> seeds(int count);

// SplitMix64: the same numbers from the same seed on every machine. Also the Chance of a test.
class Dice final : public Chance {
  public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}

    std::uint64_t number();
    // 0 to `end` - 1; `end` > 0.
    int below(int end);
    // Both ends included.
    int between(int first, int last);
    // True `percent` times in a hundred.
    bool percent(int percent) { return below(100) < percent; }

    template <class Range>
    auto& pick(Range& range) {
        MADO_CHECK(std::size(range) > 0);
        return *std::next(std::begin(range), below(static_cast<int>(std::size(range))));
    }

    void fill(std::span<std::uint8_t> bytes) override;

  private:
    std::uint64_t state_;
};

}  // namespace mado::tests

#pragma once

// Where unpredictable bytes come from.

#include <cstdint>
#include <span>

namespace mado {

class Chance {
  public:
    virtual ~Chance() = default;

    // Fills all of `bytes`; fit for keys.
    virtual void fill(std::span<std::uint8_t> bytes) = 0;
};

}  // namespace mado

#pragma once

// SHA-256 (FIPS 180-4), for the journal's chain, key fingerprints and files that must arrive whole.

#include "shared/base/text.h"

#include <array>
#include <memory>
#include <span>

namespace mado {

using Digest = std::array<std::uint8_t, 32>;

Digest sha256(std::span<const std::uint8_t> bytes);

// For what does not fit in memory, or is hashed in parts.
class Sha256 {
  public:
    Sha256();
    ~Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;

    Sha256& add(std::span<const std::uint8_t> bytes);
    // Adds the length as eight bytes, highest first, then the bytes: no two lists of parts hash
    // the same.
    Sha256& add_prefixed(std::span<const std::uint8_t> bytes);
    // Ends the hash; further parts may not be added.
    Digest finish();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace mado

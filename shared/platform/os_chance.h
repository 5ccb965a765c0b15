#pragma once

// Random bytes of the operating system (libsodium).

#include "shared/ports/chance.h"

namespace mado {

class OsChance final : public Chance {
  public:
    void fill(std::span<std::uint8_t> bytes) override;
};

}  // namespace mado

#include "shared/platform/os_chance.h"

#include "shared/base/check.h"

#include <sodium.h>

namespace mado {

void OsChance::fill(std::span<std::uint8_t> bytes) {
    static const bool ready = sodium_init() >= 0;
    MADO_CHECK(ready);
    randombytes_buf(bytes.data(), bytes.size());
}

}  // namespace mado

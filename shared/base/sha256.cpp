#include "shared/base/sha256.h"

#include <sodium/crypto_hash_sha256.h>

namespace mado {

struct Sha256::State {
    crypto_hash_sha256_state state;
};

Digest sha256(std::span<const std::uint8_t> bytes) {
    Digest digest{};
    crypto_hash_sha256(digest.data(), bytes.data(), bytes.size());
    return digest;
}

Sha256::Sha256() : state_(std::make_unique<State>()) {
    crypto_hash_sha256_init(&state_->state);
}

Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

Sha256& Sha256::add(std::span<const std::uint8_t> bytes) {
    crypto_hash_sha256_update(&state_->state, bytes.data(), bytes.size());
    return *this;
}

Sha256& Sha256::add_prefixed(std::span<const std::uint8_t> bytes) {
    std::array<std::uint8_t, 8> length{};
    for (std::size_t i = 0; i < length.size(); ++i) {
        length[i] = static_cast<std::uint8_t>(std::uint64_t{bytes.size()} >> (56 - 8 * i));
    }
    return add(length).add(bytes);
}

Digest Sha256::finish() {
    Digest digest{};
    crypto_hash_sha256_final(&state_->state, digest.data());
    return digest;
}

}  // namespace mado

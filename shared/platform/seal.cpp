#include "shared/platform/seal.h"

#include "shared/base/check.h"

#include <sodium.h>

namespace mado {

namespace {

constexpr std::size_t kNonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;

using SealNonce = std::array<std::uint8_t, kNonceBytes>;

static_assert(std::tuple_size_v<SealKey> == crypto_kdf_KEYBYTES);
static_assert(std::tuple_size_v<SealKey> == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

SealKey subkey(const SealKey& key, std::uint64_t number) {
    SealKey derived{};
    MADO_CHECK(crypto_kdf_derive_from_key(derived.data(), derived.size(), number, "madoseal",
                                          key.data()) == 0);
    return derived;
}

SealNonce nonce_for(const SealKey& key, std::string_view context, std::string_view text) {
    crypto_generichash_state state;
    SealNonce nonce{};
    const std::uint64_t length = context.size();  // tells where the context ends
    crypto_generichash_init(&state, key.data(), key.size(), nonce.size());
    crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(&length),
                              sizeof length);
    for (const std::string_view part : {context, text})
        crypto_generichash_update(&state, bytes_of(part).data(), part.size());
    crypto_generichash_final(&state, nonce.data(), nonce.size());
    return nonce;
}

}  // namespace

Seal::Seal(const SealKey& key) : text_key_(subkey(key, 1)), nonce_key_(subkey(key, 2)) {}

Bytes Seal::close(std::string_view context, std::string_view text) const {
    const SealNonce nonce = nonce_for(nonce_key_, context, text);
    Bytes sealed(nonce.begin(), nonce.end());
    sealed.resize(kNonceBytes + text.size() + kTagBytes);
    crypto_aead_xchacha20poly1305_ietf_encrypt(
        sealed.data() + kNonceBytes, nullptr, bytes_of(text).data(), text.size(),
        bytes_of(context).data(), context.size(), nullptr, nonce.data(), text_key_.data());
    return sealed;
}

std::optional<std::string> Seal::open(std::string_view context,
                                      std::span<const std::uint8_t> sealed) const {
    if (sealed.size() < kNonceBytes + kTagBytes) return {};
    const auto locked = sealed.subspan(kNonceBytes);
    std::string text(locked.size() - kTagBytes, '\0');
    const int opened = crypto_aead_xchacha20poly1305_ietf_decrypt(
        reinterpret_cast<unsigned char*>(text.data()), nullptr, nullptr, locked.data(),
        locked.size(), bytes_of(context).data(), context.size(), sealed.data(), text_key_.data());
    if (opened != 0) return {};
    return text;
}

}  // namespace mado

#pragma once

// Sealing of short texts that lie on a disk: whoever has the disk and not the key reads nothing,
// and changes nothing without its showing.
//
// XChaCha20-Poly1305 by libsodium. The nonce is a keyed hash of context and text, so that no
// randomness is asked for and a disk that was copied or put back never seals two texts under one
// nonce. Equal texts in one context seal alike.

#include "shared/base/text.h"

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace mado {

using SealKey = std::array<std::uint8_t, 32>;

class Seal {
  public:
    explicit Seal(const SealKey& key);

    // 24 bytes of nonce, the text's own length, 16 bytes of tag. `context` says where the text
    // stands; it is not in the result, and opening needs the same.
    Bytes close(std::string_view context, std::string_view text) const;
    // No value where it was not sealed by this key in this context, or was altered.
    std::optional<std::string> open(std::string_view context,
                                    std::span<const std::uint8_t> sealed) const;

  private:
    SealKey text_key_{};
    SealKey nonce_key_{};
};

}  // namespace mado

#pragma once

// What staff type or scan into a new device: where the server is, a secret that works once within
// ten minutes, and the hash by which the device knows the town's CA.
//
// "HOST:PORT/SECRET/HASH/CHECK": host and port of the residents' listener, 20 letters of base32
// (Crockford's, in upper case), the SHA-256 of the CA's public key (its SubjectPublicKeyInfo) in
// base64url, and four letters of base32 by which a slip of the hand anywhere before them is told at
// once: the first 20 bits of the SHA-256 of what stands before the last slash.

#include "shared/base/sha256.h"

#include <optional>
#include <string>
#include <string_view>

namespace mado::sync {

struct EnrolmentCode {
    std::string address;  // "host:port"
    std::string secret;
    Digest authority{};

    std::string text() const;
    static std::optional<EnrolmentCode> parse(std::string_view text);

    bool operator==(const EnrolmentCode&) const = default;
};

}  // namespace mado::sync

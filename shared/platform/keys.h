#pragma once

// Keys and certificates: ECDSA on P-256, X.509, by OpenSSL.
//
// Only P-256 keys, named and not spelled out, are read; all else is Refused, as is what cannot be
// read at all. Certificates live long, since a device whose clock battery died must still get in:
// who is in is decided by the enrolment table, and dates never decide.

#include "shared/base/instant.h"
#include "shared/base/io_error.h"
#include "shared/base/result.h"
#include "shared/base/sha256.h"
#include "shared/base/text.h"
#include "shared/domain/ids.h"

#include <array>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mado {

class PrivateKey {
  public:
    static PrivateKey generate();
    // Not encrypted. Refused where the private and the public half do not belong together.
    static Result<PrivateKey, IoError> from_pem(std::string_view pem);
    PrivateKey(PrivateKey&&) noexcept;
    PrivateKey& operator=(PrivateKey&&) noexcept;
    ~PrivateKey();

    std::string pem() const;
    // The compressed point.
    std::array<std::uint8_t, 33> public_key() const;
    // ECDSA over SHA-256: r and s, 32 bytes each, highest first.
    std::array<std::uint8_t, 64> sign(std::span<const std::uint8_t> bytes) const;
    // A certificate signing request (PEM) that proves possession of this key.
    // `common_name`: UTF-8, 1 to 64 characters.
    std::string signing_request(const std::string& common_name) const;

  private:
    friend class Authority;
    struct State;
    explicit PrivateKey(std::unique_ptr<State> state);

    std::unique_ptr<State> state_;
};

// What a signing request asks for, its own signature checked.
struct RequestedKey {
    std::array<std::uint8_t, 33> public_key{};
    // SHA-256 of the SubjectPublicKeyInfo; its first 16 hex digits in groups are what staff
    // compare: "a1b2 c3d4 e5f6 0718".
    Digest key_digest{};
};
Result<RequestedKey, IoError> read_signing_request(std::string_view pem);
std::string fingerprint_of(const Digest& key_digest);

// SHA-256 of a certificate's SubjectPublicKeyInfo. Of a chain, its first certificate's.
Result<Digest, IoError> key_digest_of_certificate(std::string_view pem);
// The compressed P-256 point of a certificate's key.
Result<std::array<std::uint8_t, 33>, IoError> public_key_of_certificate(std::string_view pem);

// The town's certificate authority.
class Authority {
  public:
    // A new key and a self-signed certificate for it.
    static Authority create(const std::string& town, Instant now);
    // Refused where the certificate is no authority's or holds another key.
    static Result<Authority, IoError> from_pem(std::string_view key, std::string_view certificate);

    const PrivateKey& key() const { return key_; }
    const std::string& certificate() const { return certificate_; }

    // A server certificate for these host names and IP addresses, and behind it the authority's
    // own: the chain as a TLS server sends it.
    std::string issue_server(const PrivateKey& key, const std::vector<std::string>& hosts,
                             Instant now) const;
    // A client certificate with the common name "device-N" for the key of a checked request.
    Result<std::string, IoError> issue_device(std::string_view signing_request, DeviceId device,
                                              Instant now) const;

  private:
    Authority(PrivateKey key, std::string certificate)
        : key_(std::move(key)), certificate_(std::move(certificate)) {}

    PrivateKey key_;
    std::string certificate_;
};

}  // namespace mado

#pragma once

// The network port kept by libcurl: one connection to the central server, kept open and reused.
//
// The connection is trusted for one reason alone: the server's certificate was issued, for serving,
// by the CA whose public key we pinned at enrolment. Dates are not looked at (a dead clock battery
// must not lock a town out), nor is the host's name; the system's own list of CAs is never read.
// No redirect is followed and no proxy of the environment is used.

#include "shared/base/sha256.h"
#include "shared/ports/network.h"

#include <memory>
#include <string>

namespace mado::device {

// Where the server is, how we know it, and how it knows us.
struct Endpoint {
    std::string address;      // "host:port"
    Digest authority{};       // SHA-256 of the town CA's SubjectPublicKeyInfo
    std::string certificate;  // this device's, PEM; empty while it enrols
    std::string key;          // its private key, PEM; empty while it enrols
};

class CurlNetwork final : public Network {
  public:
    // Does not connect yet. Refused where the address is none.
    static Result<std::unique_ptr<Network>, IoError> open(const Endpoint& endpoint);

    explicit CurlNetwork(Endpoint endpoint);
    ~CurlNetwork() override;

    Result<HttpResponse, IoError> exchange(const HttpRequest& request) override;
    void cut() override;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace mado::device

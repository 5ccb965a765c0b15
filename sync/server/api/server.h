#pragma once

// The network side of the central server: two TLS listeners, HTTP/1.1, and every bound that a
// client can run into (sizes, times, numbers). What a request means is the Responder's to say.
//
// A device is known by its key: the devices' listener takes every certificate that the town's CA
// has signed, whatever its dates, since a dead clock battery must not lock a town out; who is in is
// decided behind this, by the key's digest.

#include "shared/base/io_error.h"
#include "shared/base/result.h"
#include "sync/server/api/callers.h"
#include "sync/server/api/http.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace mado::server {

// What the log gets of a request that was answered.
struct Exchange {
    std::string_view method;  // one that we know, or "other"
    const char* route = "none";
    int status = 0;
    std::chrono::microseconds took{};
};

struct ServerLimits {
    std::size_t connections_max = 12'000;  // behind each listener
    CallerLimits caller;                   // connections at both doors; requests of residents
    std::uint32_t header_bytes_max = 16u << 10;
    std::chrono::milliseconds handshake{10'000};
    std::chrono::milliseconds header{10'000};   // from the first byte to the empty line
    std::chrono::milliseconds body{60'000};     // 4 MB over a slow mobile line
    std::chrono::milliseconds idle{90'000};     // between requests; longer than a long poll
    std::chrono::milliseconds write{30'000};    // for each 64 KiB
    std::chrono::milliseconds farewell{3'000};  // reading on after a refusal, so that it arrives
};

struct ServerOptions {
    std::string residents_listen;  // "host:port", "[::1]:port"; port 0 picks a free one
    std::string devices_listen;
    std::string certificate;  // PEM, ours, then what it needs up to the CA
    std::string key;          // PEM
    std::string authority;    // PEM, the CA of the devices' certificates
    int threads = 2;
    ServerLimits limits;
    std::function<void(const Exchange&)> log;        // called by several threads
    std::function<void(const std::string&)> notice;  // what went wrong beside a request
};

class Server {
  public:
    // Listens, and answers from then on. `responder` outlives the server. Refused when an address
    // or a key cannot be used.
    static Result<std::unique_ptr<Server>, IoError> start(ServerOptions options,
                                                          Responder& responder);
    // Everything that the responder owes a reply to must have been answered by then.
    ~Server();

    // As other programs reach them, with the real port: "127.0.0.1:8443".
    const std::string& residents_address() const;
    const std::string& devices_address() const;
    std::size_t connections() const;

    // Stops listening, closes the connections that are at rest, lets the others finish their
    // request. Returns when all are gone or `patience` is over.
    void stop(std::chrono::milliseconds patience);

  private:
    struct State;
    explicit Server(std::unique_ptr<State> state);

    std::unique_ptr<State> state_;
};

}  // namespace mado::server

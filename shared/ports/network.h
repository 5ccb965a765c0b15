#pragma once

// One exchange with the central server.

#include "shared/base/io_error.h"
#include "shared/base/result.h"
#include "shared/base/text.h"

#include <chrono>
#include <string>

namespace mado {

struct HttpRequest {
    std::string method;  // "GET" or "POST"
    std::string path;    // from the slash on, with the query; never holds personal data
    std::string body;    // JSON; empty for GET
    std::chrono::milliseconds timeout{10'000};
    std::size_t answer_bytes_max = 8u << 20;

    bool operator==(const HttpRequest&) const = default;
};

struct HttpResponse {
    int status = 0;
    std::string content_type;  // without parameters, lower case
    std::string body;

    bool operator==(const HttpResponse&) const = default;
};

class Network {
  public:
    virtual ~Network() = default;

    // Sends the request over the pinned connection and waits for the whole answer. Unavailable: no
    // answer, not whole, larger than allowed, or from somebody who is not our server.
    virtual Result<HttpResponse, IoError> exchange(const HttpRequest& request) = 0;

    // From any thread: what is under way ends with Unavailable, and so does every later exchange.
    // A network that never waits has nothing to cut.
    virtual void cut() {}
};

}  // namespace mado

#pragma once

// One request and its reply, apart from sockets: what the network side hands to the responder
// and gets back. No type of the HTTP library is in it.

#include "shared/base/sha256.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace mado::server {

// Which listener a client came through. Residents' is open to everybody; behind the devices' there
// is always a certificate that the town's CA has signed.
enum class Door { Residents, Devices };

// What is known before any of the body is read.
struct RequestHead {
    Door door = Door::Residents;
    std::string_view method;
    std::string_view target;  // path and query; always begins with a slash
};

struct Request {
    Door door = Door::Residents;
    std::string method;
    std::string target;
    std::string content_type;  // without parameters, lower case
    std::string body;
    std::optional<Digest> client_key;  // SHA-256 of the SubjectPublicKeyInfo of the client's key
};

struct Reply {
    int status = 200;
    std::string content_type = "application/json";
    std::string body;
    const char* route = "none";  // for the log: a name of ours, never the client's text
    std::optional<std::chrono::seconds> retry_after;
    std::string allow;   // the methods that would have been right, for a 405
    bool close = false;  // end the connection after it
};

// {"error": word, "message": sentence} with a status; neither holds anything of the request.
Reply refuse(int status, const char* route, std::string_view word, std::string_view sentence);

// The body may be as long as this.
struct Admitted {
    std::size_t body_bytes_max = 0;
};

// What answers the requests. Called by several threads at a time.
class Responder {
  public:
    virtual ~Responder() = default;

    // Looks at a request's head before its body is read: how long the body may be, or the reply.
    virtual std::variant<Admitted, Reply> admit(const RequestHead& head) = 0;

    // Answers by calling `done` exactly once, from any thread, at once or later. Does not wait.
    using Done = std::function<void(Reply)>;
    virtual void handle(Request request, Done done) = 0;

    // Answers every request that waits for something to happen; from now on none waits.
    virtual void stop_waiting() = 0;
};

// The reply as it goes over the wire, but for the body: status line and headers, the empty line
// too. `now` becomes the Date.
std::string write_head(const Reply& reply, bool keep_alive,
                       std::chrono::system_clock::time_point now);

// The path and the query of a request target: "/a?b" or "https://host/a?b". No value for anything
// else ("*", "host:443", control characters and blanks).
std::optional<std::string_view> path_and_query(std::string_view target);

}  // namespace mado::server

#pragma once

// The network between one device and the server, as bad as it is at the moment.

#include "shared/base/sha256.h"
#include "shared/ports/network.h"
#include "tests/simulation/server_machine.h"
#include "tests/simulation/timeline.h"
#include "tests/support/dice.h"

#include <functional>
#include <string>

namespace mado::simulation {

// In hundredths of all messages, each decided by itself.
struct Weather {
    int request_lost = 0;
    int request_repeated = 0;  // a copy comes later; its answer goes nowhere
    int answer_lost = 0;
    int answer_cut = 0;    // half of it comes, as if it were whole
    int page_instead = 0;  // a captive portal's page, 200 and all
    int failure = 0;       // a middle box says 500, 502 or 413
    int slow = 0;          // seconds instead of milliseconds: answers overtake each other
    bool down = false;     // nothing goes anywhere, and is noticed at once or by a time-out

    bool operator==(const Weather&) const = default;
};

struct LinkCounts {
    int exchanges = 0;
    int lost = 0;
    int repeated = 0;
    int cut = 0;
    int foreign = 0;  // pages and failures that are not our server's
};

class Link {
  public:
    using Received = std::function<void(Result<HttpResponse, IoError>)>;

    // `key` is the digest by which the server knows the device.
    Link(Timeline& timeline, ServerMachine& server, tests::Dice& dice, const Digest& key)
        : timeline_(timeline), server_(server), dice_(dice), key_(key) {}

    // Another device id behind the same cable.
    void use_key(const Digest& key) { key_ = key; }
    void set(const Weather& weather) { weather_ = weather; }
    const Weather& weather() const { return weather_; }
    const LinkCounts& counts() const { return counts_; }

    // `received` is called once, at the latest when the request's patience is over.
    void send(const HttpRequest& request, Received received);

  private:
    struct Exchange;

    Milliseconds delay();
    void arrive(const HttpRequest& request, const std::shared_ptr<Exchange>& exchange);
    void answer(const std::shared_ptr<Exchange>& exchange, const server::Reply& reply);
    void fail_after(Milliseconds delay, const std::shared_ptr<Exchange>& exchange,
                    const char* what);
    void end(const std::shared_ptr<Exchange>& exchange, Result<HttpResponse, IoError> outcome);

    Timeline& timeline_;
    ServerMachine& server_;
    tests::Dice& dice_;
    Digest key_;
    Weather weather_;
    LinkCounts counts_;
};

}  // namespace mado::simulation

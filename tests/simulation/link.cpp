#include "tests/simulation/link.h"

#include <array>
#include <memory>
#include <utility>

namespace mado::simulation {

struct Link::Exchange {
    Received received;
    bool over = false;
};

void Link::send(const HttpRequest& request, Received received) {
    ++counts_.exchanges;
    const auto exchange = std::make_shared<Exchange>(Exchange{std::move(received)});
    fail_after(request.timeout, exchange, "no answer in time");
    if (weather_.down) {
        // A cable that is out is noticed at once; a router that swallows everything is not.
        if (dice_.percent(70)) fail_after(Milliseconds(3), exchange, "no route");
        return;
    }
    if (dice_.percent(weather_.page_instead)) {
        ++counts_.foreign;
        timeline_.after(delay(), [this, exchange] {
            end(exchange, HttpResponse{200, "text/html", "<html>Welcome to Free Wi-Fi</html>"});
        });
        return;
    }
    if (dice_.percent(weather_.failure)) {
        ++counts_.foreign;
        const std::array statuses = {500, 502, 413};
        const int status = dice_.pick(statuses);
        timeline_.after(delay(), [this, exchange, status] {
            end(exchange, HttpResponse{status, "text/plain", "upstream error"});
        });
        return;
    }
    if (dice_.percent(weather_.request_repeated)) {
        ++counts_.repeated;
        const auto nobody = std::make_shared<Exchange>(Exchange{{}, true});
        timeline_.after(delay() + delay(), [this, request, nobody] { arrive(request, nobody); });
    }
    if (dice_.percent(weather_.request_lost)) {
        ++counts_.lost;
        return;
    }
    timeline_.after(delay(), [this, request, exchange] { arrive(request, exchange); });
}

Milliseconds Link::delay() {
    if (dice_.percent(weather_.slow)) return Milliseconds(dice_.between(500, 8'000));
    return Milliseconds(dice_.between(1, 60));
}

void Link::arrive(const HttpRequest& request, const std::shared_ptr<Exchange>& exchange) {
    server::Request arrived{
        server::Door::Devices, request.method,
        request.path,          request.method == "POST" ? "application/json" : "",
        request.body,          key_};
    server_.handle(std::move(arrived), [this, exchange](std::optional<server::Reply> reply) {
        if (reply) return answer(exchange, *reply);
        fail_after(Milliseconds(2), exchange, "the connection ended");
    });
}

void Link::answer(const std::shared_ptr<Exchange>& exchange, const server::Reply& reply) {
    if (weather_.down || dice_.percent(weather_.answer_lost)) {
        ++counts_.lost;
        return;
    }
    HttpResponse response{reply.status, reply.content_type, reply.body};
    if (response.body.size() > 1 && dice_.percent(weather_.answer_cut)) {
        ++counts_.cut;
        response.body.resize(response.body.size() / 2);
    }
    timeline_.after(delay(),
                    [this, exchange, response = std::move(response)] { end(exchange, response); });
}

void Link::fail_after(Milliseconds delay, const std::shared_ptr<Exchange>& exchange,
                      const char* what) {
    timeline_.after(delay, [this, exchange, what] {
        end(exchange, fail(IoError{IoError::Kind::Unavailable, what}));
    });
}

void Link::end(const std::shared_ptr<Exchange>& exchange, Result<HttpResponse, IoError> outcome) {
    if (std::exchange(exchange->over, true)) return;
    const Received received = std::move(exchange->received);
    received(std::move(outcome));
}

}  // namespace mado::simulation

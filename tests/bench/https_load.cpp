// A load generator for HTTPS: keep-alive TLS connections, one request under way on each, as lean as
// OpenSSL and epoll allow, so that two servers can be measured by the same measure.
//
//   https_load prepare TOWN SELLERS PEOPLE        fills a town made by `madoguchi-server init`
//   https_load book TOWN HOST:PORT REQUESTS       each request pushes one booking of its own device
//   https_load get TOWN HOST:PORT REQUESTS PATH   each request fetches PATH
//
// Prints one JSON line: {"requests", "seconds", "rate", "p50_ms", "p99_ms"}.

#include "tests/bench/https_town.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace mado::bench {
namespace {

using Steady = std::chrono::steady_clock;

constexpr int kConnections = 64;

[[noreturn]] void die(const std::string& why) {
    std::fprintf(stderr, "https_load: %s\n", why.c_str());
    std::exit(1);
}

struct Link {
    int socket = -1;
    SSL* tls = nullptr;
    std::vector<std::string> requests;  // prepared before the clock starts
    std::size_t next = 0;
    std::string answer;
    Steady::time_point sent;
};

sockaddr_in address_of(const std::string& text) {
    const auto colon = text.rfind(':');
    sockaddr_in address{};
    address.sin_family = AF_INET;
    const int port = colon == std::string::npos ? 0 : std::atoi(text.c_str() + colon + 1);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    if (port == 0 || inet_pton(AF_INET, text.substr(0, colon).c_str(), &address.sin_addr) != 1) {
        die("no IPv4 HOST:PORT: " + text);
    }
    return address;
}

// The server is not checked here: what is measured is its work, and it is on this machine.
SSL_CTX* context_for(const Seller* seller) {
    SSL_CTX* context = SSL_CTX_new(TLS_client_method());
    if (seller == nullptr) return context;
    const std::unique_ptr<BIO, decltype(&BIO_free)> certificate(
        BIO_new_mem_buf(seller->certificate.data(), static_cast<int>(seller->certificate.size())),
        &BIO_free);
    const std::unique_ptr<BIO, decltype(&BIO_free)> key(
        BIO_new_mem_buf(seller->key.data(), static_cast<int>(seller->key.size())), &BIO_free);
    X509* x509 = PEM_read_bio_X509(certificate.get(), nullptr, nullptr, nullptr);
    EVP_PKEY* pkey = PEM_read_bio_PrivateKey(key.get(), nullptr, nullptr, nullptr);
    if (x509 == nullptr || pkey == nullptr || SSL_CTX_use_certificate(context, x509) != 1 ||
        SSL_CTX_use_PrivateKey(context, pkey) != 1) {
        die("a seller's key cannot be used");
    }
    X509_free(x509);
    EVP_PKEY_free(pkey);
    return context;
}

void connect(Link& link, const sockaddr_in& address, const Seller* seller) {
    link.socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int on = 1;
    setsockopt(link.socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (::connect(link.socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        die("cannot connect");
    }
    SSL_CTX* context = context_for(seller);
    link.tls = SSL_new(context);
    SSL_CTX_free(context);
    SSL_set_fd(link.tls, link.socket);
    if (SSL_connect(link.tls) != 1) die("the TLS handshake failed");
    fcntl(link.socket, F_SETFL, O_NONBLOCK);
}

void send_next(Link& link) {
    const std::string& request = link.requests[link.next];
    link.answer.clear();
    link.sent = Steady::now();
    // A request is far smaller than a socket's buffer, which is empty between requests.
    if (SSL_write(link.tls, request.data(), static_cast<int>(request.size())) <= 0) {
        die("cannot send");
    }
}

// True when the whole answer is here.
bool receive(Link& link) {
    char bytes[16384];
    for (;;) {
        const int count = SSL_read(link.tls, bytes, sizeof bytes);
        if (count > 0) {
            link.answer.append(bytes, static_cast<std::size_t>(count));
            continue;
        }
        if (SSL_get_error(link.tls, count) == SSL_ERROR_WANT_READ) break;
        die("the server closed a connection: " + link.answer.substr(0, 200));
    }
    const auto end = link.answer.find("\r\n\r\n");
    if (end == std::string::npos) return false;
    const auto field = link.answer.find("Content-Length: ");
    if (field == std::string::npos || field > end) die("an answer without a length");
    const auto length = std::strtoul(link.answer.c_str() + field + 16, nullptr, 10);
    return link.answer.size() >= end + 4 + length;
}

struct Figures {
    std::vector<double> ms;
    double seconds = 0;
};

Figures drive(std::vector<Link>& links, std::size_t requests, const char* must_say) {
    const int poll = epoll_create1(EPOLL_CLOEXEC);
    for (std::size_t i = 0; i < links.size(); ++i) {
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.u64 = i;
        epoll_ctl(poll, EPOLL_CTL_ADD, links[i].socket, &event);
    }
    Figures figures;
    figures.ms.reserve(requests);
    const auto started = Steady::now();
    for (Link& link : links)
        send_next(link);
    epoll_event events[kConnections];
    while (figures.ms.size() < requests) {
        const int count = epoll_wait(poll, events, kConnections, 30'000);
        if (count <= 0) die("no answer for 30 seconds");
        for (int i = 0; i < count; ++i) {
            Link& link = links[events[i].data.u64];
            if (!receive(link)) continue;
            const std::chrono::duration<double, std::milli> took = Steady::now() - link.sent;
            if (!link.answer.starts_with("HTTP/1.1 200") ||
                link.answer.find(must_say) == std::string::npos) {
                die("an answer that is not the one: " + link.answer);
            }
            figures.ms.push_back(took.count());
            if (++link.next < link.requests.size()) send_next(link);
        }
    }
    figures.seconds = std::chrono::duration<double>(Steady::now() - started).count();
    close(poll);
    return figures;
}

void print(Figures figures) {
    std::sort(figures.ms.begin(), figures.ms.end());
    const auto at = [&figures](double share) {
        return figures
            .ms[static_cast<std::size_t>(share * static_cast<double>(figures.ms.size() - 1))];
    };
    std::printf(
        "{\"requests\": %zu, \"seconds\": %.3f, \"rate\": %.0f, \"p50_ms\": %.3f, "
        "\"p99_ms\": %.3f}\n",
        figures.ms.size(), figures.seconds,
        static_cast<double>(figures.ms.size()) / figures.seconds, at(0.5), at(0.99));
}

std::string post(const std::string& body) {
    return "POST /v1/events HTTP/1.1\r\nHost: town\r\nContent-Type: application/json\r\n"
           "Content-Length: " +
           std::to_string(body.size()) + "\r\n\r\n" + body;
}

int run(int argc, char** argv) {
    const std::string command = argc > 1 ? argv[1] : "";
    if (argc == 5 && command == "prepare") {
        const auto done = prepare(argv[2], std::atoi(argv[3]), std::atoll(argv[4]));
        if (!done.ok()) die(done.error().what);
        return 0;
    }
    const bool books = argc == 5 && command == "book";
    if (!books && !(argc == 6 && command == "get")) die("see the head of https_load.cpp");
    auto sellers = load_sellers(argv[2]);
    if (!sellers.ok()) die(sellers.error().what);
    if (sellers->size() < kConnections) die("too few sellers were prepared");
    const sockaddr_in address = address_of(argv[3]);
    const std::size_t each = std::strtoul(argv[4], nullptr, 10) / kConnections;
    std::vector<Link> links(kConnections);
    for (std::size_t i = 0; i < links.size(); ++i) {
        Seller& seller = (*sellers)[i];
        connect(links[i], address, books ? &seller : nullptr);
        for (std::size_t n = 0; n < each; ++n) {
            links[i].requests.push_back(books ? post(next_push(seller, i, kConnections))
                                              : "GET " + std::string(argv[5]) +
                                                    " HTTP/1.1\r\nHost: town\r\n\r\n");
        }
    }
    print(drive(links, each * kConnections, books ? "\"accepted\"" : ""));
    if (books) {
        const auto kept = keep_sellers(argv[2], *sellers);
        if (!kept.ok()) die(kept.error().what);
    }
    return 0;
}

}  // namespace
}  // namespace mado::bench

int main(int argc, char** argv) {
    return mado::bench::run(argc, argv);
}

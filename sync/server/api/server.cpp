#include "sync/server/api/server.h"

#include "shared/base/check.h"
#include "sync/server/api/listen_address.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

namespace mado::server {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using tcp = asio::ip::tcp;
using boost::system::error_code;
using Steady = std::chrono::steady_clock;
using TlsStream = asio::ssl::stream<beast::tcp_stream>;
using Parser = http::request_parser<http::string_body>;

constexpr auto kAwait = asio::as_tuple(asio::use_awaitable);

// No request may be longer, whatever its route; the route's own bound comes after the header.
constexpr std::uint64_t kAnyBodyBytesMax = 16u << 20;
// A large reply goes out in pieces, each with its own time.
constexpr std::size_t kPieceBytes = 64u << 10;
// What is read at once: little while a connection may rest for a minute, more inside a body.
constexpr std::size_t kReadBytesAtRest = 4u << 10;
constexpr std::size_t kReadBytesInBody = 16u << 10;
// What is read past a refused request, so that the refusal is not lost to a reset.
constexpr std::size_t kFarewellBytesMax = 32u << 20;
// A client at rest answers a goodbye only when it next looks, and a stop does not wait for that.
constexpr std::chrono::milliseconds kFarewellWhenStopping{100};

// What all connections share.
struct Common {
    ServerOptions options;
    Responder& responder;
    std::atomic<bool> stopping{false};
    Callers callers;
    std::atomic<std::size_t> connections{0};
    std::mutex gone_mutex;
    std::condition_variable gone;

    Common(ServerOptions given, Responder& asked)
        : options(std::move(given)), responder(asked), callers(options.limits.caller) {}

    void notice(const std::string& text) const {
        if (options.notice) options.notice(text);
    }
};

class Connection;

// One thread and the connections that live on it; a stop looks there for those at rest.
struct Worker {
    std::set<Connection*> here;  // touched by this thread alone; outlives the context's coroutines
    asio::io_context context{1};
    asio::executor_work_guard<asio::io_context::executor_type> work =
        asio::make_work_guard(context);
    std::thread thread;
};

std::string lower_case(std::string_view text) {
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return lower;
}

std::string media_type_of(std::string_view field) {
    const auto end = field.find(';');
    auto type = field.substr(0, end);
    while (type.ends_with(' ') || type.ends_with('\t'))
        type.remove_suffix(1);
    return lower_case(type);
}

std::string_view view_of(beast::string_view text) {
    return {text.data(), text.size()};
}

// SHA-256 of the SubjectPublicKeyInfo of the certificate that the client showed.
std::optional<Digest> client_key_of(TlsStream& stream) {
    const std::unique_ptr<X509, decltype(&X509_free)> certificate(
        SSL_get1_peer_certificate(stream.native_handle()), &X509_free);
    if (!certificate) return {};
    unsigned char* bytes = nullptr;
    const int length = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate.get()), &bytes);
    if (length <= 0) return {};
    const Digest digest = sha256({bytes, static_cast<std::size_t>(length)});
    OPENSSL_free(bytes);
    return digest;
}

// Hands the request to the responder and waits for its reply without holding a thread.
asio::awaitable<Reply> ask(Responder& responder, Request request) {
    auto initiate = [&responder](auto handler, Request asked) {
        auto held = std::make_shared<decltype(handler)>(std::move(handler));
        responder.handle(std::move(asked), [held](Reply reply) {
            asio::post(asio::get_associated_executor(*held),
                       [held, given = std::move(reply)]() mutable { (*held)(std::move(given)); });
        });
    };
    co_return co_await asio::async_initiate<const asio::use_awaitable_t<>, void(Reply)>(
        std::move(initiate), asio::use_awaitable, std::move(request));
}

Reply refusal_of_parse(const error_code& error) {
    if (error == http::error::body_limit) {
        return refuse(413, "none", "too-large", "The request is longer than any may be.");
    }
    if (error == http::error::header_limit || error == http::error::buffer_overflow) {
        return refuse(431, "none", "header-too-large", "The request's header is too long.");
    }
    if (error == http::error::bad_version) {
        return refuse(505, "none", "version", "Only HTTP/1.0 and HTTP/1.1 are spoken here.");
    }
    return refuse(400, "none", "bad-request", "This is not a well-formed HTTP request.");
}

class Connection {
  public:
    // `caller` has entered; it leaves when the connection ends.
    Connection(Common& common, Worker& worker, Door door, const CallerAddress& caller,
               tcp::socket socket, asio::ssl::context& tls)
        : common_(common),
          worker_(worker),
          door_(door),
          caller_(caller),
          stream_(std::move(socket), tls) {
        worker_.here.insert(this);
    }
    ~Connection() {
        worker_.here.erase(this);
        common_.callers.leave(caller_);
    }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    asio::awaitable<void> run() {
        // A co_await inside the condition of `while` or `if` makes g++ 12 lose `this`.
        bool more = co_await shake_hands();
        if (!more) co_return;
        while (more)
            more = co_await exchange();
        co_await part();
    }

    // Ends it where no request is under way.
    void stop_if_at_rest() {
        if (at_rest_) lowest().cancel();
    }

  private:
    beast::tcp_stream& lowest() { return stream_.next_layer(); }
    const ServerLimits& limits() const { return common_.options.limits; }

    asio::awaitable<bool> shake_hands() {
        lowest().expires_after(limits().handshake);
        at_rest_ = true;
        const auto [error] = co_await stream_.async_handshake(TlsStream::server, kAwait);
        at_rest_ = false;
        if (error) {
            common_.notice("a client left or was refused at the TLS handshake: " + error.message());
            co_return false;
        }
        error_code ignored;
        lowest().socket().set_option(tcp::no_delay(true), ignored);
        client_key_ = client_key_of(stream_);
        co_return true;
    }

    asio::awaitable<error_code> read_some(std::size_t bytes) {
        const auto [error, count] =
            co_await stream_.async_read_some(buffer_.prepare(bytes), kAwait);
        buffer_.commit(count);
        co_return error;
    }

    // Feeds the parser from what was read already, and reads on until `done` says so.
    template <class Predicate>
    asio::awaitable<error_code> parse(Parser& parser, std::size_t bytes, Predicate done) {
        while (!done()) {
            error_code error;
            if (buffer_.size() > 0) {
                buffer_.consume(parser.put(buffer_.data(), error));
                if (!error) continue;
                if (error != http::error::need_more) co_return error;
            }
            error = co_await read_some(bytes);
            if (error) co_return error;
        }
        co_return error_code();
    }

    // Waits until a request begins. False when none came.
    asio::awaitable<bool> request_begins() {
        lowest().expires_after(limits().idle);
        for (;;) {
            // An empty line before a request is to be skipped (RFC 9112 §2.2).
            while (buffer_.size() >= 2 && is_empty_line())
                buffer_.consume(2);
            if (buffer_.size() > 1 || (buffer_.size() == 1 && first_byte() != '\r')) co_return true;
            if (buffer_.size() == 0 && buffer_.capacity() > 2 * kReadBytesAtRest) {
                buffer_.shrink_to_fit();
            }
            if (common_.stopping) co_return false;
            at_rest_ = true;
            const error_code error = co_await read_some(kReadBytesAtRest);
            at_rest_ = false;
            if (error) co_return false;
        }
    }
    char first_byte() const { return static_cast<const char*>(buffer_.data().data())[0]; }
    bool is_empty_line() const {
        const char* bytes = static_cast<const char*>(buffer_.data().data());
        return bytes[0] == '\r' && bytes[1] == '\n';
    }

    // One request and its reply; false ends the connection.
    asio::awaitable<bool> exchange() {
        const bool begun = co_await request_begins();
        if (!begun) co_return false;
        started_ = Steady::now();
        method_ = "other";
        Parser parser;
        parser.header_limit(limits().header_bytes_max);
        parser.body_limit(kAnyBodyBytesMax);

        lowest().expires_after(limits().header);
        error_code error =
            co_await parse(parser, kReadBytesAtRest, [&parser] { return parser.is_header_done(); });
        if (error) co_return co_await refuse_parse(error);

        const auto admitted = admit(parser);
        if (const auto* refusal = std::get_if<Reply>(&admitted)) {
            const bool keep = parser.is_done() && parser.keep_alive();
            co_return co_await send(*refusal, keep, parser.get().method() == http::verb::head);
        }
        if (!parser.is_done()) {
            parser.body_limit(std::get<Admitted>(admitted).body_bytes_max);
            error = co_await read_body(parser);
            if (error) co_return co_await refuse_parse(error);
        }

        lowest().expires_never();
        const bool keep = parser.keep_alive();
        const bool head_only = parser.get().method() == http::verb::head;
        const Reply reply = co_await ask(common_.responder, request_of(parser));
        co_return co_await send(reply, keep, head_only);
    }

    // Who speaks so badly may mean something else by what follows, too.
    static Reply malformed(std::string_view sentence) {
        Reply reply = refuse(400, "none", "bad-request", sentence);
        reply.close = true;
        return reply;
    }

    // The reply where the head alone is wrong.
    std::variant<Admitted, Reply> admit(const Parser& parser) {
        const auto& head = parser.get();
        method_ = head.method() == http::verb::unknown ? "other" : view_of(head.method_string());
        // A device is one that the town let in.
        if (door_ == Door::Residents && !common_.callers.may_ask(caller_, Steady::now())) {
            Reply reply = refuse(429, "none", "too-often", "Too many requests from this address.");
            reply.retry_after = std::chrono::seconds(1);
            return reply;
        }
        if (head.version() >= 11 && head.count(http::field::host) != 1) {
            return malformed("A request names its host once.");
        }
        if (head.count(http::field::transfer_encoding) > 0 && !parser.chunked()) {
            return refuse(501, "none", "encoding", "Only the chunked encoding is understood.");
        }
        const auto target = path_and_query(view_of(head.target()));
        if (!target) {
            return malformed("The address of the request has no path.");
        }
        auto admitted =
            common_.responder.admit(RequestHead{door_, view_of(head.method_string()), *target});
        const auto length = parser.content_length();
        if (const auto* bound = std::get_if<Admitted>(&admitted);
            bound != nullptr && length && *length > bound->body_bytes_max) {
            return refuse(413, "none", "too-large", "The request is longer than this route takes.");
        }
        return admitted;
    }

    asio::awaitable<error_code> read_body(Parser& parser) {
        lowest().expires_after(limits().body);
        const auto expect = parser.get().find(http::field::expect);
        if (expect != parser.get().end() &&
            lower_case(view_of(expect->value())) == "100-continue") {
            static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
            const auto [error, count] =
                co_await asio::async_write(stream_, asio::buffer(kContinue), kAwait);
            if (error || count == 0) co_return error;
        }
        co_return co_await parse(parser, kReadBytesInBody, [&parser] { return parser.is_done(); });
    }

    Request request_of(Parser& parser) const {
        auto& message = parser.get();
        Request request;
        request.door = door_;
        request.method = std::string(view_of(message.method_string()));
        request.target = std::string(*path_and_query(view_of(message.target())));
        request.content_type = media_type_of(view_of(message[http::field::content_type]));
        request.body = std::move(message.body());
        request.client_key = client_key_;
        return request;
    }

    asio::awaitable<bool> refuse_parse(error_code error) {
        if (error == beast::error::timeout) {
            // The socket is closed already: a slow client hears nothing more.
            note(408, "none");
            co_return false;
        }
        if (error.category() != http::make_error_code(http::error::bad_method).category()) {
            co_return false;  // the client left in the middle
        }
        const Reply reply = refusal_of_parse(error);
        co_return co_await send(reply, false, false);
    }

    asio::awaitable<bool> send(const Reply& reply, bool keep_alive, bool head_only) {
        const bool keep = keep_alive && !reply.close && !common_.stopping;
        std::string out = write_head(reply, keep, std::chrono::system_clock::now());
        std::string_view rest = head_only ? std::string_view() : std::string_view(reply.body);
        // One write, one TLS record, for what is not large.
        const auto first = rest.substr(0, kPieceBytes);
        out.append(first);
        rest.remove_prefix(first.size());
        bool sent = co_await write(out);
        while (sent && !rest.empty()) {
            const auto piece = rest.substr(0, kPieceBytes);
            sent = co_await write(piece);
            rest.remove_prefix(piece.size());
        }
        note(reply.status, reply.route);
        if (!sent) broken_ = true;
        co_return sent&& keep;
    }

    asio::awaitable<bool> write(std::string_view bytes) {
        lowest().expires_after(limits().write);
        const auto [error, count] =
            co_await asio::async_write(stream_, asio::buffer(bytes.data(), bytes.size()), kAwait);
        co_return !error && count == bytes.size();
    }

    void note(int status, const char* route) const {
        if (!common_.options.log) return;
        const auto took =
            std::chrono::duration_cast<std::chrono::microseconds>(Steady::now() - started_);
        common_.options.log(Exchange{method_, route, status, took});
    }

    // Says goodbye, then reads on for a moment: closing over unread bytes would reset the
    // connection, and the client would never see why it was refused.
    asio::awaitable<void> part() {
        if (broken_ || !lowest().socket().is_open()) co_return;
        const auto patience = common_.stopping ? kFarewellWhenStopping : limits().farewell;
        lowest().expires_after(patience);
        const auto [parted] = co_await stream_.async_shutdown(kAwait);
        if (!parted || !lowest().socket().is_open()) co_return;
        error_code ignored;
        lowest().socket().shutdown(tcp::socket::shutdown_send, ignored);
        std::array<char, 4096> sink{};
        for (std::size_t total = 0; total < kFarewellBytesMax;) {
            const auto [error, count] =
                co_await lowest().async_read_some(asio::buffer(sink), kAwait);
            if (error) co_return;
            total += count;
        }
    }

    Common& common_;
    Worker& worker_;
    Door door_;
    CallerAddress caller_;
    TlsStream stream_;
    beast::flat_buffer buffer_;
    std::optional<Digest> client_key_;
    Steady::time_point started_;
    std::string method_ = "other";
    bool at_rest_ = false;
    bool broken_ = false;
};

std::string text_of(const tcp::endpoint& endpoint) {
    const std::string host = endpoint.address().to_string();
    const bool long_form = endpoint.address().is_v6();
    return (long_form ? "[" + host + "]" : host) + ":" + std::to_string(endpoint.port());
}

CallerAddress caller_of(const asio::ip::address& address) {
    CallerAddress caller{};
    const auto take = [&caller](const auto& bytes) {
        std::copy_n(bytes.begin(), std::min(bytes.size(), caller.size()), caller.begin());
    };
    if (address.is_v4()) {
        take(address.to_v4().to_bytes());
    } else if (address.to_v6().is_v4_mapped()) {
        take(asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_bytes());
    } else {
        take(address.to_v6().to_bytes());
    }
    return caller;
}

// What both listeners have in common: our certificate, TLS 1.2 and later, little memory at rest.
void set_up(asio::ssl::context& tls, const ServerOptions& options) {
    tls.set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_tlsv1 |
                    asio::ssl::context::no_tlsv1_1 | asio::ssl::context::no_compression);
    // It ends with the CA's own: a device that enrols knows no more of it than the hash of its key.
    tls.use_certificate_chain(asio::buffer(options.certificate));
    tls.use_private_key(asio::buffer(options.key), asio::ssl::context::pem);
    SSL_CTX* const native = tls.native_handle();
    SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
    SSL_CTX_set_mode(native, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_options(native, SSL_OP_NO_RENEGOTIATION);
    SSL_CTX_set_num_tickets(native, 1);
}

// A device's certificate has to be signed by the town's CA; its dates are not looked at.
void ask_for_devices(asio::ssl::context& tls, const ServerOptions& options) {
    tls.add_certificate_authority(asio::buffer(options.authority));
    tls.set_verify_mode(asio::ssl::verify_peer | asio::ssl::verify_fail_if_no_peer_cert);
    SSL_CTX* const native = tls.native_handle();
    X509_VERIFY_PARAM_set_flags(SSL_CTX_get0_param(native), X509_V_FLAG_NO_CHECK_TIME);
    static constexpr std::string_view kSessions = "madoguchi devices";
    SSL_CTX_set_session_id_context(native, reinterpret_cast<const unsigned char*>(kSessions.data()),
                                   static_cast<unsigned>(kSessions.size()));
}

// One door: its listening socket, and how many stand behind it.
struct Listener {
    Door door;
    asio::ssl::context tls{asio::ssl::context::tls_server};
    tcp::acceptor acceptor;
    std::string address;
    std::atomic<std::size_t> connections{0};

    Listener(Door stands_for, asio::io_context& context) : door(stands_for), acceptor(context) {}

    Result<void, IoError> listen(const std::string& where) {
        const auto parts = parse_listen_address(where);
        if (!parts) return fail(IoError{IoError::Kind::Refused, "not HOST:PORT: " + where});
        error_code error;
        tcp::resolver resolver(acceptor.get_executor());
        const auto found = resolver.resolve(parts->host, std::to_string(parts->port),
                                            tcp::resolver::passive, error);
        if (error || found.empty()) {
            return fail(IoError{IoError::Kind::Refused, "no such address to listen on: " + where});
        }
        const tcp::endpoint endpoint = found.begin()->endpoint();
        acceptor.open(endpoint.protocol(), error);
        if (!error) acceptor.set_option(asio::socket_base::reuse_address(true), error);
        if (!error) acceptor.bind(endpoint, error);
        if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
        if (error) {
            return fail(IoError{IoError::Kind::Unavailable,
                                "cannot listen on " + where + ": " + error.message()});
        }
        address = text_of(acceptor.local_endpoint());
        return {};
    }
};

}  // namespace

struct Server::State {
    Common common;
    std::vector<std::unique_ptr<Worker>> workers;
    std::unique_ptr<Listener> residents;
    std::unique_ptr<Listener> devices;
    std::size_t worker_next = 0;

    State(ServerOptions options, Responder& responder) : common(std::move(options), responder) {
        for (int i = 0; i < std::max(1, common.options.threads); ++i) {
            workers.push_back(std::make_unique<Worker>());
        }
        residents = std::make_unique<Listener>(Door::Residents, workers.front()->context);
        devices = std::make_unique<Listener>(Door::Devices, workers.front()->context);
    }

    Result<void, IoError> open_doors() {
        const ServerOptions& options = common.options;
        try {
            set_up(residents->tls, options);
            set_up(devices->tls, options);
            ask_for_devices(devices->tls, options);
        } catch (const boost::system::system_error& error) {
            return fail(IoError{IoError::Kind::Refused,
                                std::string("the keys cannot be used: ") + error.what()});
        }
        MADO_TRY(residents->listen(options.residents_listen));
        return devices->listen(options.devices_listen);
    }

    asio::awaitable<void> serve(std::unique_ptr<Connection> connection, Listener& listener) {
        try {
            co_await connection->run();
        } catch (const std::exception& error) {
            common.notice(std::string("a connection ended by: ") + error.what());
        }
        connection.reset();
        --listener.connections;
        const std::lock_guard lock(common.gone_mutex);
        --common.connections;
        common.gone.notify_all();
    }

    // Hands each new connection to the workers in turn.
    asio::awaitable<void> accept(Listener& listener) {
        asio::steady_timer pause(workers.front()->context);
        while (!common.stopping) {
            Worker& worker = *workers[worker_next++ % workers.size()];
            auto [error, socket] = co_await listener.acceptor.async_accept(worker.context, kAwait);
            if (common.stopping) co_return;
            if (error) {
                // Out of file handles, mostly: others will close, and the client waits in line.
                common.notice("cannot accept a connection: " + error.message());
                pause.expires_after(std::chrono::milliseconds(100));
                const auto [ignored] = co_await pause.async_wait(kAwait);
                if (ignored) co_return;
                continue;
            }
            if (listener.connections >= common.options.limits.connections_max) {
                common.notice("a connection was closed at once: too many are open");
                continue;
            }
            const tcp::endpoint far_end = socket.remote_endpoint(error);
            if (error) continue;  // gone again
            const CallerAddress caller = caller_of(far_end.address());
            if (!common.callers.enter(caller, Steady::now())) {
                common.notice("a connection was closed at once: its address has too many");
                continue;
            }
            take(listener, worker, caller, std::move(socket));
        }
    }

    void take(Listener& listener, Worker& worker, const CallerAddress& caller, tcp::socket socket) {
        ++listener.connections;
        ++common.connections;
        asio::post(worker.context, [this, &listener, &worker, caller,
                                    held = std::move(socket)]() mutable {
            auto connection = std::make_unique<Connection>(common, worker, listener.door, caller,
                                                           std::move(held), listener.tls);
            asio::co_spawn(worker.context, serve(std::move(connection), listener), asio::detached);
        });
    }

    void run() {
        for (const auto& worker : workers) {
            worker->thread = std::thread([&context = worker->context] { context.run(); });
        }
        for (Listener* listener : {residents.get(), devices.get()}) {
            asio::co_spawn(workers.front()->context, accept(*listener), asio::detached);
        }
    }

    void close_doors() {
        asio::post(workers.front()->context, [this] {
            error_code ignored;
            residents->acceptor.close(ignored);
            devices->acceptor.close(ignored);
        });
        for (const auto& worker : workers) {
            asio::post(worker->context, [&here = worker->here] {
                for (Connection* connection : here)
                    connection->stop_if_at_rest();
            });
        }
    }
};

Server::Server(std::unique_ptr<State> state) : state_(std::move(state)) {}

Result<std::unique_ptr<Server>, IoError> Server::start(ServerOptions options,
                                                       Responder& responder) {
    auto state = std::make_unique<State>(std::move(options), responder);
    MADO_TRY(state->open_doors());
    state->run();
    return std::unique_ptr<Server>(new Server(std::move(state)));
}

Server::~Server() {
    stop(std::chrono::milliseconds(0));
    for (const auto& worker : state_->workers)
        worker->context.stop();
    for (const auto& worker : state_->workers)
        worker->thread.join();
}

const std::string& Server::residents_address() const {
    return state_->residents->address;
}

const std::string& Server::devices_address() const {
    return state_->devices->address;
}

std::size_t Server::connections() const {
    return state_->common.connections;
}

void Server::stop(std::chrono::milliseconds patience) {
    Common& common = state_->common;
    if (!common.stopping.exchange(true)) state_->close_doors();
    std::unique_lock lock(common.gone_mutex);
    common.gone.wait_for(lock, patience, [&common] { return common.connections == 0; });
}

}  // namespace mado::server

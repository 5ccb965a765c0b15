#include "sync/device/transport.h"

#include <algorithm>
#include <atomic>
#include <cctype>
#include <mutex>

#include <curl/curl.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

namespace mado::device {

namespace {

constexpr long kConnectTimeoutMs = 5'000;

struct EasyDeleter {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct MultiDeleter {
    void operator()(CURLM* handle) const { curl_multi_cleanup(handle); }
};
struct ListDeleter {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
struct StoreDeleter {
    void operator()(X509_STORE* store) const { X509_STORE_free(store); }
};
struct StoreContextDeleter {
    void operator()(X509_STORE_CTX* context) const { X509_STORE_CTX_free(context); }
};

IoError unavailable(std::string what) {
    return {IoError::Kind::Unavailable, "network: " + std::move(what)};
}

bool has_key(X509* certificate, const Digest& digest) {
    unsigned char* der = nullptr;
    const int length = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), &der);
    if (length <= 0) return false;
    const Digest found = sha256({der, static_cast<std::size_t>(length)});
    OPENSSL_free(der);
    return found == digest;
}

// Whether `leaf` was issued, for serving, by the holder of `anchor`'s key. Dates say nothing: the
// clock may be wrong, and the enrolment table decides who is in.
bool issued_by(X509* leaf, STACK_OF(X509) * sent, X509* anchor) {
    const std::unique_ptr<X509_STORE, StoreDeleter> store(X509_STORE_new());
    const std::unique_ptr<X509_STORE_CTX, StoreContextDeleter> context(X509_STORE_CTX_new());
    if (!store || !context || X509_STORE_add_cert(store.get(), anchor) != 1) return false;
    if (X509_STORE_CTX_init(context.get(), store.get(), leaf, sent) != 1) return false;
    X509_STORE_CTX_set_flags(context.get(), X509_V_FLAG_NO_CHECK_TIME | X509_V_FLAG_PARTIAL_CHAIN);
    if (X509_STORE_CTX_set_purpose(context.get(), X509_PURPOSE_SSL_SERVER) != 1) return false;
    return X509_verify_cert(context.get()) == 1;
}

// Takes the place of OpenSSL's own checking of the server's chain.
int verify_chain(X509_STORE_CTX* context, void* pinned) {
    const auto& authority = *static_cast<const Digest*>(pinned);
    X509* leaf = X509_STORE_CTX_get0_cert(context);
    STACK_OF(X509)* sent = X509_STORE_CTX_get0_untrusted(context);
    for (int i = 0; leaf != nullptr && i < sk_X509_num(sent); ++i) {
        X509* anchor = sk_X509_value(sent, i);
        if (!has_key(anchor, authority) || !issued_by(leaf, sent, anchor)) continue;
        X509_STORE_CTX_set_error(context, X509_V_OK);
        return 1;
    }
    X509_STORE_CTX_set_error(context, X509_V_ERR_CERT_UNTRUSTED);
    return 0;
}

CURLcode prepare_tls(CURL*, void* ssl_context, void* pinned) {
    SSL_CTX_set_cert_verify_callback(static_cast<SSL_CTX*>(ssl_context), verify_chain, pinned);
    return CURLE_OK;
}

// Where an answer's body goes, and how much of it is taken.
struct Sink {
    std::string body;
    std::size_t bytes_max = 0;
};

std::size_t take_body(char* data, std::size_t size, std::size_t count, void* to) {
    auto& sink = *static_cast<Sink*>(to);
    const std::size_t bytes = size * count;
    if (bytes > sink.bytes_max - sink.body.size()) return 0;  // ends the transfer
    sink.body.append(data, bytes);
    return bytes;
}

std::string bare_type(const char* content_type) {
    if (content_type == nullptr) return {};
    std::string bare(content_type);
    bare = bare.substr(0, bare.find(';'));
    while (!bare.empty() && bare.back() == ' ')
        bare.pop_back();
    std::ranges::transform(bare, bare.begin(), [](unsigned char letter) {
        return static_cast<char>(std::tolower(letter));
    });
    return bare;
}

const char* reason_of(CURLcode code) {
    if (code != CURLE_PEER_FAILED_VERIFICATION) return curl_easy_strerror(code);
    return "whoever answers there is not the server of this town";
}

void start_curl_once() {
    static std::once_flag once;
    std::call_once(once, [] { MADO_CHECK(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK); });
}

curl_blob blob_of(std::string& pem) {
    return {pem.data(), pem.size(), CURL_BLOB_COPY};
}

bool is_address(std::string_view address) {
    constexpr std::size_t kAddressBytesMax = 300;
    const auto colon = address.rfind(':');
    if (colon == std::string_view::npos || colon == 0 || address.size() > kAddressBytesMax)
        return false;
    const auto port = parse_digits(address.substr(colon + 1));
    const bool plain = std::ranges::all_of(address.substr(0, colon), [](unsigned char letter) {
        return std::isalnum(letter) != 0 || letter == '.' || letter == '-' || letter == ':' ||
               letter == '[' || letter == ']';
    });
    return plain && port && *port >= 1 && *port <= 65535;
}

}  // namespace

struct CurlNetwork::State {
    explicit State(Endpoint where) : endpoint(std::move(where)) {}

    Endpoint endpoint;
    // The multi handle keeps the connection between exchanges, and can be woken from outside.
    std::unique_ptr<CURLM, MultiDeleter> multi;
    std::unique_ptr<CURL, EasyDeleter> easy;
    std::unique_ptr<curl_slist, ListDeleter> headers;
    std::atomic<bool> cut{false};

    void prepare();
    void describe(const HttpRequest& request, Sink& sink);
    Result<void, IoError> perform();
};

Result<std::unique_ptr<Network>, IoError> CurlNetwork::open(const Endpoint& endpoint) {
    if (!is_address(endpoint.address)) {
        return fail(IoError{IoError::Kind::Refused, "network: the address is not host:port"});
    }
    return std::unique_ptr<Network>(std::make_unique<CurlNetwork>(endpoint));
}

CurlNetwork::CurlNetwork(Endpoint endpoint) : state_(std::make_unique<State>(std::move(endpoint))) {
    start_curl_once();
    state_->prepare();
}

CurlNetwork::~CurlNetwork() = default;

// What is the same for every exchange.
void CurlNetwork::State::prepare() {
    multi.reset(curl_multi_init());
    easy.reset(curl_easy_init());
    headers.reset(curl_slist_append(nullptr, "Content-Type: application/json"));
    MADO_CHECK(multi && easy && headers);
    // Curl would wait for a "100 Continue" before it sends a large body.
    MADO_CHECK(curl_slist_append(headers.get(), "Expect:") != nullptr);

    CURL* curl = easy.get();
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, kConnectTimeoutMs);
    curl_easy_setopt(curl, CURLOPT_TCP_KEEPALIVE, 1L);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);

    curl_easy_setopt(curl, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 0L);
    curl_easy_setopt(curl, CURLOPT_CAINFO, nullptr);
    curl_easy_setopt(curl, CURLOPT_CAPATH, nullptr);
    curl_easy_setopt(curl, CURLOPT_SSL_CTX_FUNCTION, prepare_tls);
    curl_easy_setopt(curl, CURLOPT_SSL_CTX_DATA, &endpoint.authority);
    if (endpoint.certificate.empty()) return;
    curl_blob certificate = blob_of(endpoint.certificate);
    curl_blob key = blob_of(endpoint.key);
    curl_easy_setopt(curl, CURLOPT_SSLCERT_BLOB, &certificate);
    curl_easy_setopt(curl, CURLOPT_SSLKEY_BLOB, &key);
}

void CurlNetwork::State::describe(const HttpRequest& request, Sink& sink) {
    CURL* curl = easy.get();
    const std::string url = "https://" + endpoint.address + request.path;
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeout.count()));
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &sink);
    if (request.method == "POST") {
        curl_easy_setopt(curl, CURLOPT_POST, 1L);
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE,
                         static_cast<curl_off_t>(request.body.size()));
        curl_easy_setopt(curl, CURLOPT_POSTFIELDS, request.body.data());
    } else {
        curl_easy_setopt(curl, CURLOPT_HTTPGET, 1L);
    }
}

Result<void, IoError> CurlNetwork::State::perform() {
    constexpr int kPollMs = 1'000;
    int running = 1;
    while (!cut) {
        if (curl_multi_perform(multi.get(), &running) != CURLM_OK) return fail(unavailable("curl"));
        int left = 0;
        while (const CURLMsg* message = curl_multi_info_read(multi.get(), &left)) {
            if (message->msg != CURLMSG_DONE) continue;
            const CURLcode code = message->data.result;
            if (code == CURLE_OK) return {};
            return fail(unavailable(reason_of(code)));
        }
        curl_multi_poll(multi.get(), nullptr, 0, kPollMs, nullptr);
    }
    return fail(unavailable("cut"));
}

Result<HttpResponse, IoError> CurlNetwork::exchange(const HttpRequest& request) {
    State& state = *state_;
    MADO_CHECK(!request.path.empty() && request.path.front() == '/');
    Sink sink{{}, request.answer_bytes_max};
    state.describe(request, sink);
    if (curl_multi_add_handle(state.multi.get(), state.easy.get()) != CURLM_OK) {
        return fail(unavailable("curl"));
    }
    const auto done = state.perform();
    curl_multi_remove_handle(state.multi.get(), state.easy.get());
    if (!done.ok()) return fail(done.error());

    long status = 0;
    char* content_type = nullptr;
    curl_easy_getinfo(state.easy.get(), CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(state.easy.get(), CURLINFO_CONTENT_TYPE, &content_type);
    return HttpResponse{static_cast<int>(status), bare_type(content_type), std::move(sink.body)};
}

void CurlNetwork::cut() {
    state_->cut = true;
    curl_multi_wakeup(state_->multi.get());
}

}  // namespace mado::device

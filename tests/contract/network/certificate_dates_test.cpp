// Certificates whose dates have passed, or lie ahead, between the real server and the real
// transport of a device: neither twenty years nor a clock battery that died may lock a town out.
// Whose key signed them is looked at all the same.

#include "shared/platform/keys.h"
#include "sync/device/transport.h"
#include "sync/server/api/server.h"

#include <memory>
#include <string>

#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

namespace mado::tests {
namespace {

using device::CurlNetwork;
using device::Endpoint;

// When a certificate is good, in days from now.
struct Dates {
    int from;
    int to;
};
constexpr Dates kNow{-1, 100};
constexpr Dates kPast{-8'000, -700};
constexpr Dates kAhead{700, 8'000};

struct Certificates {
    const char* name;
    Dates authority;
    Dates server;
    Dates device;
};

struct BioDeleter {
    void operator()(BIO* bio) const { BIO_free(bio); }
};
struct KeyDeleter {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
struct CertificateDeleter {
    void operator()(X509* certificate) const { X509_free(certificate); }
};
using Bio = std::unique_ptr<BIO, BioDeleter>;

// The first certificate of `pem` with other dates, signed anew with the key of its issuer.
std::string dated(const std::string& pem, const PrivateKey& issuer, Dates dates) {
    const Bio in(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    const std::unique_ptr<X509, CertificateDeleter> certificate(
        PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr));
    const std::string key_pem = issuer.pem();
    const Bio key_in(BIO_new_mem_buf(key_pem.data(), static_cast<int>(key_pem.size())));
    const std::unique_ptr<EVP_PKEY, KeyDeleter> key(
        PEM_read_bio_PrivateKey(key_in.get(), nullptr, nullptr, nullptr));
    MADO_CHECK(certificate && key);
    MADO_CHECK(X509_time_adj_ex(X509_getm_notBefore(certificate.get()), dates.from, 0, nullptr));
    MADO_CHECK(X509_time_adj_ex(X509_getm_notAfter(certificate.get()), dates.to, 0, nullptr));
    MADO_CHECK(X509_sign(certificate.get(), key.get(), EVP_sha256()) > 0);
    const Bio out(BIO_new(BIO_s_mem()));
    MADO_CHECK(PEM_write_bio_X509(out.get(), certificate.get()) == 1);
    char* text = nullptr;
    const long length = BIO_get_mem_data(out.get(), &text);
    return {text, static_cast<std::size_t>(length)};
}

// Tells a client by which key it is known.
class TellsTheKey final : public server::Responder {
  public:
    std::variant<server::Admitted, server::Reply> admit(const server::RequestHead&) override {
        return server::Admitted{};
    }
    void handle(server::Request request, Done done) override {
        server::Reply reply;
        if (request.client_key) reply.body = to_hex(*request.client_key);
        done(std::move(reply));
    }
    void stop_waiting() override {}
};

class CertificateDates : public testing::TestWithParam<Certificates> {
  protected:
    Result<std::unique_ptr<server::Server>, IoError> serve() {
        const Authority& town = authority_;
        server::ServerOptions options;
        options.residents_listen = options.devices_listen = "127.0.0.1:0";
        options.authority = dated(town.certificate(), town.key(), GetParam().authority);
        options.certificate = dated(town.issue_server(server_key_, {"127.0.0.1"}, now_), town.key(),
                                    GetParam().server) +
                              options.authority;
        options.key = server_key_.pem();
        options.threads = 1;
        return server::Server::start(std::move(options), application_);
    }
    // A device's certificate by that authority, with the dates of this case.
    std::string issue(const Authority& authority) const {
        const auto issued =
            authority.issue_device(device_key_.signing_request("kiosk"), DeviceId(3), now_);
        return dated(issued.value(), authority.key(), GetParam().device);
    }
    Result<HttpResponse, IoError> ask(const std::string& address, const std::string& certificate) {
        Endpoint where{address, key_digest_of_certificate(authority_.certificate()).value(),
                       certificate, device_key_.pem()};
        HttpRequest request;
        request.method = "GET";
        request.path = "/";
        return CurlNetwork::open(where).value()->exchange(request);
    }

    const Instant now_ =
        std::chrono::time_point_cast<Milliseconds>(std::chrono::system_clock::now());
    const Authority authority_ = Authority::create("Minoh", now_);
    const PrivateKey server_key_ = PrivateKey::generate();
    const PrivateKey device_key_ = PrivateKey::generate();
    TellsTheKey application_;
};

TEST_P(CertificateDates, DoNotDecideWhoIsServed) {
    const auto server = serve();
    ASSERT_TRUE(server.ok()) << server.error().what;
    const std::string certificate = issue(authority_);
    const auto answer = ask((*server)->devices_address(), certificate);
    ASSERT_TRUE(answer.ok()) << answer.error().what;
    EXPECT_EQ(answer->status, 200);
    EXPECT_EQ(answer->body, to_hex(key_digest_of_certificate(certificate).value()));
}

TEST_P(CertificateDates, LetNobodyInWhoIsOfAnotherAuthority) {
    const auto server = serve();
    ASSERT_TRUE(server.ok()) << server.error().what;
    const auto other = Authority::create("Minoh", now_);
    EXPECT_FALSE(ask((*server)->devices_address(), issue(other)).ok());
}

INSTANTIATE_TEST_SUITE_P(, CertificateDates,
                         testing::Values(Certificates{"AllGood", kNow, kNow, kNow},
                                         Certificates{"ServersPast", kNow, kPast, kNow},
                                         Certificates{"DevicesPast", kNow, kNow, kPast},
                                         Certificates{"AuthoritysPast", kPast, kNow, kNow},
                                         Certificates{"AllPast", kPast, kPast, kPast},
                                         Certificates{"AllAhead", kAhead, kAhead, kAhead}),
                         [](const auto& tested) { return tested.param.name; });

}  // namespace
}  // namespace mado::tests

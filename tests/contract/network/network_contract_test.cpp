// What the network port promises, kept by libcurl against a real TLS server on loopback: only whole
// answers over the pinned connection are answers; everything else is "no network".

#include "shared/platform/files.h"
#include "shared/platform/keys.h"
#include "sync/device/transport.h"
#include "tests/support/builders.h"
#include "tests/support/fake_network.h"
#include "tests/support/scratch_folder.h"

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include <fcntl.h>
#include <gmock/gmock.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace mado::tests {
namespace {

using device::CurlNetwork;
using device::Endpoint;
using std::chrono::milliseconds;
using testing::HasSubstr;
using testing::StartsWith;

// The helper script as a child, which ends when its standard input closes.
class LoopbackServer {
  public:
    explicit LoopbackServer(std::vector<std::string> arguments) {
        std::array<int, 2> in{};
        std::array<int, 2> out{};
        MADO_CHECK(::pipe2(in.data(), O_CLOEXEC) == 0 && ::pipe2(out.data(), O_CLOEXEC) == 0);
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
        posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
        arguments.insert(arguments.begin(), {MADO_PYTHON, MADO_LOOPBACK_SERVER});
        std::vector<char*> words;
        for (auto& argument : arguments)
            words.push_back(argument.data());
        words.push_back(nullptr);
        MADO_CHECK(::posix_spawn(&child_, MADO_PYTHON, &actions, nullptr, words.data(), environ) ==
                   0);
        posix_spawn_file_actions_destroy(&actions);
        ::close(in[0]);
        ::close(out[1]);
        input_ = in[1];
        char letter = 0;
        while (::read(out[0], &letter, 1) == 1 && letter != '\n')
            port_ += letter;
        ::close(out[0]);
        MADO_CHECK(!port_.empty());
    }
    LoopbackServer(const LoopbackServer&) = delete;
    LoopbackServer& operator=(const LoopbackServer&) = delete;
    ~LoopbackServer() { stop(); }

    void stop() {
        if (input_ < 0) return;
        ::close(input_);
        input_ = -1;
        int status = 0;
        ::waitpid(child_, &status, 0);
    }
    std::string address() const { return "127.0.0.1:" + port_; }

  private:
    pid_t child_ = 0;
    int input_ = -1;
    std::string port_;
};

HttpRequest get(const std::string& path) {
    HttpRequest request;
    request.method = "GET";
    request.path = path;
    return request;
}

class NetworkContract : public testing::Test {
  protected:
    // A server whose certificate was issued at that time by `authority`, with the CA's own behind.
    LoopbackServer serve(const Authority& authority, Instant issued) {
        return serve_certificate(authority.issue_server(key_, {"elsewhere.example"}, issued) +
                                 authority.certificate());
    }
    LoopbackServer serve_certificate(const std::string& chain) {
        MADO_CHECK(write_file(folder_ / "chain.pem", chain, Visibility::OwnerOnly).ok());
        MADO_CHECK(write_file(folder_ / "key.pem", key_.pem(), Visibility::OwnerOnly).ok());
        return LoopbackServer({folder_ / "chain.pem", folder_ / "key.pem"});
    }
    std::unique_ptr<Network> connect(const LoopbackServer& server) const {
        return CurlNetwork::open(endpoint(server)).value();
    }
    Endpoint endpoint(const LoopbackServer& server) const {
        return {server.address(), key_digest_of_certificate(authority_.certificate()).value(), "",
                ""};
    }
    static void expect_no_network(const Result<HttpResponse, IoError>& outcome) {
        ASSERT_FALSE(outcome.ok());
        EXPECT_EQ(outcome.error().kind, IoError::Kind::Unavailable) << outcome.error().what;
    }

    ScratchFolder folder_;
    const Instant now_ =
        std::chrono::time_point_cast<Milliseconds>(std::chrono::system_clock::now());
    const Authority authority_ = Authority::create("Minoh", now_);
    const PrivateKey key_ = PrivateKey::generate();
};

TEST_F(NetworkContract, BringsAWholeAnswerWithItsTypeInPlain) {
    const auto server = serve(authority_, now_);
    const auto network = connect(server);
    const auto answer = network->exchange(get("/good"));
    ASSERT_TRUE(answer.ok()) << answer.error().what;
    EXPECT_EQ(*answer, (HttpResponse{200, "application/json", "{\"status\":\"ok\"}"}));
}

TEST_F(NetworkContract, PostsABodyByteForByteOverOneConnection) {
    const auto server = serve(authority_, now_);
    const auto network = connect(server);
    HttpRequest request;
    request.method = "POST";
    request.path = "/echo";
    request.body = std::string(300'000, 'x') + '\0' + "\r\n\xff";
    for (int i = 0; i < 3; ++i) {
        const auto answer = network->exchange(request);
        ASSERT_TRUE(answer.ok()) << answer.error().what;
        EXPECT_EQ(answer->body, request.body);
        EXPECT_EQ(answer->content_type, "application/json");
    }
    EXPECT_EQ(network->exchange(get("/connections"))->body, "1");
}

TEST_F(NetworkContract, HandsOverWhatAPortalSaysForOthersToJudge) {
    const auto server = serve(authority_, now_);
    const auto network = connect(server);
    EXPECT_EQ(network->exchange(get("/html"))->content_type, "text/html");
    EXPECT_EQ(network->exchange(get("/500"))->status, 500);
    EXPECT_EQ(network->exchange(get("/redirect"))->status, 302) << "no redirect is followed";
}

TEST_F(NetworkContract, HalfABodyIsNoAnswerAndTheNextOneIs) {
    const auto server = serve(authority_, now_);
    const auto network = connect(server);
    for (const auto* path : {"/half", "/half-chunk", "/close", "/garbage"}) {
        expect_no_network(network->exchange(get(path)));
        EXPECT_TRUE(network->exchange(get("/good")).ok()) << path;
    }
}

TEST_F(NetworkContract, AnAnswerWithoutEndIsCutAtItsBound) {
    const auto server = serve(authority_, now_);
    const auto network = connect(server);
    HttpRequest request = get("/endless");
    request.answer_bytes_max = 1u << 20;
    expect_no_network(network->exchange(request));
    expect_no_network(network->exchange(get("/headers")));
    request = get("/good");
    request.answer_bytes_max = 15;
    EXPECT_TRUE(network->exchange(request).ok());
    request.answer_bytes_max = 14;
    expect_no_network(network->exchange(request));
}

TEST_F(NetworkContract, SilenceEndsWithTheRequestsPatience) {
    const auto server = serve(authority_, now_);
    const auto network = connect(server);
    HttpRequest request = get("/silence");
    request.timeout = milliseconds(300);
    expect_no_network(network->exchange(request));
}

TEST_F(NetworkContract, NobodyAtTheOtherEndIsNoNetwork) {
    auto server = serve(authority_, now_);
    const auto network = connect(server);
    ASSERT_TRUE(network->exchange(get("/good")).ok());
    server.stop();
    expect_no_network(network->exchange(get("/good")));
}

TEST_F(NetworkContract, AnotherTownsServerIsNotOurs) {
    const auto other = Authority::create("Minoh", now_);
    const auto server = serve(other, now_);
    expect_no_network(connect(server)->exchange(get("/good")));
}

TEST_F(NetworkContract, AServerThatShowsOurCaWithoutItsWordIsNotOurs) {
    // The certificate of another CA, with ours laid beside it.
    const auto other = Authority::create("Minoh", now_);
    const auto server =
        serve_certificate(other.issue_server(key_, {"localhost"}, now_) + authority_.certificate());
    expect_no_network(connect(server)->exchange(get("/good")));
}

TEST_F(NetworkContract, ADevicesCertificateServesNobody) {
    // A stolen kiosk has a certificate of the right CA: it may ask, and never answer.
    const auto certificate =
        authority_.issue_device(key_.signing_request("device"), DeviceId(3), now_).value();
    const auto server = serve_certificate(certificate + authority_.certificate());
    expect_no_network(connect(server)->exchange(get("/good")));
}

TEST_F(NetworkContract, AnExpiredCertificateOfTheRightCaIsOurs) {
    const auto years = std::chrono::hours(24 * 365 * 40);
    const auto past = Authority::create("Minoh", now_ - years);
    const auto server = serve(past, now_ - years);
    Endpoint where = endpoint(server);
    where.authority = key_digest_of_certificate(past.certificate()).value();
    const auto answer = CurlNetwork::open(where).value()->exchange(get("/good"));
    EXPECT_TRUE(answer.ok()) << answer.error().what;
}

TEST_F(NetworkContract, ACertificateFromTheFutureIsOursToo) {
    const auto years = std::chrono::hours(24 * 365 * 5);
    const auto server = serve(authority_, now_ + years);
    EXPECT_TRUE(connect(server)->exchange(get("/good")).ok());
}

TEST_F(NetworkContract, ShowsTheServerWhoWeAre) {
    ASSERT_TRUE(
        write_file(folder_ / "ca.pem", authority_.certificate(), Visibility::OwnerOnly).ok());
    ASSERT_TRUE(
        write_file(folder_ / "chain.pem",
                   authority_.issue_server(key_, {"localhost"}, now_) + authority_.certificate(),
                   Visibility::OwnerOnly)
            .ok());
    ASSERT_TRUE(write_file(folder_ / "key.pem", key_.pem(), Visibility::OwnerOnly).ok());
    const LoopbackServer server({folder_ / "chain.pem", folder_ / "key.pem", folder_ / "ca.pem"});
    expect_no_network(connect(server)->exchange(get("/who")));

    const auto own = PrivateKey::generate();
    Endpoint where = endpoint(server);
    where.certificate =
        authority_.issue_device(own.signing_request("device"), DeviceId(42), now_).value();
    where.key = own.pem();
    const auto answer = CurlNetwork::open(where).value()->exchange(get("/who"));
    ASSERT_TRUE(answer.ok()) << answer.error().what;
    EXPECT_EQ(answer->body, "device-42");
}

TEST_F(NetworkContract, NoProxyOfTheEnvironmentIsUsed) {
    const auto server = serve(authority_, now_);
    ::setenv("https_proxy", "http://127.0.0.1:1", 1);  // NOLINT(concurrency-mt-unsafe)
    ::setenv("ALL_PROXY", "http://127.0.0.1:1", 1);    // NOLINT(concurrency-mt-unsafe)
    EXPECT_TRUE(connect(server)->exchange(get("/good")).ok());
    ::unsetenv("https_proxy");  // NOLINT(concurrency-mt-unsafe)
    ::unsetenv("ALL_PROXY");    // NOLINT(concurrency-mt-unsafe)
}

TEST_F(NetworkContract, AnAddressThatIsNoneIsRefused) {
    for (const auto* address : {"", "host", ":443", "host:", "host:0", "host:99999", "a b:443",
                                "host/../x:443", "user@host:443", "host:44x"}) {
        Endpoint where;
        where.address = address;
        EXPECT_FALSE(CurlNetwork::open(where).ok()) << address;
    }
}

// ---- what the fake and the real one have in common

class CutContract : public NetworkContract, public testing::WithParamInterface<bool> {};

TEST_P(CutContract, ACutEndsWhatWaitsAndAllThatComesAfter) {
    const auto server = serve(authority_, now_);
    std::unique_ptr<Network> network;
    if (GetParam()) {
        network = connect(server);
    } else {
        network =
            std::make_unique<FakeNetwork>([](const HttpRequest&) { return FakeNetwork::Answer(); });
    }
    std::atomic<bool> waiting = false;
    Result<HttpResponse, IoError> outcome = HttpResponse{};
    std::thread lane([&] {
        HttpRequest request = get("/silence");
        request.timeout = std::chrono::minutes(10);
        waiting = true;
        outcome = network->exchange(request);
    });
    while (!waiting)
        std::this_thread::yield();
    network->cut();
    lane.join();
    expect_no_network(outcome);
    expect_no_network(network->exchange(get("/good")));
}

INSTANTIATE_TEST_SUITE_P(, CutContract, testing::Bool(),
                         [](const auto& tested) { return tested.param ? "Curl" : "Fake"; });

}  // namespace
}  // namespace mado::tests

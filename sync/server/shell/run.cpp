#include "shared/platform/clock.h"
#include "shared/platform/folder_lock.h"
#include "sync/server/api/server.h"
#include "sync/server/api/snapshots.h"
#include "sync/server/shell/commands.h"
#include "sync/server/shell/console.h"
#include "sync/server/shell/silence_watch.h"
#include "sync/server/shell/threads.h"
#include "sync/server/shell/town_folder.h"
#include "sync/server/shell/writer.h"
#include "sync/server/store/sqlite_store.h"

#include <array>
#include <csignal>

#include <boost/json.hpp>
#include <fmt/core.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <sys/resource.h>
#include <unistd.h>

namespace mado::server {

namespace {

constexpr std::size_t kSnapshotsWaitingMax = 64;
constexpr auto kPatienceAtStop = std::chrono::seconds(5);

// The signals that end the server; blocked in every thread, and waited for by the first.
sigset_t ending_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    return signals;
}

// Each connection is a file handle.
void allow_many_files() {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

std::shared_ptr<spdlog::logger> make_log(const std::string& level) {
    auto log = spdlog::stderr_logger_mt("madoguchi-server");
    log->set_pattern("%Y-%m-%dT%H:%M:%S.%e%z %l %v");
    log->set_level(spdlog::level::from_str(level));
    return log;
}

std::string port_of(const std::string& address) {
    return address.substr(address.rfind(':') + 1);
}

std::string host_of(const std::string& address) {
    return address.substr(0, address.rfind(':'));
}

std::string own_host_name() {
    std::array<char, 256> name{};
    if (gethostname(name.data(), name.size() - 1) != 0) return "localhost";
    return name.data();
}

// As other machines reach what listens there: by the first name given, by the address itself, or by
// this machine's name where it listens on all addresses.
std::string reachable(const std::string& address, const std::vector<std::string>& hosts) {
    const std::string host = host_of(address);
    if (!hosts.empty()) return hosts.front() + ":" + port_of(address);
    const bool everywhere = host == "0.0.0.0" || host == "[::]";
    return (everywhere ? own_host_name() : host) + ":" + port_of(address);
}

QueueLimits queue_limits(bool group_commit) {
    QueueLimits limits;
    if (!group_commit) {
        limits.batch_max = 1;
        limits.wait_max = Milliseconds(0);
    }
    return limits;
}

Result<ServerOptions, IoError> server_options(const RunOptions& options, const TownKeys& keys,
                                              const std::shared_ptr<spdlog::logger>& log) {
    std::vector<std::string> hosts = options.hosts;
    for (const char* own : {"localhost", "127.0.0.1", "::1"})
        hosts.emplace_back(own);
    hosts.push_back(own_host_name());
    ServerOptions server;
    server.residents_listen = options.listen;
    server.devices_listen = options.device_listen;
    server.certificate = keys.authority.issue_server(keys.server, hosts, SystemClock().now());
    server.key = keys.server.pem();
    server.authority = keys.authority.certificate();
    server.limits.caller.connections_max = options.connections_per_address;
    server.log = [log](const Exchange& exchange) {
        log->info("{} {} {} {:.1f} ms", exchange.method, exchange.route, exchange.status,
                  static_cast<double>(exchange.took.count()) / 1000);
    };
    server.notice = [log](const std::string& text) { log->debug("{}", text); };
    return server;
}

void say_ready(const Addresses& addresses, Output output) {
    if (output == Output::Json) {
        say(boost::json::serialize(boost::json::object{{"residents", addresses.residents},
                                                       {"devices", addresses.devices}}));
    } else {
        say(fmt::format("ready: residents at https://{}, devices at https://{}",
                        addresses.residents, addresses.devices));
    }
    std::fflush(stdout);
}

// The parts of a running server, in the order in which they come and, from the end, go.
class Town {
  public:
    Town(TownFolder folder, std::shared_ptr<spdlog::logger> log)
        : folder_(std::move(folder)), log_(std::move(log)) {}

    Result<Addresses, IoError> start(const RunOptions& options) {
        lock_.emplace(MADO_TRY(FolderLock::take(folder_.root, "server")));
        keys_.emplace(MADO_TRY(read_keys(folder_)));
        const TownKeys& keys = *keys_;
        if (keys.from_files) {
            log_->warn("the keys lie as files in the town's folder: for a demo only");
        }
        MADO_TRY(Snapshots::prepare(folder_.rosters()));
        MADO_TRY(start_inside(options));
        ServerOptions server = MADO_TRY(server_options(options, keys, log_));
        server_ = MADO_TRY(Server::start(std::move(server), *routes_));
        const Addresses seen{reachable(server_->residents_address(), options.hosts),
                             reachable(server_->devices_address(), options.hosts)};
        routes_->announce(seen.devices);
        MADO_TRY(write_addresses(folder_, seen));
        return Addresses{server_->residents_address(), server_->devices_address()};
    }

    // No new requests; those under way are answered, what was promised is committed.
    void stop() {
        if (server_) server_->stop(std::chrono::milliseconds(0));
        if (routes_) routes_->stop_waiting();
        if (server_) server_->stop(kPatienceAtStop);
        if (watch_) watch_->stop();
        if (silence_) silence_->stop();
        if (background_) background_->stop();
        if (writer_) writer_->stop();
    }

    ~Town() { stop(); }
    Town(const Town&) = delete;
    Town& operator=(const Town&) = delete;

  private:
    Result<void, IoError> start_inside(const RunOptions& options) {
        auto store = MADO_TRY(open_sqlite_store(folder_.database()));
        auto reads = MADO_TRY(open_sqlite_reads(folder_.database()));
        background_ = std::make_unique<Background>(kSnapshotsWaitingMax);
        Backend backend;
        backend.submit = [this](Command command, CommandQueue::Done done) {
            return writer_->submit(std::move(command), std::move(done));
        };
        backend.open_reads = [file = folder_.database()] { return open_sqlite_reads(file); };
        backend.in_background = [this](std::function<void()> work) {
            return background_->run(std::move(work));
        };
        backend.healthy = [this] { return writer_->healthy(); };
        backend.store_is_old = [this](DeviceId device) {
            log_->error(
                "device {} has seen more than this database holds: it is an old one, and "
                "what devices send may be lost. Stop this server and run "
                "madoguchi-server restored --dir {}",
                device.number(), folder_.root.string());
        };
        backend.clock = &clock_;
        backend.rosters = folder_.rosters();
        backend.authority = keys_->authority.certificate();
        backend.sign = [this](std::span<const std::uint8_t> bytes) {
            return keys_->authority.key().sign(bytes);
        };
        backend.town_key = keys_->authority.key().public_key();
        routes_ = std::make_unique<Routes>(std::move(backend), RouteLimits{});
        MADO_TRY(routes_->feed_moved());
        watch_ = std::make_unique<FeedWatch>(*routes_, std::move(reads), [this](const auto& error) {
            log_->error("the feed cannot be read: {}", error.what);
        });
        WriterHooks hooks{[this] { watch_->committed(); },
                          [this](const IoError& error) {
                              log_->error("not committed: {}: {}", name_of(error.kind), error.what);
                          }};
        writer_ = std::make_unique<Writer>(std::move(store), queue_limits(options.group_commit),
                                           clock_, std::move(hooks));
        return start_watching_silence();
    }

    Result<void, IoError> start_watching_silence() {
        auto reads = MADO_TRY(open_sqlite_reads(folder_.database()));
        SilenceHooks hooks;
        hooks.began = [this](const SilentDevice& device) {
            log_->warn("device {} {}", device.device.text(), describe(device));
        };
        hooks.ended = [this](DeviceId device) {
            log_->warn("device {} is silent no more", device.text());
        };
        hooks.count = [this](std::size_t count) { routes_->tell_silent(count); };
        hooks.failed = [this](const IoError& error) {
            log_->error("silent devices cannot be read: {}", error.what);
        };
        silence_ = std::make_unique<SilenceWatch>(std::move(reads), clock_, std::move(hooks));
        return {};
    }

    TownFolder folder_;
    std::optional<FolderLock> lock_;
    std::optional<TownKeys> keys_;
    std::shared_ptr<spdlog::logger> log_;
    SystemClock clock_;
    // The last to close the database: who writes brings the log back into it, so that a stopped
    // town is one file.
    std::unique_ptr<Writer> writer_;
    std::unique_ptr<Background> background_;
    std::unique_ptr<Routes> routes_;
    std::unique_ptr<FeedWatch> watch_;
    std::unique_ptr<SilenceWatch> silence_;
    std::unique_ptr<Server> server_;
};

}  // namespace

int run(const RunOptions& options, Output output) {
    const sigset_t signals = ending_signals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    allow_many_files();
    const auto log = make_log(options.log_level);
    Town town(TownFolder{options.folder}, log);
    const auto addresses = town.start(options);
    if (!addresses.ok()) return complain(addresses.error());
    say_ready(*addresses, output);

    int signal = 0;
    sigwait(&signals, &signal);
    log->info("stopping");
    town.stop();
    log->info("stopped");
    return kDone;
}

}  // namespace mado::server

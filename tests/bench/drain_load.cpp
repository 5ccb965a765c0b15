// A device that comes back after an outage: its queued bookings go over HTTPS to a real server, and
// each gets its own answer. The device is the real one: engine, store, runner, libcurl.
//
//   drain_load TOWN HOST:PORT SELLER EVENTS
//
// TOWN was filled by `https_load prepare`; SELLER counts from 0, and each can be used once. Beside
// it, as the limit, SQLite keeps as many rows in as many commits on the same disk: for each event
// its body, a row of numbers, and a line of a feed. Prints one JSON line: {"events", "accepted",
// "seconds", "batch_ms": […], "sqlite_seconds"}.

#include "shared/base/check.h"
#include "shared/platform/clock.h"
#include "shared/platform/keys.h"
#include "shared/platform/os_chance.h"
#include "shared/platform/sqlite.h"
#include "sync/device/runner.h"
#include "sync/device/transport.h"
#include "sync/protocol/messages.h"
#include "sync/server/shell/town_folder.h"
#include "tests/bench/https_town.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace mado::bench {
namespace {

using Steady = std::chrono::steady_clock;

constexpr auto kPatience = std::chrono::seconds(60);

double seconds_between(Steady::time_point from, Steady::time_point until) {
    return std::chrono::duration<double>(until - from).count();
}

struct Push {
    Steady::time_point sent;
    Steady::time_point answered;
    std::string answer;
};

// Notes when each push went out and when its answer was here. Read `pushes` when its lane is over.
class WatchedNetwork final : public Network {
  public:
    WatchedNetwork(std::unique_ptr<Network> network, std::vector<Push>& pushes)
        : network_(std::move(network)), pushes_(pushes) {}

    Result<HttpResponse, IoError> exchange(const HttpRequest& request) override {
        const auto sent = Steady::now();
        auto response = network_->exchange(request);
        if (response.ok() && response->status == 200) {
            pushes_.push_back({sent, Steady::now(), response->body});
        }
        return response;
    }
    void cut() override { network_->cut(); }

  private:
    std::unique_ptr<Network> network_;
    std::vector<Push>& pushes_;
};

Result<device::DeviceStore, IoError> open_device(const std::filesystem::path& folder,
                                                 const Seller& seller) {
    device::Identity identity;
    identity.device = seller.device;
    identity.roster_key.fill(1);  // as `prepare` gave it
    return device::DeviceStore::open(folder, identity);
}

// Sells `events` seats while nobody is reached, each to another person.
Result<void, IoError> sell_offline(device::DeviceStore& store, std::int64_t index,
                                   std::int64_t sellers, std::int64_t events) {
    std::vector<sync::LeaseLevel> levels;
    for (int slot = 1; slot <= kSlots; ++slot)
        levels.push_back({SlotId(slot), kSeatsForEachSeller});
    MADO_TRY(store.raise_granted(levels));
    OsChance chance;
    for (std::int64_t n = 0; n < events; ++n) {
        Nonce nonce;
        chance.fill(nonce);
        const device::Sale sale{PersonId(1 + index + n * sellers), 1, SlotId(1 + n % kSlots), {}};
        MADO_TRY(store.book(sale, nonce, SystemClock().now()));
    }
    return {};
}

// Connects the device and waits until the server has answered all that it has.
Result<std::vector<Push>, IoError> drain(device::DeviceStore store,
                                         const device::Endpoint& endpoint) {
    OsChance chance;
    SystemClock clock;
    std::vector<Push> pushes;
    std::vector<std::unique_ptr<Network>> networks;
    for (const device::Lane lane : device::kLanes) {
        auto network = MADO_TRY(device::CurlNetwork::open(endpoint));
        if (lane == device::Lane::Push) {
            network = std::make_unique<WatchedNetwork>(std::move(network), pushes);
        }
        networks.push_back(std::move(network));
    }
    auto engine = MADO_TRY(device::Engine::start(std::move(store), chance, clock.now()));
    {
        device::Runner runner(std::move(engine), std::move(networks), clock, [] {});
        const auto until = Steady::now() + kPatience;
        while (runner.status().backlog.unanswered > 0 && Steady::now() < until) {
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
        }
        if (runner.status().backlog.unanswered > 0) {
            return fail(IoError{IoError::Kind::Unavailable, runner.status().trouble});
        }
    }
    return pushes;
}

// Seconds that SQLite takes to keep as many rows, `batch` events in each commit.
Result<double, IoError> keep_raw(const std::filesystem::path& file, std::int64_t events,
                                 std::int64_t batch) {
    const std::string body(300, 'b');
    const std::string change(150, 'c');
    auto database = MADO_TRY(sqlite::Database::open(file, sqlite::Access::ReadWrite));
    MADO_TRY(
        database.execute("CREATE TABLE event (number INTEGER PRIMARY KEY, body TEXT) STRICT;"
                         "CREATE TABLE sale (number INTEGER PRIMARY KEY, person INTEGER, "
                         "slot INTEGER, state INTEGER) STRICT;"
                         "CREATE TABLE feed (number INTEGER PRIMARY KEY, body TEXT) STRICT"));
    const auto keep = [&](std::int64_t number) -> Result<void, IoError> {
        auto event = MADO_TRY(database.prepare("INSERT INTO event VALUES (?, ?)"));
        MADO_TRY(event.bind(1, number).bind(2, body).run());
        auto sale = MADO_TRY(database.prepare("INSERT INTO sale VALUES (?1, ?1, ?1, 0)"));
        MADO_TRY(sale.bind(1, number).run());
        auto feed = MADO_TRY(database.prepare("INSERT INTO feed VALUES (?, ?)"));
        return feed.bind(1, number).bind(2, change).run();
    };
    const auto started = Steady::now();
    for (std::int64_t from = 1; from <= events; from += batch) {
        const auto commit = [&]() -> Result<void, IoError> {
            for (auto n = from; n < from + batch && n <= events; ++n)
                MADO_TRY(keep(n));
            return {};
        };
        MADO_TRY(database.transaction(commit));
    }
    return seconds_between(started, Steady::now());
}

// How the queued events were answered. What a device decides once it is back comes after them.
struct Drained {
    std::vector<double> batch_ms;
    std::int64_t accepted = 0;
    Steady::time_point over;
};

Result<Drained, IoError> look_at(const std::vector<Push>& pushes, std::int64_t events) {
    Drained drained;
    for (const Push& push : pushes) {
        const auto answer = sync::parse_push_answer(push.answer);
        if (!answer.ok()) return fail(IoError{IoError::Kind::Corrupt, answer.error().what});
        bool queued = false;
        for (const Answer& each : answer->answers) {
            if (each.number.number() > events) continue;
            queued = true;
            drained.accepted += each.verdict == Answer::Verdict::Accepted ? 1 : 0;
        }
        if (!queued) continue;
        drained.batch_ms.push_back(1000 * seconds_between(push.sent, push.answered));
        drained.over = push.answered;
    }
    return drained;
}

void print(const Drained& drained, std::int64_t events, double seconds, double raw) {
    std::printf("{\"events\": %lld, \"accepted\": %lld, \"seconds\": %.4f, \"batch_ms\": [",
                static_cast<long long>(events), static_cast<long long>(drained.accepted), seconds);
    for (std::size_t i = 0; i < drained.batch_ms.size(); ++i)
        std::printf("%s%.2f", i == 0 ? "" : ", ", drained.batch_ms[i]);
    std::printf("], \"sqlite_seconds\": %.4f}\n", raw);
}

Result<void, IoError> run(const std::filesystem::path& town, const std::string& address,
                          std::int64_t index, std::int64_t events) {
    const auto sellers = MADO_TRY(load_sellers(town));
    const Seller& seller = sellers.at(static_cast<std::size_t>(index));
    const auto authority = MADO_TRY(server::read_authority_certificate({town}));
    const device::Endpoint endpoint{address, MADO_TRY(key_digest_of_certificate(authority)),
                                    seller.certificate, seller.key};

    const auto folder = town / "load" / ("device" + std::to_string(index));
    auto store = MADO_TRY(open_device(folder, seller));
    MADO_TRY(sell_offline(store, index, static_cast<std::int64_t>(sellers.size()), events));
    const auto pushes = MADO_TRY(drain(std::move(store), endpoint));
    MADO_CHECK(!pushes.empty());
    const Drained drained = MADO_TRY(look_at(pushes, events));
    const auto batch = static_cast<std::int64_t>(sync::kEventsMax);
    const double raw = MADO_TRY(keep_raw(folder / "raw.db", events, batch));
    print(drained, events, seconds_between(pushes.front().sent, drained.over), raw);
    return {};
}

}  // namespace
}  // namespace mado::bench

int main(int argc, char** argv) {
    if (argc != 5) {
        std::fprintf(stderr, "drain_load: see the head of drain_load.cpp\n");
        return 2;
    }
    const auto done = mado::bench::run(argv[1], argv[2], std::atoll(argv[3]), std::atoll(argv[4]));
    if (done.ok()) return 0;
    std::fprintf(stderr, "drain_load: %s\n", done.error().what.c_str());
    return 1;
}

#include "tests/simulation/server_machine.h"

#include "sync/server/booking/execute.h"

#include <utility>

namespace mado::simulation {

namespace {

// The real server looks four times a second; that is too much for a simulated year.
constexpr Milliseconds kLook{1'000};

}  // namespace

ServerMachine::ServerMachine(Timeline& timeline, const std::filesystem::path& folder,
                             std::filesystem::path rosters, std::function<void()> committed)
    : timeline_(timeline),
      clock_(timeline),
      database_(folder / "town.db"),
      rosters_(std::move(rosters)),
      committed_(std::move(committed)) {}

ServerMachine::~ServerMachine() {
    kill();
}

void ServerMachine::create() {
    MADO_CHECK(server::create_sqlite_store(database_, 1).ok());
}

Result<void, IoError> ServerMachine::start() {
    MADO_CHECK(!runs());
    auto store = MADO_TRY(server::open_sqlite_store(database_));
    MADO_TRY(server::Snapshots::prepare(rosters_));
    server::Backend backend;
    backend.submit = [this](server::Command command, server::CommandQueue::Done done) {
        const bool taken = queue_->push(std::move(command), std::move(done), timeline_.now());
        schedule();
        return taken;
    };
    backend.open_reads = [this] { return server::open_sqlite_reads(database_); };
    backend.in_background = [this](std::function<void()> work) {
        timeline_.after(Milliseconds(5), [this, run = run_, work = std::move(work)] {
            if (run == run_ && runs()) work();
        });
        return true;
    };
    backend.healthy = [] { return true; };
    // Whoever restores it says so.
    backend.store_is_old = [](DeviceId) { MADO_CHECK(!"an old store"); };
    backend.sign = [this](std::span<const std::uint8_t> bytes) { return town_key_.sign(bytes); };
    backend.town_key = town_key_.public_key();
    backend.clock = &clock_;
    backend.rosters = rosters_;
    auto routes = std::make_unique<server::Routes>(std::move(backend), server::RouteLimits{});
    MADO_TRY(routes->feed_moved());
    store_ = std::move(store);
    queue_.emplace(server::QueueLimits{});
    routes_ = std::move(routes);
    ++run_;
    look_around();
    return {};
}

void ServerMachine::kill() {
    ++run_;
    routes_.reset();
    queue_.reset();
    store_.reset();
    next_batch_.reset();
    for (auto& [number, answered] : std::exchange(exchanges_, {}))
        answered(std::nullopt);
}

void ServerMachine::handle(server::Request request, Answered answered) {
    if (!runs()) return answered(std::nullopt);
    const auto head = routes_->admit({request.door, request.method, request.target});
    if (const auto* refusal = std::get_if<server::Reply>(&head)) return answered(*refusal);
    const std::int64_t exchange = ++exchange_next_;
    exchanges_.emplace(exchange, std::move(answered));
    routes_->handle(std::move(request), [this, exchange](server::Reply reply) {
        auto waiting = exchanges_.extract(exchange);
        if (!waiting.empty()) waiting.mapped()(std::move(reply));
    });
}

void ServerMachine::command(server::Command command, Decided decided) {
    if (!runs()) return;
    const bool taken = queue_->push(
        std::move(command),
        [decided = std::move(decided)](const server::Outcome& outcome) {
            if (decided) decided(outcome);
        },
        timeline_.now());
    if (taken) schedule();
}

void ServerMachine::schedule() {
    const auto due = queue_->due();
    if (!due || (next_batch_ && *next_batch_ <= *due)) return;
    next_batch_ = *due;
    timeline_.at(*due, [this, run = run_] {
        if (run == run_ && runs()) carry_out();
    });
}

void ServerMachine::carry_out() {
    next_batch_.reset();
    const int run = run_;
    auto batch = queue_->take(timeline_.now());
    if (!batch.empty()) {
        auto outcomes = server::execute(*store_, batch.commands, HoldingPolicy{}, clock_.now());
        for (const server::Outcome& outcome : outcomes) {
            if (std::holds_alternative<IoError>(outcome)) ++failures_;
        }
        ++commits_;
        committed_();
        batch.settle(std::move(outcomes));
        feed_moved_ = true;
        if (run == run_ && runs()) look_at_the_feed();
    }
    if (run == run_ && runs()) schedule();
}

server::Outcome ServerMachine::by_hand(const server::Command& command) {
    auto store = server::open_sqlite_store(database_);
    if (!store.ok()) return store.error();
    auto outcome = server::execute(**store, command, clock_.now());
    feed_moved_ = true;
    committed_();
    return outcome;
}

// A disk that fails is noticed by the next look; the polls wait for it.
void ServerMachine::look_at_the_feed() {
    if (feed_moved_ && routes_->feed_moved().ok()) feed_moved_ = false;
}

void ServerMachine::look_around() {
    timeline_.after(kLook, [this, run = run_] {
        if (run != run_ || !runs()) return;
        look_at_the_feed();
        routes_->end_overdue();
        look_around();
    });
}

}  // namespace mado::simulation

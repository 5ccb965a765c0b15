#include "sync/device/runner.h"

#include "shared/platform/thread_name.h"
#include "sync/device/clock_watch.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

namespace mado::device {

namespace {

// The wall clock may jump while we wait; once a second is often enough to notice.
constexpr Milliseconds kSleepMax{1'000};

using Outcome = Result<HttpResponse, IoError>;

// Between the engine's thread and one lane's.
struct Box {
    std::optional<HttpRequest> request;
    std::optional<Outcome> outcome;
};

TownWords words_in(const Facts& facts) {
    return {facts.settings(), facts.texts};
}

bool same_words(const TownWords& words, const Facts& facts) {
    return words.texts == facts.texts && words.settings == facts.settings();
}

}  // namespace

struct Runner::State {
    State(Engine started, std::vector<std::unique_ptr<Network>> given, Clock& told,
          std::function<void()> wake_up)
        : engine(std::move(started)),
          networks(std::move(given)),
          clock(told),
          wake(std::move(wake_up)),
          clock_watch(told),
          status(engine.status()),
          town(engine.facts().town),
          words(words_in(engine.facts())),
          time(engine.time(told.now())),
          time_passed(told.steady()) {}

    // The engine's thread alone.
    Engine engine;
    // One lane's thread alone, but for cut().
    std::vector<std::unique_ptr<Network>> networks;
    Clock& clock;
    std::function<void()> wake;
    ClockWatch clock_watch;
    Heart heart;

    mutable std::mutex mutex;  // guards all that follows
    std::condition_variable engine_wakes;
    std::condition_variable lanes_wake;
    bool stopping = false;
    std::vector<DeskQuestion> questions;
    std::vector<DeskAnswer> answers;
    Status status;
    std::optional<Town> town;
    TownWords words;
    Instant time;  // the town's, when so much time had passed
    std::chrono::steady_clock::time_point time_passed;
    std::array<Box, kLanes.size()> boxes;

    std::vector<std::thread> threads;

    void run_lane(std::size_t index);
    void run_engine();
    bool something_came() const;
    // One turn; true when answers or the status have changed.
    bool turn(std::unique_lock<std::mutex>& lock);
};

void Runner::State::run_lane(std::size_t index) {
    name_this_thread("lane");
    Box& box = boxes[index];
    std::unique_lock lock(mutex);
    for (;;) {
        lanes_wake.wait(lock, [&] { return stopping || box.request; });
        if (stopping) return;
        const HttpRequest request = std::move(*box.request);
        box.request.reset();
        lock.unlock();
        Outcome outcome = networks[index]->exchange(request);
        lock.lock();
        box.outcome.emplace(std::move(outcome));
        engine_wakes.notify_one();
    }
}

bool Runner::State::something_came() const {
    return stopping || !questions.empty() ||
           std::ranges::any_of(boxes, [](const Box& box) { return box.outcome.has_value(); });
}

bool Runner::State::turn(std::unique_lock<std::mutex>& lock) {
    const auto asked = std::exchange(questions, {});
    std::array<std::optional<Outcome>, kLanes.size()> outcomes;
    for (std::size_t i = 0; i < boxes.size(); ++i)
        outcomes[i].swap(boxes[i].outcome);
    lock.unlock();

    const auto [now, moved] = clock_watch.look();
    if (moved != Milliseconds(0)) engine.clock_moved(moved);
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        if (outcomes[i]) engine.received(kLanes[i], std::move(*outcomes[i]), now);
    }
    for (const auto& question : asked)
        engine.ask(question, now);
    engine.tick(now);
    std::array<std::optional<HttpRequest>, kLanes.size()> requests;
    for (std::size_t i = 0; i < requests.size(); ++i) {
        requests[i] = engine.take_request(kLanes[i], now);
    }
    auto said = engine.take_answers();
    auto status_now = engine.status();
    const auto& town_now = engine.facts().town;
    const Instant time_now = engine.time(now);
    const auto passed_now = clock.steady();

    lock.lock();
    time = time_now;
    time_passed = passed_now;
    const bool changed = !said.empty() || status_now != status || town_now != town ||
                         !same_words(words, engine.facts());
    std::ranges::move(said, std::back_inserter(answers));
    status = std::move(status_now);
    if (town_now != town) town = town_now;
    if (!same_words(words, engine.facts())) words = words_in(engine.facts());
    for (std::size_t i = 0; i < requests.size(); ++i) {
        if (requests[i]) boxes[i].request = std::move(requests[i]);
    }
    lanes_wake.notify_all();
    return changed;
}

void Runner::State::run_engine() {
    name_this_thread("journal");
    std::unique_lock lock(mutex);
    while (!stopping) {
        heart.beat();
        if (turn(lock)) {
            lock.unlock();
            wake();
            lock.lock();
        }
        const Milliseconds pause =
            std::clamp(Milliseconds(engine.wake_at() - clock.now()), Milliseconds(1), kSleepMax);
        engine_wakes.wait_for(lock, pause, [&] { return something_came(); });
    }
    // What was asked last, as that a slip has just come out, is kept before the thread ends.
    if (!questions.empty()) turn(lock);
}

Runner::Runner(Engine engine, std::vector<std::unique_ptr<Network>> networks, Clock& clock,
               std::function<void()> wake)
    : state_(
          std::make_unique<State>(std::move(engine), std::move(networks), clock, std::move(wake))) {
    MADO_CHECK(state_->networks.size() == kLanes.size());
    for (std::size_t i = 0; i < kLanes.size(); ++i) {
        state_->threads.emplace_back([state = state_.get(), i] { state->run_lane(i); });
    }
    state_->threads.emplace_back([state = state_.get()] { state->run_engine(); });
}

Runner::~Runner() {
    {
        const std::lock_guard lock(state_->mutex);
        state_->stopping = true;
    }
    for (auto& network : state_->networks)
        network->cut();
    state_->engine_wakes.notify_all();
    state_->lanes_wake.notify_all();
    for (auto& thread : state_->threads)
        thread.join();
}

void Runner::ask(DeskQuestion question) {
    const std::lock_guard lock(state_->mutex);
    state_->questions.push_back(std::move(question));
    state_->engine_wakes.notify_one();
}

std::vector<DeskAnswer> Runner::take_answers() {
    const std::lock_guard lock(state_->mutex);
    return std::exchange(state_->answers, {});
}

Status Runner::status() const {
    const std::lock_guard lock(state_->mutex);
    return state_->status;
}

Instant Runner::now() const {
    const std::lock_guard lock(state_->mutex);
    const auto since = state_->clock.steady() - state_->time_passed;
    return state_->time + std::chrono::floor<Milliseconds>(since);
}

std::optional<Town> Runner::town() const {
    const std::lock_guard lock(state_->mutex);
    return state_->town;
}

TownWords Runner::words() const {
    const std::lock_guard lock(state_->mutex);
    return state_->words;
}

const Heart& Runner::heart() const {
    return state_->heart;
}

}  // namespace mado::device

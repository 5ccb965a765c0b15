#include "shared/platform/watchdog.h"

#include "shared/platform/thread_name.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>

#include <systemd/sd-daemon.h>

namespace mado {

namespace {

// A look in four misses no kick when one comes late, and systemd asks for one in two.
constexpr int kLooksInPeriod = 4;

// Whether systemd was told; it is not there to hear where the program was started by hand.
bool tell(const std::string& state) {
    return sd_notify(0, state.c_str()) > 0;
}

// How often systemd wants to be kicked; zero where it does not.
std::chrono::microseconds period_asked() {
    std::uint64_t microseconds = 0;
    if (sd_watchdog_enabled(0, &microseconds) <= 0) return {};
    return std::chrono::microseconds(microseconds);
}

std::string status_of(const std::vector<std::string>& late) {
    if (late.empty()) return "STATUS=running";
    std::string status = "STATUS=late:";
    for (const auto& name : late)
        status += " " + name;
    return status;
}

}  // namespace

// ── the judge ──

std::vector<std::string> WatchdogJudge::late(const Beats& beats, Time now) {
    std::vector<std::string> late;
    std::map<std::string, Advance> seen;
    for (const auto& [name, count] : beats) {
        const auto before = seen_.find(name);
        const bool stands = before != seen_.end() && before->second.beats == count;
        const Time at = stands ? before->second.at : now;
        if (now - at >= patience_) late.push_back(name);
        seen.emplace(name, Advance{count, at});
    }
    seen_ = std::move(seen);
    return late;
}

// ── the watchdog ──

struct Watchdog::State {
    explicit State(std::chrono::milliseconds patience) : judge(patience) {}

    struct Loop {
        const Heart* heart;
        std::function<void()> when_late;
    };

    std::mutex mutex;  // guards all that follows, and is held while `when_late` runs
    std::condition_variable changed;
    std::map<std::string, Loop> loops;
    WatchdogJudge judge;
    std::vector<std::string> late;
    bool ready = false;
    bool stopping = false;
    bool over = false;

    std::thread looking;

    void look_every(std::chrono::microseconds pause);
    void look();
};

void Watchdog::State::look_every(std::chrono::microseconds pause) {
    name_this_thread("watchdog");
    std::unique_lock lock(mutex);
    do {
        look();
    } while (!changed.wait_for(lock, pause, [&] { return over; }));
}

void Watchdog::State::look() {
    if (stopping) {
        tell("WATCHDOG=1");
        return;
    }
    WatchdogJudge::Beats beats;
    for (const auto& [name, loop] : loops)
        beats.emplace(name, loop.heart->beats());
    const auto late_before =
        std::exchange(late, judge.late(beats, std::chrono::steady_clock::now()));
    // Said before anything is tried: it is what `systemctl status` shows of a program that was
    // aborted.
    if (late != late_before) tell(status_of(late));
    if (late.empty()) tell("WATCHDOG=1");
    for (const auto& name : late) {
        if (!std::ranges::count(late_before, name)) loops.at(name).when_late();
    }
}

Watchdog::Watchdog(std::chrono::milliseconds patience) : state_(std::make_unique<State>(patience)) {
    const auto period = period_asked();
    if (period.count() == 0 || !tell("STATUS=starting")) return;
    state_->looking =
        std::thread([state = state_.get(), period] { state->look_every(period / kLooksInPeriod); });
}

Watchdog::~Watchdog() {
    {
        const std::lock_guard lock(state_->mutex);
        state_->over = true;
    }
    state_->changed.notify_all();
    if (state_->looking.joinable()) state_->looking.join();
}

Watchdog::Watch Watchdog::watch(const std::string& name, const Heart& heart,
                                std::function<void()> when_late) {
    const std::lock_guard lock(state_->mutex);
    state_->loops.insert_or_assign(name, State::Loop{&heart, std::move(when_late)});
    return Watch([state = state_.get(), name] {
        const std::lock_guard ending(state->mutex);
        state->loops.erase(name);
    });
}

void Watchdog::ready() {
    const std::lock_guard lock(state_->mutex);
    if (!std::exchange(state_->ready, true)) tell("READY=1");
}

void Watchdog::stopping() {
    const std::lock_guard lock(state_->mutex);
    state_->stopping = true;
    tell("STOPPING=1");
}

}  // namespace mado

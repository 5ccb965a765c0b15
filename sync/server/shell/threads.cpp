#include "sync/server/shell/threads.h"

#include <algorithm>

namespace mado::server {

namespace {

// How long a commit of another process may go unnoticed.
constexpr auto kLook = std::chrono::milliseconds(250);
// With many devices and many commits, answering polls takes at most a tenth of a core, and no poll
// waits longer than this for the next round.
constexpr int kRestForEachWork = 9;
constexpr auto kRestMax = std::chrono::milliseconds(500);

}  // namespace

Background::Background(std::size_t waiting_max) : waiting_max_(waiting_max) {
    thread_ = std::thread([this] { work(); });
}

Background::~Background() {
    stop();
}

bool Background::run(std::function<void()> work) {
    const std::lock_guard lock(mutex_);
    if (stopping_ || waiting_.size() >= waiting_max_) return false;
    waiting_.push_back(std::move(work));
    came_.notify_one();
    return true;
}

void Background::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        came_.notify_one();
    }
    if (thread_.joinable()) thread_.join();
}

void Background::work() {
    std::unique_lock lock(mutex_);
    for (;;) {
        came_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
        if (waiting_.empty()) return;
        const auto piece = std::move(waiting_.front());
        waiting_.pop_front();
        lock.unlock();
        piece();
        lock.lock();
    }
}

FeedWatch::FeedWatch(Routes& routes, std::unique_ptr<Reads> reads,
                     std::function<void(const IoError&)> notice)
    : routes_(routes), reads_(std::move(reads)), notice_(std::move(notice)) {
    thread_ = std::thread([this] { watch(); });
}

FeedWatch::~FeedWatch() {
    stop();
}

void FeedWatch::committed() {
    const std::lock_guard lock(mutex_);
    committed_ = true;
    came_.notify_one();
}

void FeedWatch::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        came_.notify_one();
    }
    if (thread_.joinable()) thread_.join();
}

bool FeedWatch::wait(std::chrono::milliseconds pause) {
    std::unique_lock lock(mutex_);
    came_.wait_for(lock, pause, [this] { return committed_ || stopping_; });
    committed_ = false;
    return !stopping_;
}

bool FeedWatch::version_moved() {
    const auto version = reads_->data_version();
    if (!version.ok()) {
        notice_(version.error());
        return true;
    }
    if (*version == version_) return false;
    version_ = *version;
    return true;
}

void FeedWatch::watch() {
    using Steady = std::chrono::steady_clock;
    while (wait(kLook)) {
        const auto begun = Steady::now();
        if (version_moved()) {
            const auto moved = routes_.feed_moved();
            if (!moved.ok()) notice_(moved.error());
        }
        routes_.end_overdue();
        const auto rest = std::chrono::duration_cast<std::chrono::milliseconds>(
            (Steady::now() - begun) * kRestForEachWork);
        std::unique_lock lock(mutex_);
        came_.wait_for(lock, std::min<std::chrono::milliseconds>(rest, kRestMax),
                       [this] { return stopping_; });
    }
}

}  // namespace mado::server

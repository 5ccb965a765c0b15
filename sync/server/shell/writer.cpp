#include "sync/server/shell/writer.h"

#include "sync/server/booking/execute.h"

#include <chrono>

namespace mado::server {

namespace {

// The queue waits by a clock that nobody can set.
Instant steady_now() {
    return Instant(std::chrono::duration_cast<Milliseconds>(
        std::chrono::steady_clock::now().time_since_epoch()));
}

}  // namespace

Writer::Writer(std::unique_ptr<Store> store, QueueLimits limits, Clock& clock, WriterHooks hooks)
    : store_(std::move(store)), clock_(clock), hooks_(std::move(hooks)), queue_(limits) {
    thread_ = std::thread([this] { run(); });
}

Writer::~Writer() {
    stop();
}

bool Writer::submit(Command command, CommandQueue::Done done) {
    const std::lock_guard lock(mutex_);
    if (stopping_) return false;
    const auto due_before = queue_.due();
    if (!queue_.push(std::move(command), std::move(done), steady_now())) return false;
    // The thread needs to hear of it only where that changes when it should look.
    if (queue_.due() != due_before) came_.notify_one();
    return true;
}

void Writer::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        came_.notify_one();
    }
    if (thread_.joinable()) thread_.join();
}

void Writer::run() {
    std::unique_lock lock(mutex_);
    for (;;) {
        CommandQueue::Batch batch = stopping_ ? queue_.take_all() : queue_.take(steady_now());
        if (!batch.empty()) {
            lock.unlock();
            carry_out(std::move(batch));
            lock.lock();
            continue;
        }
        if (stopping_) return;
        const auto due = queue_.due();
        if (due) {
            came_.wait_for(lock, *due - steady_now());
        } else {
            came_.wait(lock);
        }
    }
}

void Writer::carry_out(CommandQueue::Batch batch) {
    auto outcomes = execute(*store_, batch.commands, HoldingPolicy{}, clock_.now());
    const IoError* error = nullptr;
    for (const Outcome& outcome : outcomes) {
        if (const auto* failed = std::get_if<IoError>(&outcome)) error = failed;
    }
    healthy_ = error == nullptr;
    if (error != nullptr) hooks_.failed(*error);
    batch.settle(std::move(outcomes));
    hooks_.committed();
}

}  // namespace mado::server

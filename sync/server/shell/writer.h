#pragma once

// The one thread that writes: it owns the store and carries out what waits in the command queue,
// many commands in one transaction.

#include "shared/ports/clock.h"
#include "sync/server/booking/command_queue.h"
#include "sync/server/store/store.h"

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

namespace mado::server {

struct WriterHooks {
    std::function<void()> committed;             // something may have been committed
    std::function<void(const IoError&)> failed;  // a command could not be carried out
};

class Writer {
  public:
    // `clock` and what the hooks touch outlive the writer.
    Writer(std::unique_ptr<Store> store, QueueLimits limits, Clock& clock, WriterHooks hooks);
    // As stop().
    ~Writer();

    // From any thread. `done` is called on the writer's thread. False where too many wait, or after
    // a stop.
    bool submit(Command command, CommandQueue::Done done);

    // Carries out all that waits, and ends. Everything submitted before has its outcome then.
    void stop();

    // False from a commit that failed until one that succeeds.
    bool healthy() const { return healthy_; }

  private:
    void run();
    void carry_out(CommandQueue::Batch batch);

    std::unique_ptr<Store> store_;
    Clock& clock_;
    WriterHooks hooks_;
    std::atomic<bool> healthy_{true};
    std::mutex mutex_;
    std::condition_variable came_;
    CommandQueue queue_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace mado::server

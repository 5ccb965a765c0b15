#pragma once

// The queue in front of a municipality's store: commands wait for each other a moment and then
// share one transaction (group commit).
//
// Pure: the time is passed in, and there is no thread or timer inside. A shell with several threads
// guards push(), due() and take() with one lock, and calls execute() on what it took outside of it:
//
//   { lock; batch = queue.take(now); }
//   queue's thread: outcomes = execute(store, batch.commands, policy, now); batch.settle(outcomes);

#include "sync/server/booking/commands.h"

#include <deque>
#include <functional>
#include <optional>
#include <vector>

namespace mado::server {

struct QueueLimits {
    std::size_t batch_max = 100;       // commands in one transaction
    std::size_t events_max = 2000;     // and pushed events or imported rows
    Milliseconds wait_max{5};          // how long the first of a batch waits for others
    std::size_t waiting_max = 10'000;  // beyond it: Overloaded
};

class CommandQueue {
  public:
    // Called once, on the thread that settles the batch.
    using Done = std::function<void(Outcome)>;

    struct Batch {
        std::vector<Command> commands;
        std::vector<Done> done;

        bool empty() const { return commands.empty(); }
        void settle(std::vector<Outcome> outcomes);
    };

    explicit CommandQueue(QueueLimits limits) : limits_(limits) {}

    // False where too many are waiting: then `done` has not been and will not be called.
    [[nodiscard]] bool push(Command command, Done done, Instant now);

    // When take() should be called; no value while nothing waits. At once when half as many wait as
    // came together last time: while these are committed the others come, so that the disk and
    // those who read and answer work at the same time and not in turns.
    std::optional<Instant> due() const;
    // The next batch, in the order of arrival; empty before due().
    Batch take(Instant now);
    // All that waits, a batch at a time, due or not: for stopping.
    Batch take_all();

    std::size_t waiting() const { return waiting_.size(); }

  private:
    struct Waiting {
        Command command;
        Done done;
        Instant since;
    };

    Batch cut();

    QueueLimits limits_;
    std::deque<Waiting> waiting_;
    std::size_t last_batch_ = 1;
};

}  // namespace mado::server

#include "sync/server/booking/command_queue.h"

#include "shared/base/check.h"

#include <algorithm>

namespace mado::server {

namespace {

// What a command costs its batch: the rows that it carries.
std::size_t weight_of(const Command& command) {
    if (const auto* push = std::get_if<IngestEvents>(&command)) return push->events.size();
    if (const auto* wish = std::get_if<RaiseLeases>(&command)) return wish->wishes.size();
    if (const auto* rows = std::get_if<PutResidents>(&command)) return rows->residents.size();
    if (const auto* rows = std::get_if<PutResults>(&command)) return rows->results.size();
    if (const auto* rows = std::get_if<PutSlots>(&command)) return rows->slots.size();
    return 1;
}

}  // namespace

void CommandQueue::Batch::settle(std::vector<Outcome> outcomes) {
    MADO_CHECK(outcomes.size() == done.size());
    for (std::size_t i = 0; i < done.size(); ++i)
        done[i](std::move(outcomes[i]));
}

bool CommandQueue::push(Command command, Done done, Instant now) {
    if (waiting_.size() >= limits_.waiting_max) return false;
    waiting_.push_back({std::move(command), std::move(done), now});
    return true;
}

std::optional<Instant> CommandQueue::due() const {
    if (waiting_.empty()) return {};
    const Instant first = waiting_.front().since;
    const bool half_are_here = waiting_.size() >= (last_batch_ + 1) / 2;
    return half_are_here ? first : first + limits_.wait_max;
}

CommandQueue::Batch CommandQueue::take(Instant now) {
    const auto when = due();
    // A clock that jumped back must not let anybody wait for it.
    const bool jumped = when && now < waiting_.front().since;
    if (!when || (now < *when && !jumped)) return {};
    Batch batch = cut();
    last_batch_ = std::max<std::size_t>(1, batch.commands.size());
    return batch;
}

CommandQueue::Batch CommandQueue::take_all() {
    return cut();
}

CommandQueue::Batch CommandQueue::cut() {
    Batch batch;
    std::size_t weight = 0;
    while (!waiting_.empty() && batch.commands.size() < limits_.batch_max) {
        weight += weight_of(waiting_.front().command);
        if (weight > limits_.events_max && !batch.empty()) break;
        batch.commands.push_back(std::move(waiting_.front().command));
        batch.done.push_back(std::move(waiting_.front().done));
        waiting_.pop_front();
    }
    return batch;
}

}  // namespace mado::server

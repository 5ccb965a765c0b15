#pragma once

// A bound on what may never come back: a driver that hangs, a disk that retries for ever.

#include <chrono>
#include <functional>
#include <future>
#include <optional>
#include <thread>
#include <utility>

namespace mado::kiosk {

// Does `work` on a thread of its own and waits for at most `limit`. No value: it is not done; its
// thread goes on until the program ends, so `work` owns all that it uses, and the program must end
// by std::_Exit: nothing may be taken apart under it.
template <class T>
std::optional<T> within(std::chrono::milliseconds limit, std::function<T()> work) {
    std::packaged_task<T()> task(std::move(work));
    auto done = task.get_future();
    std::thread(std::move(task)).detach();
    if (done.wait_for(limit) != std::future_status::ready) return {};
    return done.get();
}

}  // namespace mado::kiosk

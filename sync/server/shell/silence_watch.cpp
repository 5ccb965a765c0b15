#include "sync/server/shell/silence_watch.h"

#include <fmt/format.h>

namespace mado::server {

namespace {

// An hour is told to within this.
constexpr auto kLook = std::chrono::seconds(10);

}  // namespace

std::string describe(const SilentDevice& device) {
    const std::string silent = "has been silent since " + to_text(device.since);
    if (device.held.empty()) return silent + "; it holds no seats";
    const Slot& first = device.held.front().slot;
    return fmt::format("{}; it holds {} seats, the first for {} {} in venue {} (slot {})", silent,
                       device.seats(), to_text(first.date), to_text(first.starts),
                       first.venue.text(), first.id.text());
}

SilenceWatch::SilenceWatch(std::unique_ptr<Reads> reads, Clock& clock, SilenceHooks hooks)
    : reads_(std::move(reads)), clock_(clock), hooks_(std::move(hooks)) {
    thread_ = std::thread([this] { watch(); });
}

SilenceWatch::~SilenceWatch() {
    stop();
}

void SilenceWatch::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        came_.notify_one();
    }
    if (thread_.joinable()) thread_.join();
}

void SilenceWatch::watch() {
    do {
        look();
    } while (wait());
}

bool SilenceWatch::wait() {
    std::unique_lock lock(mutex_);
    came_.wait_for(lock, kLook, [this] { return stopping_; });
    return !stopping_;
}

void SilenceWatch::look() {
    auto now = read_silent_devices(*reads_, clock_.now());
    if (!now.ok()) return hooks_.failed(now.error());
    const SilenceTurns turns = turns_between(silent_, *now);
    for (const SilentDevice& device : turns.begun)
        hooks_.began(device);
    for (const DeviceId device : turns.ended)
        hooks_.ended(device);
    silent_ = std::move(now).value();
    hooks_.count(silent_.size());
}

}  // namespace mado::server

#pragma once

// The thread of a running server that looks for silent devices: a line in the log when a silence
// begins and one when it ends, and the number of them for those who watch over the server.

#include "shared/ports/clock.h"
#include "sync/server/booking/silence.h"

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace mado::server {

// "has been silent since …; it holds 6 seats, the first for 2021-07-05 09:00 in venue 1 (slot 5)".
std::string describe(const SilentDevice& device);

struct SilenceHooks {
    std::function<void(const SilentDevice&)> began;
    std::function<void(DeviceId)> ended;
    std::function<void(std::size_t)> count;  // after each look
    std::function<void(const IoError&)> failed;
};

class SilenceWatch {
  public:
    // `clock` and what the hooks touch outlive it.
    SilenceWatch(std::unique_ptr<Reads> reads, Clock& clock, SilenceHooks hooks);
    ~SilenceWatch();

    void stop();

  private:
    void watch();
    void look();
    // False at the end.
    bool wait();

    std::unique_ptr<Reads> reads_;
    Clock& clock_;
    SilenceHooks hooks_;
    std::vector<SilentDevice> silent_;
    std::mutex mutex_;
    std::condition_variable came_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace mado::server

#pragma once

// The server's other threads: one for work that takes long, one that watches the feed.

#include "sync/server/api/routes.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

namespace mado::server {

// Runs pieces of work one after the other.
class Background {
  public:
    explicit Background(std::size_t waiting_max);
    ~Background();

    // False where too much waits, or after a stop.
    bool run(std::function<void()> work);
    // Finishes what was taken, and ends.
    void stop();

  private:
    void work();

    std::size_t waiting_max_;
    std::mutex mutex_;
    std::condition_variable came_;
    std::deque<std::function<void()>> waiting_;
    bool stopping_ = false;
    std::thread thread_;
};

// Wakes the long polls: at once when this server has committed, within a quarter of a second when
// another process has (an import by the command line).
class FeedWatch {
  public:
    // `routes` outlives it; `notice` gets what went wrong.
    FeedWatch(Routes& routes, std::unique_ptr<Reads> reads,
              std::function<void(const IoError&)> notice);
    ~FeedWatch();

    // From any thread.
    void committed();
    void stop();

  private:
    void watch();
    // Waits until something was committed, or for `pause`; false at the end.
    bool wait(std::chrono::milliseconds pause);
    bool version_moved();

    Routes& routes_;
    std::unique_ptr<Reads> reads_;
    std::function<void(const IoError&)> notice_;
    std::int64_t version_ = -1;
    std::mutex mutex_;
    std::condition_variable came_;
    bool committed_ = false;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace mado::server

#pragma once

// The watchdog: systemd is told that the program lives only while each of its loops goes round.
//
// A program whose screen stands still is as dead as one that has ended, but nothing restarts it. So
// each loop has a heart that it beats every time round, a resting loop too, and a small thread
// looks at the hearts. While all of them have advanced it kicks systemd; when one has not, it does
// not, and systemd aborts the program and starts it again (packaging/systemd holds the times). What
// a program can try before that, it does when it is told that a loop is late.
//
//   Watchdog watchdog(kPatience);
//   const auto watch = watchdog.watch("camera", camera.heart(), [&] { camera.reopen(); });
//   watchdog.ready();
//
// Where no systemd asks ($NOTIFY_SOCKET, $WATCHDOG_USEC), nothing is looked at and nothing is said.

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace mado {

// One loop's count of its rounds. Beats from any thread, without a lock.
class Heart {
  public:
    void beat() { beats_.fetch_add(1, std::memory_order_relaxed); }
    std::uint64_t beats() const { return beats_.load(std::memory_order_relaxed); }

  private:
    std::atomic<std::uint64_t> beats_{0};
};

// Which loops are late, apart from threads and clocks.
class WatchdogJudge {
  public:
    using Time = std::chrono::steady_clock::time_point;
    using Beats = std::map<std::string, std::uint64_t>;  // by the loop's name

    explicit WatchdogJudge(std::chrono::milliseconds patience) : patience_(patience) {}

    // Takes what all hearts have counted at `now`, and names the loops whose count has not changed
    // for `patience`. A loop that was not there at the last look has just advanced.
    std::vector<std::string> late(const Beats& beats, Time now);

  private:
    struct Advance {
        std::uint64_t beats;
        Time at;
    };

    std::chrono::milliseconds patience_;
    std::map<std::string, Advance> seen_;
};

class Watchdog {
  public:
    // Ends the watching of one loop. The heart and the watchdog outlive it.
    class [[nodiscard]] Watch {
      public:
        explicit Watch(std::function<void()> end) : end_(std::move(end)) {}
        Watch(Watch&& other) noexcept : end_(std::exchange(other.end_, nullptr)) {}
        Watch& operator=(Watch&&) = delete;
        ~Watch() {
            if (end_) end_();
        }

      private:
        std::function<void()> end_;
    };

    // `patience`: how long a heart may rest. systemd's own period comes on top of it.
    explicit Watchdog(std::chrono::milliseconds patience);
    ~Watchdog();
    Watchdog(const Watchdog&) = delete;
    Watchdog& operator=(const Watchdog&) = delete;

    // From now on a kick needs this loop too. `when_late` is called each time the loop becomes
    // late, from the watchdog's thread; it must neither wait for the loop nor call the watchdog.
    // When the Watch is gone it is called no more.
    Watch watch(const std::string& name, const Heart& heart, std::function<void()> when_late);

    // The program does its work: said once, however often it is called.
    void ready();
    // The program ends by itself. From now on it is kicked whatever the loops do: how long an end
    // may take is for systemd to say (TimeoutStopSec).
    void stopping();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace mado

#pragma once

// Who calls, by network address: nobody takes all the places at a door, and nobody asks without
// pause. An IPv6 caller is known by its network (/64), since one machine has all of its addresses.

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>

namespace mado::server {

// The address of a caller: IPv4 in the first four bytes, IPv6 by its first eight.
using CallerAddress = std::array<std::uint8_t, 8>;

struct CallerLimits {
    std::size_t connections_max = 512;  // a town hall's devices may share one address
    int requests_a_second = 50;
    int requests_at_once = 500;  // so many before it is looked at how fast they come
};

class Callers {
  public:
    using Moment = std::chrono::steady_clock::time_point;

    explicit Callers(CallerLimits limits) : limits_(limits) {}

    // Counts a connection, and says whether there may be one more; who enters leaves.
    bool enter(const CallerAddress& caller, Moment now);
    void leave(const CallerAddress& caller);
    // Counts a request, and says whether it may come so soon.
    bool may_ask(const CallerAddress& caller, Moment now);

  private:
    struct Caller {
        std::size_t connections = 0;
        // When all that was asked is paid for, at requests_a_second.
        Moment even_at{};
    };

    void forget_idle(Moment now);

    CallerLimits limits_;
    std::mutex mutex_;
    std::map<CallerAddress, Caller> callers_;
};

}  // namespace mado::server

#pragma once

// What connections to one file share while their processes live: SQLite's five levels of lock on
// the file, and the memory and eight locks of its write-ahead log.
//
// Nobody waits here: what cannot be had now is answered with false.

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace mado::tests {

// As SQLite counts them.
enum class LockLevel { None, Shared, Reserved, Pending, Exclusive };

constexpr int kLogLocks = 8;

struct Connections {
    int shared = 0;  // connections at Shared or above
    const void* reserved = nullptr;
    const void* pending = nullptr;
    const void* exclusive = nullptr;

    int memory_users = 0;
    std::vector<std::unique_ptr<std::uint8_t[]>> memory;
    struct LogLock {
        int shared = 0;
        const void* exclusive = nullptr;
    };
    std::array<LogLock, kLogLocks> log_locks;
};

// One connection's part in it. Everything it holds goes when it goes.
class ConnectionLocks {
  public:
    explicit ConnectionLocks(std::shared_ptr<Connections> all) : all_(std::move(all)) {}
    ConnectionLocks(const ConnectionLocks&) = delete;
    ConnectionLocks& operator=(const ConnectionLocks&) = delete;
    ~ConnectionLocks();

    // Where Exclusive cannot be had yet, Pending keeps new readers out.
    bool raise(LockLevel level);
    void lower(LockLevel level);
    bool anybody_reserved() const;

    // Region `index` of the memory, with all before it; nullptr where it is not there and
    // `bytes` is 0.
    bool has_memory(std::size_t index) const { return index < all_->memory.size(); }
    std::uint8_t* memory(std::size_t index, std::size_t bytes);
    void leave_memory();
    bool lock_log(int first, int count, bool exclusive);
    void unlock_log(int first, int count);

  private:
    bool take_pending();

    std::shared_ptr<Connections> all_;
    LockLevel level_ = LockLevel::None;
    bool uses_memory_ = false;
    std::array<bool, kLogLocks> log_shared_{};
};

}  // namespace mado::tests

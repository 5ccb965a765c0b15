#include "tests/simulation/disk_locks.h"

#include "shared/base/check.h"

namespace mado::tests {

ConnectionLocks::~ConnectionLocks() {
    leave_memory();
    lower(LockLevel::None);
}

bool ConnectionLocks::raise(LockLevel level) {
    if (level <= level_) return true;
    if (level == LockLevel::Shared) {
        if (all_->pending != nullptr || all_->exclusive != nullptr) return false;
        ++all_->shared;
    } else if (level == LockLevel::Reserved) {
        MADO_CHECK(level_ == LockLevel::Shared);
        if (all_->reserved != nullptr) return false;
        all_->reserved = this;
    } else {
        if (!take_pending()) return false;
        if (all_->shared > 1) return false;
        all_->exclusive = this;
        level = LockLevel::Exclusive;
    }
    level_ = level;
    return true;
}

bool ConnectionLocks::take_pending() {
    MADO_CHECK(level_ >= LockLevel::Shared);
    if (all_->pending != nullptr && all_->pending != this) return false;
    if (all_->reserved != nullptr && all_->reserved != this) return false;
    all_->pending = this;
    level_ = LockLevel::Pending;
    return true;
}

void ConnectionLocks::lower(LockLevel level) {
    if (level >= level_) return;
    if (all_->reserved == this) all_->reserved = nullptr;
    if (all_->pending == this) all_->pending = nullptr;
    if (all_->exclusive == this) all_->exclusive = nullptr;
    if (level == LockLevel::None) --all_->shared;
    level_ = level;
}

bool ConnectionLocks::anybody_reserved() const {
    return all_->reserved != nullptr || all_->pending != nullptr || all_->exclusive != nullptr;
}

std::uint8_t* ConnectionLocks::memory(std::size_t index, std::size_t bytes) {
    if (!uses_memory_) {
        uses_memory_ = true;
        ++all_->memory_users;
    }
    while (bytes > 0 && !has_memory(index))
        all_->memory.push_back(std::make_unique<std::uint8_t[]>(bytes));
    return has_memory(index) ? all_->memory[index].get() : nullptr;
}

void ConnectionLocks::leave_memory() {
    unlock_log(0, kLogLocks);
    if (!uses_memory_) return;
    uses_memory_ = false;
    // The next to come reads the log anew.
    if (--all_->memory_users == 0) all_->memory.clear();
}

bool ConnectionLocks::lock_log(int first, int count, bool exclusive) {
    MADO_CHECK(first >= 0 && count > 0 && first + count <= kLogLocks);
    for (int i = first; i < first + count; ++i) {
        const auto& lock = all_->log_locks[static_cast<std::size_t>(i)];
        const bool mine = log_shared_[static_cast<std::size_t>(i)];
        if (lock.exclusive != nullptr && lock.exclusive != this) return false;
        if (exclusive && lock.shared > (mine ? 1 : 0)) return false;
    }
    for (int i = first; i < first + count; ++i) {
        auto& lock = all_->log_locks[static_cast<std::size_t>(i)];
        bool& mine = log_shared_[static_cast<std::size_t>(i)];
        if (exclusive) {
            lock.exclusive = this;
        } else if (!mine) {
            mine = true;
            ++lock.shared;
        }
    }
    return true;
}

void ConnectionLocks::unlock_log(int first, int count) {
    for (int i = first; i < first + count; ++i) {
        auto& lock = all_->log_locks[static_cast<std::size_t>(i)];
        bool& mine = log_shared_[static_cast<std::size_t>(i)];
        if (lock.exclusive == this) lock.exclusive = nullptr;
        if (mine) --lock.shared;
        mine = false;
    }
}

}  // namespace mado::tests

#pragma once

// What a fake of a port has in common with the others: it can fail next, or until it is healed.

#include "shared/base/io_error.h"

#include <mutex>
#include <optional>
#include <utility>

namespace mado::tests {

class Failing {
  public:
    void fail_next(IoError error) {
        const std::lock_guard lock(mutex_);
        next_ = std::move(error);
    }
    // Until heal().
    void fail_repeatedly(IoError error) {
        const std::lock_guard lock(mutex_);
        always_ = std::move(error);
    }
    void heal() {
        const std::lock_guard lock(mutex_);
        next_.reset();
        always_.reset();
    }

  protected:
    Failing() = default;
    ~Failing() = default;

    std::optional<IoError> next_error() {
        const std::lock_guard lock(mutex_);
        if (next_) return std::exchange(next_, std::nullopt);
        return always_;
    }

  private:
    std::mutex mutex_;
    std::optional<IoError> next_;
    std::optional<IoError> always_;
};

}  // namespace mado::tests

#pragma once

// A printer that keeps what it printed, and fails when it is told to.

#include "shared/ports/printer.h"

#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace mado::tests {

// May be told from one thread and print on another.
class FakePrinter final : public Printer {
  public:
    Result<void, IoError> print(const Document& document) override {
        const std::lock_guard lock(mutex_);
        if (const auto error = next_error()) return fail(*error);
        documents_.push_back(document);
        return {};
    }

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

    // What came out, oldest first.
    std::vector<Document> documents() const {
        const std::lock_guard lock(mutex_);
        return documents_;
    }

  private:
    std::optional<IoError> next_error() {
        if (next_) return std::exchange(next_, std::nullopt);
        return always_;
    }

    mutable std::mutex mutex_;
    std::vector<Document> documents_;
    std::optional<IoError> next_;
    std::optional<IoError> always_;
};

}  // namespace mado::tests

#pragma once

// A printer that keeps what it printed, and fails when it is told to.

#include "shared/ports/printer.h"
#include "tests/support/failing.h"

#include <mutex>
#include <vector>

namespace mado::tests {

// May be told from one thread and print on another.
class FakePrinter final : public Printer, public Failing {
  public:
    Result<void, IoError> print(const Document& document) override {
        const std::lock_guard lock(mutex_);
        if (const auto error = next_error()) return fail(*error);
        documents_.push_back(document);
        return {};
    }

    // What came out, oldest first.
    std::vector<Document> documents() const {
        const std::lock_guard lock(mutex_);
        return documents_;
    }

  private:
    mutable std::mutex mutex_;
    std::vector<Document> documents_;
};

}  // namespace mado::tests

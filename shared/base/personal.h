#pragma once

// A value that says who a person is: a ticket, a birth date, an answer about health.
//
// It has no `<<`, no format and no JSON, so that it cannot slip into a log. reveal() is called
// where the value must be compared, sealed, sent or shown to its owner, and a lint test counts
// those places.

#include <utility>

namespace mado {

template <class T>
class Personal {
  public:
    explicit Personal(T value) : value_(std::move(value)) {}

    const T& reveal() const { return value_; }

    bool operator==(const Personal&) const = default;

  private:
    T value_;
};

}  // namespace mado

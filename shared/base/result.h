#pragma once

// A value, or an error that says why there is none.
//
// Result<T, E> holds a tl::expected rather than deriving from it, since deriving makes `==`
// ambiguous. MADO_TRY takes the value out or returns the error from the enclosing function; use it
// only as a whole initialiser, statement or condition (inside braces both compilers skip
// destructors when it returns). A coroutine uses MADO_CO_TRY on a value that is already awaited.

#include "shared/base/check.h"

#include <type_traits>
#include <utility>

#include <tl/expected.hpp>

namespace mado {

// What `return fail(error)` makes: converts to a Result of any value.
template <class E>
struct Failure {
    E error;
};

template <class E>
Failure<std::decay_t<E>> fail(E&& error) {
    return {std::forward<E>(error)};
}

template <class T, class E>
class [[nodiscard]] Result {
  public:
    using Value = T;
    using Error = E;

    Result() requires std::is_void_v<T>
    = default;

    template <class U = T>
    requires(!std::is_void_v<T> && std::is_constructible_v<T, U> &&
             !std::is_same_v<std::remove_cvref_t<U>, Result>) Result(U&& value)
        : held_(tl::in_place, std::forward<U>(value)) {}  // NOLINT: meant to convert

    template <class G>
    requires std::is_constructible_v<E, G> Result(Failure<G> failure)  // NOLINT: meant to convert
        : held_(tl::unexpect, std::move(failure.error)) {}

    bool ok() const { return held_.has_value(); }
    explicit operator bool() const { return ok(); }

    // The value; asking where there is none ends the program.
    decltype(auto) value() & {
        MADO_CHECK(ok());
        if constexpr (!std::is_void_v<T>) return (*held_);
    }
    decltype(auto) value() const& {
        MADO_CHECK(ok());
        if constexpr (!std::is_void_v<T>) return (*held_);
    }
    T value() && {
        MADO_CHECK(ok());
        if constexpr (!std::is_void_v<T>) return std::move(*held_);
    }

    auto& operator*() & { return value(); }
    const auto& operator*() const& { return value(); }
    auto* operator->() { return &value(); }
    const auto* operator->() const { return &value(); }

    const E& error() const& {
        MADO_CHECK(!ok());
        return held_.error();
    }
    E error() && {
        MADO_CHECK(!ok());
        return std::move(held_.error());
    }

    template <class U>
    T value_or(U&& otherwise) const& {
        return ok() ? *held_ : static_cast<T>(std::forward<U>(otherwise));
    }

    friend bool operator==(const Result& a, const Result& b) { return a.held_ == b.held_; }

  private:
    tl::expected<T, E> held_;
};

}  // namespace mado

#define MADO_TRY(...)                                                             \
    __extension__({                                                               \
        auto mado_tried = (__VA_ARGS__);                                          \
        if (!mado_tried.ok()) return ::mado::fail(std::move(mado_tried).error()); \
        std::move(mado_tried).value();                                            \
    })

#define MADO_CO_TRY(...)                                                             \
    __extension__({                                                                  \
        auto mado_tried = (__VA_ARGS__);                                             \
        if (!mado_tried.ok()) co_return ::mado::fail(std::move(mado_tried).error()); \
        std::move(mado_tried).value();                                               \
    })

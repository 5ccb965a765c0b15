#pragma once

// A number that names one thing of one kind, so that ids of different kinds do not mix.

#include <compare>
#include <cstdint>
#include <functional>
#include <string>

namespace mado {

template <class Kind>
class Id {
  public:
    constexpr Id() = default;
    constexpr explicit Id(std::int64_t number) : number_(number) {}

    constexpr std::int64_t number() const { return number_; }
    std::string text() const { return std::to_string(number_); }

    constexpr auto operator<=>(const Id&) const = default;

  private:
    std::int64_t number_ = 0;
};

}  // namespace mado

template <class Kind>
struct std::hash<mado::Id<Kind>> {
    std::size_t operator()(mado::Id<Kind> id) const noexcept {
        return std::hash<std::int64_t>()(id.number());
    }
};

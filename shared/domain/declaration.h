#pragma once

// What a person declares when booking, for the staff of the day: that there is an underlying
// condition (never which), and what help is needed (車いす, 付き添い, 耳が不自由).

#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>

namespace mado {

enum class Declared { Condition, Wheelchair, Companion, HardOfHearing };
// All of them, in the order in which they are asked and shown.
inline constexpr std::array kDeclared = {Declared::Condition, Declared::Wheelchair,
                                         Declared::Companion, Declared::HardOfHearing};
// The help that a person may ask for: all but the condition.
inline constexpr std::array kHelp = {Declared::Wheelchair, Declared::Companion,
                                     Declared::HardOfHearing};

// As events, the feed and files call it: "hard-of-hearing".
constexpr std::string_view name_of(Declared item) {
    switch (item) {
        case Declared::Condition:
            return "condition";
        case Declared::Wheelchair:
            return "wheelchair";
        case Declared::Companion:
            return "companion";
        case Declared::HardOfHearing:
            return "hard-of-hearing";
    }
    return "";
}

// Any number of them; empty where there is nothing to declare.
class Declaration {
  public:
    constexpr Declaration() = default;
    constexpr Declaration(std::initializer_list<Declared> items) {
        for (const Declared item : items)
            bits_ |= bit(item);
    }

    constexpr bool has(Declared item) const { return (bits_ & bit(item)) != 0; }
    constexpr bool empty() const { return bits_ == 0; }
    // Declares it, or takes it back.
    constexpr void turn(Declared item) { bits_ ^= bit(item); }

    // For a table's row: bit n is the nth of kDeclared. No value for a bit that is none of them.
    constexpr std::int64_t bits() const { return bits_; }
    static constexpr std::optional<Declaration> from_bits(std::int64_t bits) {
        if (bits < 0 || bits >= std::int64_t{1} << kDeclared.size()) return {};
        Declaration found;
        found.bits_ = bits;
        return found;
    }

    bool operator==(const Declaration&) const = default;

  private:
    static constexpr std::int64_t bit(Declared item) {
        return std::int64_t{1} << static_cast<unsigned>(item);
    }

    std::int64_t bits_ = 0;
};

}  // namespace mado

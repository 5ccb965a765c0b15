#pragma once

// The bytes of signed codes: fixed layouts of integers, highest byte first. Inside the protocol
// only.

#include "shared/base/check.h"
#include "shared/base/instant.h"
#include "shared/base/text.h"
#include "shared/domain/municipality.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace mado::sync::code_bytes {

constexpr Date kDayZero = Date(std::chrono::local_days(std::chrono::year(2000) / 1 / 1));
constexpr std::int64_t kLargestId = 2147483647;

// Days since 2000-01-01 in two bytes; a date outside 2000-01-01 … 2179-06-06 is the nearest that
// fits.
inline std::int64_t days_of(Date date) {
    return std::clamp<std::int64_t>((date - kDayZero).count(), 0, 0xFFFF);
}

inline Date date_of_days(std::int64_t days) {
    return kDayZero + std::chrono::days(days);
}

inline void append(Bytes& out, std::int64_t number, std::size_t bytes) {
    for (std::size_t i = 0; i < bytes; ++i) {
        out.push_back(
            static_cast<std::uint8_t>(static_cast<std::uint64_t>(number) >> (8 * (bytes - 1 - i))));
    }
}

template <class Range>
void append(Bytes& out, const Range& range) {
    out.insert(out.end(), range.begin(), range.end());
}

inline void append(Bytes& out, const MunicipalityCode& municipality) {
    const auto number = parse_digits(municipality.digits());
    MADO_CHECK(number.has_value());
    append(out, *number, 3);
}

// Takes a code apart from its beginning; who asks knows that there are enough bytes.
class Cutter {
  public:
    explicit Cutter(std::span<const std::uint8_t> bytes) : left_(bytes) {}

    std::int64_t number(std::size_t bytes) {
        std::uint64_t value = 0;
        for (const auto byte : cut(bytes))
            value = value << 8 | byte;
        return static_cast<std::int64_t>(value);
    }

    std::size_t left() const { return left_.size(); }

    template <std::size_t Count>
    std::array<std::uint8_t, Count> array() {
        std::array<std::uint8_t, Count> taken{};
        std::ranges::copy(cut(Count), taken.begin());
        return taken;
    }

  private:
    std::span<const std::uint8_t> cut(std::size_t bytes) {
        const auto taken = left_.first(bytes);
        left_ = left_.subspan(bytes);
        return taken;
    }

    std::span<const std::uint8_t> left_;
};

inline bool is_id(std::int64_t number, std::int64_t least) {
    return number >= least && number <= kLargestId;
}

inline std::optional<MunicipalityCode> municipality_of(std::int64_t number) {
    std::string digits = std::to_string(number);
    if (digits.size() > 6) return {};
    digits.insert(0, 6 - digits.size(), '0');
    const auto code = MunicipalityCode::parse(digits);
    if (!code) return {};
    return *code;
}

}  // namespace mado::sync::code_bytes

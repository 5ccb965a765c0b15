#pragma once

// A call for staff: somebody at a device wants a person of the town's to come.
//
// It is named by the event that began it. It waits until somebody of the staff answers it, or the
// person goes on or leaves; and after half an hour nobody stands there any more, whatever was heard
// of it since: a device that was cut off in between sends its calls late.

#include "shared/base/instant.h"
#include "shared/domain/ids.h"

#include <chrono>
#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace mado {

struct CallId {
    DeviceId device;
    EventNumber number;

    // "3-127": for staff who answer it by hand.
    std::string text() const;
    static std::optional<CallId> parse(std::string_view text);

    auto operator<=>(const CallId&) const = default;
};

struct CallAnswer {
    std::string by;  // who comes, as staff named themselves
    Instant at{};

    bool operator==(const CallAnswer&) const = default;
};

constexpr std::chrono::minutes kCallLife{30};

struct Call {
    CallId id;
    std::optional<VenueId> venue;  // where the device stands
    Instant since{};
    std::optional<CallAnswer> answer = {};
    std::optional<Instant> ended = {};  // the person went on or left

    // Somebody may stand there and want a person.
    bool is_live(Instant now) const { return !ended && now < since + kCallLife; }
    bool waits(Instant now) const { return is_live(now) && !answer; }

    bool operator==(const Call&) const = default;
};

}  // namespace mado

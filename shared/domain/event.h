#pragma once

// Events: what a device has decided, numbered, chained and never changed.
//
// An event's body is an opaque string that is stored, hashed and sent byte for byte. Its hash is
// SHA-256(previous, device, number, body), each length-prefixed (device and number as eight bytes,
// highest first). Every body holds 16 random bytes, so that a stored hash tells nothing about a
// person.

#include "shared/base/sha256.h"
#include "shared/domain/application.h"
#include "shared/domain/booking.h"
#include "shared/domain/ids.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>

namespace mado {

using Nonce = std::array<std::uint8_t, 16>;

// The hash before the first event of every device: all zero.
constexpr Digest kChainStart{};

struct Envelope {
    DeviceId device;
    EventNumber number;
    Digest previous = kChainStart;
    std::string body;

    Digest hash() const;

    bool operator==(const Envelope&) const = default;
};

// clang-format off

// The first event after a program's start; two copies of one disk differ here.
struct Started       { bool operator==(const Started&) const = default; };
// A seat was sold from the lease. `used` is the lease's counter after it. `instead_of`: a change;
// the person wishes that booking to end, and this one stands whatever becomes of the wish.
// `kept_used`: as `used`, of the seats for later doses alone. `record`: the dose before was known
// by this dose record alone (its statement, dose_paper.h).
struct Booked        { Booking booking; std::int64_t used = 0; std::optional<SeenBooking> instead_of = {}; std::int64_t kept_used = 0; std::optional<std::string> record = {}; bool operator==(const Booked&) const = default; };
// A person wished a booking to end.
struct CancelWished  { SeenBooking booking; PersonId person; bool operator==(const CancelWished&) const = default; };
// A person applied for a place, which takes no seat.
struct Applied       { Application application; bool operator==(const Applied&) const = default; };
// A person took their application back.
struct ApplicationWithdrawn { ApplicationId application; PersonId person; bool operator==(const ApplicationWithdrawn&) const = default; };
// The slip of a booking came out of the printer, or did not.
struct SlipPrinted   { BookingId booking; bool printed = false; bool operator==(const SlipPrinted&) const = default; };
// Seats given back. `used` and `kept_used` are the lease's counters after it.
struct SeatsReturned { SlotId slot; std::int64_t used = 0; std::int64_t kept_used = 0; bool operator==(const SeatsReturned&) const = default; };

// Somebody called for staff; the call is named by this event (call.h).
struct StaffCalled   { bool operator==(const StaffCalled&) const = default; };
// And went on or left. `call`: the number of the StaffCalled.
struct StaffCallEnded { EventNumber call; bool operator==(const StaffCallEnded&) const = default; };

// clang-format on

using EventBody = std::variant<Started, Booked, CancelWished, Applied, ApplicationWithdrawn,
                               SlipPrinted, SeatsReturned, StaffCalled, StaffCallEnded>;

// An event as it means, apart from how it is written.
struct Event {
    Instant decided_at;  // by the device's clock
    Nonce nonce{};       // Started: this run's 128 random bits
    EventBody body;

    bool operator==(const Event&) const = default;
};

// How far the server had a device's chain, counter-signed with the town's key. The server keeps the
// last one beside the chain, so that nobody can write the chain anew, and the device keeps it too,
// so that nobody can cut it.
struct SignedHead {
    std::int64_t epoch = 0;
    EventNumber number;
    Digest hash{};
    std::array<std::uint8_t, 64> signature{};

    bool operator==(const SignedHead&) const = default;
};

}  // namespace mado

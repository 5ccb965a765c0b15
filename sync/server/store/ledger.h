#pragma once

// The rows of a store as they stand, for an audit that trusts none of them. Values are what the
// columns hold: nothing is parsed, computed or left out here.

#include "shared/base/io_error.h"
#include "shared/base/result.h"
#include "shared/base/text.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace mado::server {

struct LedgerDevice {
    std::int64_t id = 0;
    std::int64_t events_known = 0;
    Bytes chain_head;
};

// A counter-signed head.
struct LedgerSignature {
    std::int64_t device = 0;
    std::int64_t epoch = 0;
    std::int64_t number = 0;
    Bytes hash;
    Bytes signature;
};

struct LedgerEnvelope {
    std::int64_t device = 0;
    std::int64_t number = 0;
    Bytes hash;
    Bytes previous;
    std::string body;
    bool aside = false;  // kept, not interpreted
};

struct LedgerSlot {
    std::int64_t id = 0;
    std::int64_t target = 0;
    std::int64_t capacity = 0;
    std::int64_t booked = 0;
    std::int64_t held = 0;
    std::int64_t free = 0;
    std::int64_t later = 0;  // of the booked ones: for a dose after the first
    std::int64_t kept = 0;   // of the held ones: for such a dose alone
};

struct LedgerLease {
    std::int64_t device = 0;
    std::int64_t slot = 0;
    std::int64_t granted = 0;
    std::int64_t used = 0;
    std::int64_t taken_back = 0;
    std::int64_t kept = 0;
    std::int64_t kept_used = 0;
};

enum class LedgerBookingState { Expected, Doubled, Cancelled };
struct LedgerBooking {
    std::int64_t device = 0;
    std::int64_t number = 0;
    std::int64_t person = 0;
    std::int64_t dose = 0;
    std::int64_t slot = 0;
    LedgerBookingState state = LedgerBookingState::Expected;
    bool disputed = false;      // it stands on the worklist as doubled
    std::int64_t declared = 0;  // Declaration::bits
    std::int64_t version = 0;
};

// One that is waiting.
struct LedgerApplication {
    std::int64_t device = 0;
    std::int64_t number = 0;
    std::int64_t person = 0;
    std::int64_t dose = 0;
};

struct LedgerDose {
    std::int64_t person = 0;
    std::int64_t number = 0;
    std::int64_t date = 0;        // days since 1970
    std::int64_t birth_date = 0;  // year·10000 + month·100 + day
};

struct Books {
    std::vector<LedgerDevice> devices;
    std::vector<LedgerSignature> signatures;
    std::vector<LedgerSlot> slots;
    std::vector<LedgerLease> leases;
    std::vector<LedgerBooking> bookings;
    std::vector<LedgerApplication> waiting;
    std::int64_t feed_end = 0;
};

class Ledger {
  public:
    virtual ~Ledger() = default;

    // All that `work` reads here is of one committed state.
    virtual Result<void, IoError> at_once(const std::function<Result<void, IoError>()>& work) = 0;
    virtual Result<Books, IoError> books() = 0;
    // Every envelope by device and number; then the same for those beside the chains.
    using TakeEnvelope = std::function<void(const LedgerEnvelope&)>;
    virtual Result<void, IoError> envelopes(const TakeEnvelope& take) = 0;
    virtual Result<void, IoError> strays(const TakeEnvelope& take) = 0;
    // Every dose by person and number, with the person's birth date.
    virtual Result<void, IoError> doses(const std::function<void(const LedgerDose&)>& take) = 0;
    // The feed, its numbers rising; of rows that tell a booking the text too, of others none.
    using TakeFeedRow = std::function<void(std::int64_t number, const std::string& booking)>;
    virtual Result<void, IoError> feed(const TakeFeedRow& take) = 0;
};

}  // namespace mado::server

#pragma once

// Follows the chains of all devices, event by event, and says where one does not hold.

#include "sync/server/records/audit.h"

#include <map>
#include <set>
#include <utility>
#include <vector>

namespace mado::server {

class ChainAudit {
  public:
    // Every envelope by device and number, then take_stray() for each of the others, then end().
    ChainAudit(const Books& books, const sync::PublicKey& town, std::vector<Finding>& findings);

    void take(const LedgerEnvelope& row);
    void take_stray(const LedgerEnvelope& row);
    // Chains that end before their head, bookings without their event, events without their
    // booking.
    void end();

    std::size_t events() const { return events_; }

  private:
    using Key = std::pair<std::int64_t, std::int64_t>;

    void begin_chain(std::int64_t device);
    void end_chain();
    void follow(const LedgerEnvelope& row);
    void compare_with_signature(const LedgerEnvelope& row);
    void check_signatures(const sync::PublicKey& town);
    void check_that_all_are_signed();
    std::int64_t known_of(const LedgerDevice& device) const;
    void note_sale(const LedgerEnvelope& row);
    void note(const char* kind, std::string what, std::int64_t number, std::int64_t upto);

    const Books& books_;
    std::vector<Finding>& findings_;
    std::map<std::int64_t, const LedgerDevice*> devices_;
    std::map<std::int64_t, const LedgerSignature*> signatures_;
    std::set<Key> bookings_;
    std::set<Key> stray_numbers_;
    std::set<std::int64_t> with_events_;
    std::size_t events_ = 0;

    // The chain that is being followed.
    std::int64_t device_ = 0;
    std::int64_t last_ = 0;
    bool last_is_edited_ = false;
    Bytes last_stored_;
    Bytes last_computed_;
};

}  // namespace mado::server

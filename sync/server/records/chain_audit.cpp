#include "sync/server/records/chain_audit.h"

#include "sync/protocol/event_json.h"
#include "sync/protocol/signed_head.h"

#include <algorithm>

namespace mado::server {

namespace {

Bytes bytes_from(const Digest& digest) {
    return {digest.begin(), digest.end()};
}

Bytes start_of_chain() {
    return bytes_from(kChainStart);
}

// The hash that this content must have; empty where the hash before it is no hash at all.
Bytes computed_hash(const LedgerEnvelope& row) {
    Digest previous{};
    if (row.previous.size() != previous.size()) return {};
    std::ranges::copy(row.previous, previous.begin());
    return bytes_from(
        Envelope{DeviceId(row.device), EventNumber(row.number), previous, row.body}.hash());
}

std::string events_text(std::int64_t first, std::int64_t last) {
    if (first == last) return "event " + std::to_string(first);
    return "events " + std::to_string(first) + " to " + std::to_string(last);
}

std::string of_device(std::int64_t device) {
    return " of device " + std::to_string(device);
}

bool is_signed(const LedgerSignature& row, const sync::PublicKey& town) {
    SignedHead head{row.epoch, EventNumber(row.number), {}, {}};
    if (row.hash.size() != head.hash.size()) return false;
    if (row.signature.size() != head.signature.size()) return false;
    std::ranges::copy(row.hash, head.hash.begin());
    std::ranges::copy(row.signature, head.signature.begin());
    return sync::is_signed_by(town, DeviceId(row.device), head);
}

}  // namespace

ChainAudit::ChainAudit(const Books& books, const sync::PublicKey& town,
                       std::vector<Finding>& findings)
    : books_(books), findings_(findings) {
    for (const LedgerDevice& device : books.devices)
        devices_.emplace(device.id, &device);
    for (const LedgerBooking& booking : books.bookings)
        bookings_.emplace(booking.device, booking.number);
    check_signatures(town);
}

void ChainAudit::check_signatures(const sync::PublicKey& town) {
    for (const LedgerSignature& row : books_.signatures) {
        if (is_signed(row, town)) {
            signatures_.emplace(row.device, &row);
        } else {
            findings_.push_back({"signature",
                                 "the signature under " + events_text(row.number, row.number) +
                                     of_device(row.device) + " is not the town's",
                                 row.device, row.number});
        }
    }
}

void ChainAudit::note(const char* kind, std::string what, std::int64_t number, std::int64_t upto) {
    Finding finding{kind, std::move(what), device_, number};
    if (upto != number) finding.upto = upto;
    findings_.push_back(std::move(finding));
}

void ChainAudit::begin_chain(std::int64_t device) {
    device_ = device;
    last_ = 0;
    last_is_edited_ = false;
    last_stored_ = start_of_chain();
    last_computed_ = start_of_chain();
    with_events_.insert(device);
    if (!devices_.contains(device)) {
        findings_.push_back(
            {"no-device", "there are events" + of_device(device) + ", and there is no such device",
             device});
    }
}

void ChainAudit::take(const LedgerEnvelope& row) {
    if (row.device != device_ || last_ == 0) {
        end_chain();
        begin_chain(row.device);
    }
    follow(row);
    note_sale(row);
    ++events_;
}

void ChainAudit::follow(const LedgerEnvelope& row) {
    const bool gap = row.number != last_ + 1;
    if (gap) {
        note("missing", events_text(last_ + 1, row.number - 1) + of_device(device_) + ": missing",
             last_ + 1, row.number - 1);
    }
    const Bytes computed = computed_hash(row);
    const bool edited = computed != row.hash;
    // The next event's hash covers the hash that it carries of this one: where that is another, it
    // is this one that was written anew.
    const bool follows = row.previous == last_stored_ || row.previous == last_computed_;
    if (!gap && !edited && !follows && !last_is_edited_) {
        const std::int64_t number = std::max<std::int64_t>(last_, 1);
        note("edited",
             events_text(number, number) + of_device(device_) + ": not the one that event " +
                 std::to_string(row.number) + " follows",
             number, number);
    }
    if (edited) {
        note("edited",
             events_text(row.number, row.number) + of_device(device_) +
                 ": its content does not have its hash",
             row.number, row.number);
    }
    compare_with_signature(row);
    last_ = row.number;
    last_is_edited_ = edited;
    last_stored_ = row.hash;
    last_computed_ = computed;
}

// The number of events that the device's row and its signature know of.
std::int64_t ChainAudit::known_of(const LedgerDevice& device) const {
    const auto signature = signatures_.find(device.id);
    return signature == signatures_.end()
               ? device.events_known
               : std::max(device.events_known, signature->second->number);
}

// A chain that was written anew holds in itself: only the signature knows another.
void ChainAudit::compare_with_signature(const LedgerEnvelope& row) {
    const auto signature = signatures_.find(row.device);
    if (signature == signatures_.end() || signature->second->number != row.number) return;
    if (signature->second->hash == row.hash) return;
    note("edited",
         "event " + std::to_string(row.number) + of_device(row.device) +
             ", or one before it: not what the town signed",
         row.number, row.number);
}

void ChainAudit::end_chain() {
    if (last_ == 0) return;
    const auto device = devices_.find(device_);
    if (device == devices_.end()) return;
    const std::int64_t known = device->second->events_known;
    if (const std::int64_t had = known_of(*device->second); last_ < had) {
        note("cut", events_text(last_ + 1, had) + of_device(device_) + ": cut off at the end",
             last_ + 1, had);
        return;
    }
    if (last_ > known) {
        note("head",
             events_text(known + 1, last_) + of_device(device_) +
                 ": the device's row knows nothing of it",
             known + 1, last_);
        return;
    }
    const Bytes& head = device->second->chain_head;
    if (head != last_stored_ && (head != last_computed_ || !last_is_edited_)) {
        note("head",
             events_text(last_, last_) + of_device(device_) +
                 ": not the one that the device's row names as its last",
             last_, last_);
    }
}

void ChainAudit::note_sale(const LedgerEnvelope& row) {
    if (row.aside || bookings_.contains({row.device, row.number})) return;
    const auto event = sync::read_event(row.body);
    if (!event || !std::holds_alternative<Booked>(event->body)) return;
    note("no-booking",
         events_text(row.number, row.number) + of_device(device_) +
             ": a sale that was accepted, and its booking is gone",
         row.number, row.number);
}

void ChainAudit::take_stray(const LedgerEnvelope& row) {
    stray_numbers_.emplace(row.device, row.number);
    ++events_;
    if (computed_hash(row) == row.hash) return;
    findings_.push_back({"edited",
                         events_text(row.number, row.number) + of_device(row.device) +
                             ", kept beside the chain: its content does not have its "
                             "hash",
                         row.device, row.number});
}

// The first event of a device is signed as it comes, so a chain without a signature has lost it; or
// it came by a file alone, where the town's key was not at hand.
void ChainAudit::check_that_all_are_signed() {
    const auto is_of = [](const LedgerDevice& device) {
        return [id = device.id](const LedgerSignature& row) { return row.device == id; };
    };
    for (const LedgerDevice& device : books_.devices) {
        const bool is_signed = std::ranges::any_of(books_.signatures, is_of(device));
        if (device.events_known == 0 || is_signed) continue;
        findings_.push_back(
            {"signature",
             "there are events" + of_device(device.id) + ", and no signature of the town under any",
             device.id});
    }
}

void ChainAudit::end() {
    end_chain();
    last_ = 0;
    check_that_all_are_signed();
    for (const LedgerDevice& device : books_.devices) {
        const std::int64_t had = known_of(device);
        if (with_events_.contains(device.id) || had == 0) continue;
        device_ = device.id;
        note("cut", events_text(1, had) + of_device(device.id) + ": cut off, and nothing is left",
             1, had);
    }
    for (const LedgerBooking& booking : books_.bookings) {
        if (booking.device == 0) continue;
        const auto device = devices_.find(booking.device);
        const bool in_chain =
            device != devices_.end() && booking.number <= known_of(*device->second);
        if (in_chain || stray_numbers_.contains({booking.device, booking.number})) continue;
        findings_.push_back({"cut",
                             events_text(booking.number, booking.number) +
                                 of_device(booking.device) +
                                 ": there is its booking, and not the event",
                             booking.device, booking.number});
    }
}

}  // namespace mado::server

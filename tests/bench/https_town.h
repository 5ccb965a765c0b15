#pragma once

// A town for the load generator: devices that are let in, hold seats, and sell them one by one.

#include "shared/base/io_error.h"
#include "shared/base/result.h"
#include "shared/domain/event.h"

#include <filesystem>
#include <string>
#include <vector>

namespace mado::bench {

// What one device of the load sends with: its certificate and key, and how far its journal is.
struct Seller {
    DeviceId device;
    std::string certificate;  // PEM
    std::string key;          // PEM
    EventNumber last;
    Digest head = kChainStart;
    std::int64_t people_used = 0;  // of its own share
};

constexpr int kSlots = 64;
constexpr std::int64_t kSeatsForEachSeller = 500;  // in each slot

// Fills a town that `init` has made: people, slots, devices with leases; and a certificate for
// nginx, by the same authority and with the server's own key. Keeps the sellers in DIR/load.
Result<void, IoError> prepare(const std::filesystem::path& town, int sellers, std::int64_t people);

Result<std::vector<Seller>, IoError> load_sellers(const std::filesystem::path& town);
Result<void, IoError> keep_sellers(const std::filesystem::path& town,
                                   const std::vector<Seller>& sellers);

// The next booking that this seller makes: the body of a push, ready to send. Each is for another
// person, so that nothing of it goes to the worklist.
std::string next_push(Seller& seller, std::size_t index, std::size_t sellers);

}  // namespace mado::bench

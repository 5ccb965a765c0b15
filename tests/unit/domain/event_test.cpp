#include "shared/domain/event.h"

#include <set>

#include <gtest/gtest.h>

namespace mado {
namespace {

Envelope an_envelope() {
    return {DeviceId(3), EventNumber(127), kChainStart, "{\"kind\":\"started\"}"};
}

// The bytes that are hashed, written out by hand: what another implementation would have to do.
TEST(Envelope, IsHashedAsTheContractSays) {
    std::string bytes;
    bytes += std::string(7, '\0') + '\x20' + std::string(32, '\0');
    bytes += std::string(7, '\0') + '\x08' + std::string(7, '\0') + '\x03';
    bytes += std::string(7, '\0') + '\x08' + std::string(7, '\0') + '\x7F';
    bytes += std::string(7, '\0') + '\x12' + "{\"kind\":\"started\"}";
    EXPECT_EQ(an_envelope().hash(), sha256(bytes_of(bytes)));
}

TEST(Envelope, HasAnotherHashWhateverChanges) {
    std::set<Digest> hashes = {an_envelope().hash()};
    Envelope other = an_envelope();
    other.device = DeviceId(4);
    hashes.insert(other.hash());
    other = an_envelope();
    other.number = EventNumber(128);
    hashes.insert(other.hash());
    other = an_envelope();
    other.previous[31] = 1;
    hashes.insert(other.hash());
    other = an_envelope();
    other.body += ' ';
    hashes.insert(other.hash());
    EXPECT_EQ(hashes.size(), 5U);
}

}  // namespace
}  // namespace mado

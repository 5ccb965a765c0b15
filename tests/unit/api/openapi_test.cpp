// The description against the code: every address and method of the table of routes, and the bounds
// of the messages. What a running server answers is held against it by tests/contract/api.

#include "sync/server/api/openapi.h"

#include "sync/protocol/messages.h"
#include "sync/server/api/routes.h"

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

#include <boost/json.hpp>
#include <gmock/gmock.h>

namespace mado::server {
namespace {

namespace json = boost::json;

struct Offer {
    bool residents = false;
    bool devices = false;
    std::set<std::string> methods;

    bool operator==(const Offer&) const = default;
};

// For failures' messages.
void PrintTo(const Offer& offer, std::ostream* out) {
    *out << (offer.residents ? "residents " : "") << (offer.devices ? "devices " : "");
    for (const std::string& method : offer.methods)
        *out << method << " ";
}

const json::value& description() {
    static const json::value parsed = json::parse(json::string_view(openapi()));
    return parsed;
}

std::string upper_case(std::string_view word) {
    std::string upper(word);
    std::ranges::transform(upper, upper.begin(),
                           [](char letter) { return static_cast<char>(letter - 'a' + 'A'); });
    return upper;
}

// "/v1/roster/{id}" is "/v1/roster/" of the table.
std::string path_in_table(std::string_view described) {
    return std::string(described.substr(0, described.find('{')));
}

std::map<std::string, Offer> described() {
    std::map<std::string, Offer> offers;
    for (const auto& [path, item] : description().at("paths").as_object()) {
        Offer& offer = offers[path_in_table({path.data(), path.size()})];
        for (const auto& [method, operation] : item.as_object()) {
            offer.methods.insert(upper_case({method.data(), method.size()}));
            for (const json::value& tag : operation.at("tags").as_array()) {
                offer.residents = offer.residents || tag.as_string() == "residents";
                offer.devices = offer.devices || tag.as_string() == "devices";
            }
        }
    }
    return offers;
}

std::map<std::string, Offer> routed() {
    std::map<std::string, Offer> offers;
    for (const Address& address : addresses()) {
        offers[address.path] = {
            address.residents, address.devices, {address.methods.begin(), address.methods.end()}};
    }
    return offers;
}

std::uint64_t bound(const char* schema, const char* member, const char* which) {
    const auto& properties =
        description().at("components").at("schemas").at(schema).at("properties");
    return properties.at(member).at(which).to_number<std::uint64_t>();
}

TEST(OpenApi, DescribesEveryAddressAndMethodOfTheTableAndNoOther) {
    EXPECT_EQ(described(), routed());
}

TEST(OpenApi, NamesTheBoundsOfTheMessages) {
    EXPECT_EQ(bound("PushRequest", "events", "maxItems"), sync::kEventsMax);
    EXPECT_EQ(bound("PushAnswer", "answers", "maxItems"), sync::kEventsMax);
    EXPECT_EQ(bound("Envelope", "body", "maxLength"), sync::kEventBodyBytesMax);
    EXPECT_EQ(bound("ChangesPage", "changes", "maxItems"), sync::kChangesMax);
    EXPECT_EQ(bound("LeaseRequest", "wishes", "maxItems"), sync::kLeaseWishesMax);
    EXPECT_EQ(bound("LeaseAnswer", "levels", "maxItems"), sync::kLeaseWishesMax);
}

}  // namespace
}  // namespace mado::server

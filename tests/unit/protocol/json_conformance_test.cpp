// The reader's own parser against nst/JSONTestSuite, where the data is present.

#include "sync/protocol/json_reader.h"
#include "tests/support/data.h"

#include <gtest/gtest.h>

namespace mado::tests {
namespace {

using namespace mado::sync;

TEST(JsonConformance, TakesWhatIsJsonAndRefusesWhatIsNot) {
    const auto folder = data_path("parsers/json");
    if (!folder) GTEST_SKIP() << "parsers/json is not there: JSONTestSuite was not tried";

    int taken = 0;
    int refused = 0;
    for (const auto& entry : std::filesystem::directory_iterator(*folder)) {
        const std::string name = entry.path().filename().string();
        if (entry.path().extension() != ".json") continue;
        const auto parsed = parse_json(read_file(entry.path()), {1 << 20, 100000});
        // We refuse two members of one name, which the standard leaves open.
        const bool twice = name.starts_with("y_object_duplicated_key");
        if (name.starts_with("y_") && !twice) {
            EXPECT_TRUE(parsed.ok()) << name << ": " << parsed.error().what;
            ++taken;
        }
        if (name.starts_with("n_") || twice) {
            EXPECT_FALSE(parsed.ok()) << name;
            ++refused;
        }
    }
    EXPECT_GT(taken, 80);
    EXPECT_GT(refused, 150);
}

}  // namespace
}  // namespace mado::tests

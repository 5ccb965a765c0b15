#include "kiosk/shell/patience.h"

#include <memory>
#include <string>

#include <gtest/gtest.h>

namespace mado::kiosk::tests {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;

TEST(Patience, HandsOutWhatIsDoneInTime) {
    const auto done = within<std::string>(hours(1), [] { return std::string("done"); });
    EXPECT_EQ(done, "done");
}

// The work owns what it uses, and so can go on when nobody waits any more.
TEST(Patience, GivesUpOnWorkThatDoesNotEnd) {
    auto release = std::make_shared<std::promise<void>>();
    auto ended = std::make_shared<std::promise<void>>();
    const auto done = within<int>(milliseconds(1), [release, ended] {
        release->get_future().wait();
        ended->set_value();
        return 1;
    });
    EXPECT_FALSE(done.has_value());
    release->set_value();
    ended->get_future().wait();
}

}  // namespace
}  // namespace mado::kiosk::tests

#include "sync/server/api/listen_address.h"

#include <gtest/gtest.h>

namespace mado::server {
namespace {

TEST(ListenAddress, IsAHostAndAPort) {
    EXPECT_EQ(parse_listen_address("0.0.0.0:8443"), (ListenAddress{"0.0.0.0", 8443}));
    EXPECT_EQ(parse_listen_address("[::1]:0"), (ListenAddress{"::1", 0}));
    EXPECT_EQ(parse_listen_address("town.example:65535"), (ListenAddress{"town.example", 65535}));
}

TEST(ListenAddress, RefusesAPortThatThereIsNot) {
    for (const char* written : {"127.0.0.1:65536", "127.0.0.1:99999", "127.0.0.1:-1", "127.0.0.1:",
                                "127.0.0.1:https", "127.0.0.1: 80", "127.0.0.1:80x"}) {
        EXPECT_FALSE(parse_listen_address(written)) << written;
    }
}

TEST(ListenAddress, RefusesWhatNamesNoHost) {
    for (const char* written : {"", ":", ":8443", "8443", "localhost", "[]:80", "::1:80"}) {
        EXPECT_FALSE(parse_listen_address(written)) << written;
    }
}

}  // namespace
}  // namespace mado::server

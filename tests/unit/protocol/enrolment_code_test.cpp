#include "sync/protocol/enrolment_code.h"

#include <gtest/gtest.h>

namespace mado::tests {
namespace {

using sync::EnrolmentCode;

EnrolmentCode a_code() {
    return {"booking.midori.example:8443", "0123456789ABCDEFGHJK", Digest{1, 2}};
}

TEST(EnrolmentCode, ComesBackAsItWasWritten) {
    EXPECT_EQ(EnrolmentCode::parse(a_code().text()), a_code());
    for (const char* address : {"127.0.0.1:1", "[::1]:65535", "localhost:8443"}) {
        EnrolmentCode code = a_code();
        code.address = address;
        EXPECT_EQ(EnrolmentCode::parse(code.text()), code) << address;
    }
}

TEST(EnrolmentCode, IsRefusedWithOneLetterMistyped) {
    const std::string good = a_code().text();
    for (std::size_t at = 0; at < good.size(); ++at) {
        for (const char letter : {'1', '7', 'B', 'x', '-'}) {
            std::string mistyped = good;
            mistyped[at] = letter;
            if (mistyped == good) continue;
            EXPECT_FALSE(EnrolmentCode::parse(mistyped)) << mistyped;
        }
        std::string swapped = good;
        std::swap(swapped[at], swapped[(at + 1) % good.size()]);
        if (swapped == good) continue;
        EXPECT_FALSE(EnrolmentCode::parse(swapped)) << swapped;
    }
}

TEST(EnrolmentCode, IsRefusedWithAnAddressThatCannotBeOne) {
    for (const char* address :
         {"", "booking.example", ":8443", "booking.example:", "booking.example:0",
          "booking.example:08443", "booking.example:65536", "booking.example:8443:9",
          "user@booking.example:8443", "[::g]:1", "a b:1", "みどり:1"}) {
        EnrolmentCode code = a_code();
        code.address = address;
        EXPECT_FALSE(EnrolmentCode::parse(code.text())) << address;
    }
}

TEST(EnrolmentCode, IsRefusedWithAnotherSecretOrHash) {
    const std::string good = a_code().text();
    const auto secret_at = good.find('/') + 1;
    for (const char* secret : {"", "0123456789ABCDEFGHJ", "0123456789ABCDEFGHJKM",
                               "0123456789ABCDEFGHJU", "0123456789abcdefghjk"}) {
        EnrolmentCode code = a_code();
        code.secret = secret;
        EXPECT_FALSE(EnrolmentCode::parse(code.text())) << secret;
    }
    EXPECT_FALSE(EnrolmentCode::parse(good.substr(0, good.size() - 1)));
    EXPECT_FALSE(EnrolmentCode::parse(good + "A"));
    EXPECT_FALSE(EnrolmentCode::parse(good + "/"));
    EXPECT_FALSE(EnrolmentCode::parse(good.substr(0, secret_at)));
    EXPECT_FALSE(EnrolmentCode::parse(""));
    EXPECT_FALSE(EnrolmentCode::parse("//"));
}

}  // namespace
}  // namespace mado::tests

#include "shared/platform/seal.h"

#include <gtest/gtest.h>

namespace mado {
namespace {

SealKey a_key(std::uint8_t byte) {
    SealKey key;
    key.fill(byte);
    return key;
}

TEST(Seal, OpensWhatItClosed) {
    const Seal seal(a_key(1));
    for (const std::string& text :
         {std::string(), std::string("a"), std::string("\0b", 2), std::string(100'000, 'x')}) {
        const Bytes sealed = seal.close("7/1", text);
        EXPECT_EQ(sealed.size(), text.size() + 40);
        EXPECT_EQ(Seal(a_key(1)).open("7/1", sealed), text);
    }
}

TEST(Seal, ShowsNothingOfTheText) {
    const std::string text = "a text that nobody may read";
    const Bytes sealed = Seal(a_key(1)).close("7/1", text);
    const std::string raw(sealed.begin(), sealed.end());
    for (std::size_t at = 0; at + 4 <= text.size(); ++at)
        EXPECT_EQ(raw.find(text.substr(at, 4)), std::string::npos);
}

TEST(Seal, DoesNotOpenWithAnotherKeyInAnotherContextOrAltered) {
    const Seal seal(a_key(1));
    const Bytes sealed = seal.close("7/1", "a text");
    EXPECT_FALSE(Seal(a_key(2)).open("7/1", sealed));
    EXPECT_FALSE(seal.open("7/2", sealed));
    for (std::size_t at = 0; at < sealed.size(); ++at) {
        Bytes altered = sealed;
        altered[at] ^= 1U;
        EXPECT_FALSE(seal.open("7/1", altered)) << at;
        EXPECT_FALSE(seal.open("7/1", std::span(sealed).first(at))) << at;
    }
}

TEST(Seal, NeverUsesOneNonceForTwoTexts) {
    const Seal seal(a_key(1));
    const auto nonce = [&](std::string_view context, std::string_view text) {
        Bytes sealed = seal.close(context, text);
        sealed.resize(24);
        return sealed;
    };
    EXPECT_EQ(nonce("7/1", "a text"), nonce("7/1", "a text"));
    EXPECT_NE(nonce("7/1", "a text"), nonce("7/1", "a next"));
    EXPECT_NE(nonce("7/1", "a text"), nonce("7/2", "a text"));
    EXPECT_NE(nonce("7/1", "1a text"), nonce("7/11", "a text"));
}

}  // namespace
}  // namespace mado

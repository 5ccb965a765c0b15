#include "shared/base/sha256.h"

#include <string>

#include <gtest/gtest.h>

namespace mado {
namespace {

// The examples of FIPS 180-4 and the empty text.
TEST(Sha256, AgreesWithTheStandard) {
    EXPECT_EQ(to_hex(sha256({})),
              "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(to_hex(sha256(bytes_of("abc"))),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(to_hex(sha256(bytes_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"))),
              "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST(Sha256, InPartsIsTheSameAsAtOnce) {
    const std::string text(1000, 'a');
    Sha256 parts;
    for (std::size_t i = 0; i < text.size(); i += 7) {
        parts.add(bytes_of(std::string_view(text).substr(i, 7)));
    }
    EXPECT_EQ(parts.finish(), sha256(bytes_of(text)));
}

TEST(Sha256, PrefixedPartsDoNotRunIntoEachOther) {
    const auto hash = [](std::string_view a, std::string_view b) {
        return Sha256().add_prefixed(bytes_of(a)).add_prefixed(bytes_of(b)).finish();
    };
    EXPECT_NE(hash("ab", "c"), hash("a", "bc"));
    EXPECT_NE(hash("", "abc"), hash("abc", ""));
    EXPECT_EQ(hash("ab", "c"), hash("ab", "c"));
}

}  // namespace
}  // namespace mado

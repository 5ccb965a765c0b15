#include "shared/base/text.h"

#include "tests/support/dice.h"

#include <gtest/gtest.h>

namespace mado {
namespace {

std::string text_of(const Bytes& bytes) {
    return {bytes.begin(), bytes.end()};
}

TEST(Digits, AreAsciiAndNothingElse) {
    EXPECT_EQ(parse_digits("007"), 7);
    EXPECT_EQ(parse_digits("999999999999999999"), 999'999'999'999'999'999);
    for (const char* wrong : {"", "-1", "+1", " 1", "1 ", "1a", "１", "1234567890123456789"}) {
        EXPECT_FALSE(parse_digits(wrong)) << wrong;
    }
}

TEST(Hex, IsReadInEitherCaseAndWrittenInOne) {
    EXPECT_EQ(to_hex(bytes_of("\x01\xAB")), "01ab");
    EXPECT_EQ(text_of(*from_hex("01AB")), "\x01\xAB");
    EXPECT_TRUE(from_hex("")->empty());
    EXPECT_FALSE(from_hex("abc"));
    EXPECT_FALSE(from_hex("0g"));
}

// RFC 4648 §10, with the alphabet of §5 and no padding.
TEST(Base64Url, AgreesWithTheStandard) {
    EXPECT_EQ(to_base64url(bytes_of("")), "");
    EXPECT_EQ(to_base64url(bytes_of("f")), "Zg");
    EXPECT_EQ(to_base64url(bytes_of("fo")), "Zm8");
    EXPECT_EQ(to_base64url(bytes_of("foobar")), "Zm9vYmFy");
    EXPECT_EQ(to_base64url(bytes_of("\xFB\xFF")), "-_8");
    EXPECT_EQ(text_of(*from_base64url("Zm9vYg")), "foob");
}

TEST(Base64Url, HasOneTextForEveryBytes) {
    EXPECT_FALSE(from_base64url("Zh")) << "left-over bits that are not zero";
    EXPECT_FALSE(from_base64url("Zg==")) << "padding";
    EXPECT_FALSE(from_base64url("Z")) << "a length that no bytes have";
    EXPECT_FALSE(from_base64url("Zm+/")) << "the other alphabet";
}

// The examples of RFC 9285 §4.3 and §4.4.
TEST(Base45, AgreesWithTheStandard) {
    EXPECT_EQ(to_base45(bytes_of("AB")), "BB8");
    EXPECT_EQ(to_base45(bytes_of("Hello!!")), "%69 VD92EX0");
    EXPECT_EQ(to_base45(bytes_of("base-45")), "UJCLQE7W581");
    EXPECT_EQ(text_of(*from_base45("QED8WEX0")), "ietf!");
}

TEST(Base45, RefusesWhatNoBytesAre) {
    EXPECT_FALSE(from_base45("GGW")) << "65536 does not fit into two bytes";
    EXPECT_FALSE(from_base45(":::"));
    EXPECT_FALSE(from_base45("B"));
    EXPECT_FALSE(from_base45("5W")) << "more than one byte";
    EXPECT_FALSE(from_base45("bb8")) << "lower case";
}

TEST(Encodings, ReadBackWhatTheyWrote) {
    for (const auto seed : tests::seeds(300)) {
        SCOPED_TRACE("MADO_SEED=" + std::to_string(seed));
        tests::Dice dice(seed);
        Bytes bytes(static_cast<std::size_t>(dice.below(70)));
        dice.fill(bytes);
        EXPECT_EQ(from_hex(to_hex(bytes)), bytes);
        EXPECT_EQ(from_base64url(to_base64url(bytes)), bytes);
        EXPECT_EQ(from_base45(to_base45(bytes)), bytes);
    }
}

TEST(Utf8, IsWellFormedOrNot) {
    EXPECT_TRUE(is_utf8(""));
    EXPECT_TRUE(is_utf8("昭和 \xF0\x9F\x90\x87"));
    EXPECT_FALSE(is_utf8("\x80")) << "a continuation alone";
    EXPECT_FALSE(is_utf8("\xC0\xAF")) << "overlong";
    EXPECT_FALSE(is_utf8("\xE0\x80\xAF")) << "overlong";
    EXPECT_FALSE(is_utf8("\xED\xA0\x80")) << "a surrogate";
    EXPECT_FALSE(is_utf8("\xF4\x90\x80\x80")) << "beyond Unicode";
    EXPECT_FALSE(is_utf8("\xE6\x98")) << "cut off";
    EXPECT_FALSE(is_utf8("\xE6\x98z")) << "broken off";
    EXPECT_FALSE(is_utf8("\x82\xA0")) << "CP932";
}

TEST(Utf8, IsCharactersAndBack) {
    EXPECT_EQ(characters_of("aé券𠮷"), U"aé券𠮷");
    EXPECT_EQ(to_utf8(U"aé券𠮷"), "aé券𠮷");
}

TEST(Utf8, GivesAMarkForEachByteOfNoCharacter) {
    EXPECT_EQ(characters_of("a\xFF"), U"a\uFFFD");
    EXPECT_EQ(characters_of("\xE6\x98"), U"\uFFFD\uFFFD");
}

}  // namespace
}  // namespace mado

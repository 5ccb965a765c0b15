#include "sync/server/records/encoding.h"

#include "sync/server/records/csv.h"
#include "tests/support/data.h"

#include <gmock/gmock.h>

namespace mado::server {
namespace {

using testing::ElementsAre;

TEST(EncodingOfFiles, IsUtf8WithOrWithoutAMark) {
    const auto plain = decode_text("接種券");
    EXPECT_EQ(plain.encoding, Encoding::Utf8);
    EXPECT_EQ(plain.text, "接種券");
    const auto marked = decode_text("\xEF\xBB\xBF接種券");
    EXPECT_EQ(marked.encoding, Encoding::Utf8WithMark);
    EXPECT_EQ(marked.text, "接種券");
}

TEST(EncodingOfFiles, IsCp932WithTheLettersThatShiftJisLacks) {
    const std::string written = "髙橋①㈱～ｱ表\\";
    const auto bytes = encode_text(written, Encoding::Cp932);
    ASSERT_TRUE(bytes);
    EXPECT_LT(bytes->size(), written.size());
    const auto read = decode_text(*bytes);
    EXPECT_EQ(read.encoding, Encoding::Cp932);
    EXPECT_EQ(read.text, written);
}

TEST(EncodingOfFiles, NamesTheLineOfAByteThatIsNeither) {
    const std::string good = *encode_text("接種券\n番号\n", Encoding::Cp932);
    const auto read = decode_text(good + "\x82\n" + *encode_text("表", Encoding::Cp932));
    EXPECT_EQ(read.encoding, Encoding::Cp932);
    EXPECT_THAT(read.odd, ElementsAre(OddLine{3, false}));
    EXPECT_EQ(read.text, "接種券\n番号\n?\n表");
    EXPECT_THAT(decode_text("\xFF\xFE").odd, ElementsAre(OddLine{1, false}));
}

TEST(EncodingOfFiles, NamesTheLinesThatAreWrittenInAnotherWayThanTheRest) {
    const std::string header = "券,名\n";
    const auto cp932 = [](const std::string& text) { return *encode_text(text, Encoding::Cp932); };
    const auto few = decode_text(header + "1,花子\n" + cp932("2,太郎\n") + "3,髙橋\n");
    EXPECT_EQ(few.encoding, Encoding::Utf8);
    EXPECT_THAT(few.odd, ElementsAre(OddLine{3, true}));
    EXPECT_EQ(few.text, "券,名\n1,花子\n2,???Y\n3,髙橋\n");

    const auto many = decode_text(cp932(header + "1,花子\n") + "2,髙橋\n" + cp932("3,次郎\n"));
    EXPECT_EQ(many.encoding, Encoding::Cp932);
    EXPECT_THAT(many.odd, ElementsAre(OddLine{3, true}));
}

// All of it could be read as CP932, and would be nonsense.
TEST(EncodingOfFiles, DoesNotReadUtf8AsCp932ForTheSakeOfOneLine) {
    const std::string venue = "1,みど\n";
    const auto read =
        decode_text("id,name\n" + venue + venue + *encode_text("2,市\n", Encoding::Cp932));
    EXPECT_EQ(read.encoding, Encoding::Utf8);
    EXPECT_THAT(read.odd, ElementsAre(OddLine{4, true}));
}

// ﾅｶ in CP932 is the letter Ŷ in UTF-8.
TEST(EncodingOfFiles, StaysCp932WhereALineIsRightAsUtf8ByChance) {
    const auto read = decode_text(*encode_text("1,ﾅｶ\n2,髙橋\n", Encoding::Cp932));
    EXPECT_EQ(read.encoding, Encoding::Cp932);
    EXPECT_EQ(read.text, "1,ﾅｶ\n2,髙橋\n");
}

TEST(EncodingOfFiles, BelievesTheMark) {
    const auto read = decode_text(
        "\xEF\xBB\xBF"
        "a\n" +
        *encode_text("花\n子\n", Encoding::Cp932));
    EXPECT_EQ(read.encoding, Encoding::Utf8WithMark);
    EXPECT_THAT(read.odd, ElementsAre(OddLine{2, true}, OddLine{3, true}));
}

TEST(EncodingOfFiles, HasNoPlaceForSomeLettersInCp932) {
    EXPECT_FALSE(encode_text("😀", Encoding::Cp932));
    EXPECT_EQ(encode_text("a", Encoding::Utf8WithMark),
              "\xEF\xBB\xBF"
              "a");
}

TEST(EncodingOfFiles, TakesAnEmptyFile) {
    EXPECT_EQ(decode_text("").text, "");
}

TEST(EncodingConformance, ReadsTheListOfNationalHolidays) {
    const auto file = tests::data_path("japan/holidays-cp932.csv");
    if (!file) GTEST_SKIP() << "no third-party data here (MADOGUCHI_DATA)";
    const auto decoded = decode_text(tests::read_file(*file));
    EXPECT_EQ(decoded.encoding, Encoding::Cp932);
    Faults faults;
    const auto table = parse_csv(decoded.text, CsvLimits{}, faults);
    ASSERT_TRUE(faults.none());
    EXPECT_EQ(table.header.at(0), "国民の祝日・休日月日");
    EXPECT_EQ(table.rows.at(0).fields.at(1), "元日");
    EXPECT_GT(table.rows.size(), 1000U);
}

}  // namespace
}  // namespace mado::server

#include "sync/server/records/encoding.h"

#include "sync/server/records/csv.h"
#include "tests/support/data.h"

#include <gmock/gmock.h>

namespace mado::server {
namespace {

TEST(EncodingOfFiles, IsUtf8WithOrWithoutAMark) {
    const auto plain = decode_text("接種券");
    EXPECT_EQ(plain->encoding, Encoding::Utf8);
    EXPECT_EQ(plain->text, "接種券");
    const auto marked = decode_text("\xEF\xBB\xBF接種券");
    EXPECT_EQ(marked->encoding, Encoding::Utf8WithMark);
    EXPECT_EQ(marked->text, "接種券");
}

TEST(EncodingOfFiles, IsCp932WithTheLettersThatShiftJisLacks) {
    const std::string written = "髙橋①㈱～ｱ表\\";
    const auto bytes = encode_text(written, Encoding::Cp932);
    ASSERT_TRUE(bytes);
    EXPECT_LT(bytes->size(), written.size());
    const auto read = decode_text(*bytes);
    EXPECT_EQ(read->encoding, Encoding::Cp932);
    EXPECT_EQ(read->text, written);
}

TEST(EncodingOfFiles, NamesTheLineOfAByteThatIsNeither) {
    const std::string good = *encode_text("接種券\n番号\n", Encoding::Cp932);
    const auto read = decode_text(good + "\x82");
    ASSERT_FALSE(read.ok());
    EXPECT_EQ(read.error().line, 3);
    EXPECT_FALSE(decode_text("\xFF\xFE").ok());
}

TEST(EncodingOfFiles, HasNoPlaceForSomeLettersInCp932) {
    EXPECT_FALSE(encode_text("😀", Encoding::Cp932));
    EXPECT_EQ(encode_text("a", Encoding::Utf8WithMark),
              "\xEF\xBB\xBF"
              "a");
}

TEST(EncodingOfFiles, TakesAnEmptyFile) {
    EXPECT_EQ(decode_text("")->text, "");
}

TEST(EncodingConformance, ReadsTheListOfNationalHolidays) {
    const auto file = tests::data_path("japan/holidays-cp932.csv");
    if (!file) GTEST_SKIP() << "no third-party data here (MADOGUCHI_DATA)";
    const auto decoded = decode_text(tests::read_file(*file));
    ASSERT_TRUE(decoded.ok());
    EXPECT_EQ(decoded->encoding, Encoding::Cp932);
    const auto table = parse_csv(decoded->text, CsvLimits{});
    ASSERT_TRUE(table.ok());
    EXPECT_EQ(table->header.at(0), "国民の祝日・休日月日");
    EXPECT_EQ(table->rows.at(0).fields.at(1), "元日");
    EXPECT_GT(table->rows.size(), 1000U);
}

}  // namespace
}  // namespace mado::server

#include "sync/server/records/csv.h"

#include "shared/base/check.h"
#include "tests/support/data.h"

#include <gmock/gmock.h>

namespace mado::server {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Fields = std::vector<std::string>;

CsvTable table(std::string_view text) {
    Faults faults;
    CsvTable found = parse_csv(text, CsvLimits{}, faults);
    MADO_CHECK(faults.none());
    return found;
}

std::vector<BadRow> faults(std::string_view text, const CsvLimits& limits = {}) {
    Faults found;
    parse_csv(text, limits, found);
    return found.named();
}

TEST(Csv, ReadsRowsWithEitherLineEndAndNoneAtTheEnd) {
    for (const std::string text : {"a,b\n1,2\n", "a,b\r\n1,2\r\n", "a,b\n1,2"}) {
        const CsvTable found = table(text);
        EXPECT_THAT(found.header, ElementsAre("a", "b"));
        ASSERT_EQ(found.rows.size(), 1U);
        EXPECT_EQ(found.rows[0], (CsvRow{2, {"1", "2"}}));
    }
}

TEST(Csv, KeepsCommasQuotesAndLinesInsideQuotes) {
    const CsvTable found = table("a,b\n\"x, \"\"y\"\"\nz\",2\n3,\n");
    ASSERT_EQ(found.rows.size(), 2U);
    EXPECT_THAT(found.rows[0].fields, ElementsAre("x, \"y\"\nz", "2"));
    EXPECT_EQ(found.rows[1].line, 4);
    EXPECT_THAT(found.rows[1].fields, ElementsAre("3", ""));
}

TEST(Csv, NamesEveryBadRowByLineAndColumn) {
    const auto bad = faults("a,b\n1\n\"x\"y,2\n1,q\"\n1,2,3\n1,2\n");
    ASSERT_EQ(bad.size(), 4U);
    EXPECT_EQ(bad[0],
              (BadRow{2, "", {"import.field_count"_t, {{"fields", "1"}, {"header", "2"}}}}));
    EXPECT_EQ(bad[1], (BadRow{3, "a", {"import.after_quote"_t}}));
    EXPECT_EQ(bad[2], (BadRow{4, "b", {"import.quote_inside"_t}}));
    EXPECT_EQ(bad[3],
              (BadRow{5, "", {"import.field_count"_t, {{"fields", "3"}, {"header", "2"}}}}));
}

TEST(Csv, GivesTheGoodRowsBesideTheBad) {
    Faults found;
    const CsvTable table = parse_csv("a,b\n1,2\n3\n4,5\n", CsvLimits{}, found);
    EXPECT_THAT(table.rows, ElementsAre(CsvRow{2, {"1", "2"}}, CsvRow{4, {"4", "5"}}));
    EXPECT_EQ(found.count(), 1U);
}

TEST(Csv, NamesTheLineWhereAQuoteWasOpenedAndReadsOnBehindIt) {
    EXPECT_THAT(
        faults("a,b\n1,2\n\"1,2\n3\n4,5\n"),
        ElementsAre(BadRow{3, "a", {"import.quote_open"_t}},
                    BadRow{4, "", {"import.field_count"_t, {{"fields", "1"}, {"header", "2"}}}}));
    EXPECT_THAT(
        faults("a,b\n1,\"2\n3,\"4\"\n5\n"),
        ElementsAre(BadRow{2, "b", {"import.after_far_quote"_t, {{"line", "3"}}}},
                    BadRow{4, "", {"import.field_count"_t, {{"fields", "1"}, {"header", "2"}}}}));
    const std::string far = "a,b\n\"1,2\n" + std::string(5000, 'x') + ",\n5\n";
    EXPECT_THAT(
        faults(far),
        ElementsAre(BadRow{2, "a", {"import.quote_too_far"_t}},
                    BadRow{3, "a", {"import.field_too_long"_t}},
                    BadRow{4, "", {"import.field_count"_t, {{"fields", "1"}, {"header", "2"}}}}));
}

TEST(Csv, GoesOnInARowWhoseFieldsCanStillBeToldApart) {
    EXPECT_THAT(
        faults("a,b\n1\x01\x02,\"2\n\x01\"\n3\n"),
        ElementsAre(BadRow{2, "a", {"import.control"_t}}, BadRow{3, "b", {"import.control"_t}},
                    BadRow{4, "", {"import.field_count"_t, {{"fields", "1"}, {"header", "2"}}}}));
}

TEST(Csv, RefusesControlCharactersAndAStrayReturn) {
    EXPECT_EQ(faults("a\n1\x01\n").at(0).reason, (Reason{"import.control"_t}));
    EXPECT_EQ(faults("a,b\n1\r2,3\n").at(0).reason, (Reason{"import.control"_t}));
    EXPECT_EQ(faults(std::string_view("a\nx\0y\n", 6)).at(0).reason, (Reason{"import.control"_t}));
}

TEST(Csv, RefusesAHeaderThatNamesNothingOrOneThingTwice) {
    EXPECT_THAT(faults(""), ElementsAre(BadRow{0, "", {"import.empty_file"_t}}));
    EXPECT_THAT(faults("a,,b\n"), ElementsAre(BadRow{1, "#2", {"import.unnamed_column"_t}}));
    EXPECT_THAT(faults("a,b,a\n"), ElementsAre(BadRow{1, "a", {"import.same_column"_t}}));
}

TEST(Csv, IsBoundedInBytesRowsColumnsAndFields) {
    EXPECT_EQ(faults("a\n1\n2\n", CsvLimits{.rows_max = 1}).at(0).reason,
              (Reason{"import.too_many_rows"_t}));
    EXPECT_EQ(faults("a,b,c\n", CsvLimits{.columns_max = 2}).at(0).reason,
              (Reason{"import.too_many_columns"_t}));
    EXPECT_EQ(faults("a\n12345\n", CsvLimits{.field_bytes_max = 4}).at(0).reason,
              (Reason{"import.field_too_long"_t}));
    EXPECT_EQ(faults("a\n12345\n", CsvLimits{.bytes_max = 7}).at(0).reason,
              (Reason{"import.too_large"_t}));
    EXPECT_THAT(faults("a\n12345\n", CsvLimits{.bytes_max = 8}), IsEmpty());
}

TEST(Csv, NamesEveryFault) {
    std::string text = "a,b\n";
    for (int i = 0; i < 5000; ++i)
        text += "1\n";
    Faults found;
    parse_csv(text, CsvLimits{}, found);
    EXPECT_EQ(found.named().size(), 5000U);
    EXPECT_EQ(found.named().back().line, 5001);
    EXPECT_EQ(found.more(), 0U);
}

TEST(Faults, HaveAWordForPrograms) {
    EXPECT_EQ(word_of({"import.not_ten_digits"_t}), "not_ten_digits");
}

TEST(Faults, NamesTheFirstByLineWhicheverWasFoundFirst) {
    constexpr int kMost = kFaultsNamedMax;
    Faults faults;
    for (int line = kMost + 200; line > 0; --line)
        faults.add(line, "", {"import.late"_t});
    faults.add(7, "a", {"import.later"_t});
    const auto named = faults.named();
    ASSERT_EQ(named.size(), kFaultsNamedMax);
    EXPECT_EQ(named.at(0).line, 1);
    EXPECT_EQ(named.at(7), (BadRow{7, "a", {"import.later"_t}}));
    EXPECT_EQ(named.back().line, kMost - 1);
    EXPECT_EQ(faults.count(), kFaultsNamedMax + 201);
    EXPECT_EQ(faults.more(), 201U);
}

TEST(Csv, SkipsEmptyLinesAtTheEndAlone) {
    EXPECT_EQ(table("a,b\n1,2\n\n\r\n").rows.size(), 1U);
    EXPECT_EQ(faults("a,b\n\n1,2\n").at(0).line, 2);
}

TEST(Csv, WritesWhatItReads) {
    const Fields odd = {"plain", "with, comma", "with \"quotes\"", "two\nlines", ""};
    const std::string text = write_csv_line({"a", "b", "c", "d", "e"}) + write_csv_line(odd);
    EXPECT_EQ(table(text).rows.at(0).fields, odd);
}

TEST(Csv, NeverWritesWhatASpreadsheetWouldRun) {
    for (const std::string evil : {"=1+1", "+1", "-1", "@SUM(A1)", "\tx"}) {
        EXPECT_EQ(table("a\n" + write_csv_line({evil})).rows.at(0).fields.at(0), "'" + evil);
    }
}

// Files of csv-spectrum and the JSON that they mean, as far as rows of plain texts go.
TEST(CsvConformance, ReadsTheFilesOfOthers) {
    const auto folder = tests::data_path("parsers/csv/csvs");
    if (!folder) GTEST_SKIP() << "no third-party data here (MADOGUCHI_DATA)";
    const auto rows_of = [&](const std::string& name) {
        std::vector<Fields> rows;
        for (auto& row : table(tests::read_file(*folder / (name + ".csv"))).rows) {
            rows.push_back(std::move(row.fields));
        }
        return rows;
    };
    EXPECT_THAT(rows_of("comma_in_quotes"),
                ElementsAre(Fields{"John", "Doe", "120 any st.", "Anytown, WW", "08123"}));
    EXPECT_THAT(rows_of("empty"), ElementsAre(Fields{"1", "", ""}, Fields{"2", "3", "4"}));
    EXPECT_EQ(rows_of("empty"), rows_of("empty_crlf"));
    EXPECT_THAT(rows_of("escaped_quotes"),
                ElementsAre(Fields{"1", "ha \"ha\" ha"}, Fields{"3", "4"}));
    EXPECT_THAT(rows_of("json"),
                ElementsAre(Fields{"1", R"({"type": "Point", "coordinates": [102.0, 0.5]})"}));
    EXPECT_THAT(rows_of("newlines"),
                ElementsAre(Fields{"1", "2", "3"}, Fields{"Once upon \na time", "5", "6"},
                            Fields{"7", "8", "9"}));
    EXPECT_EQ(rows_of("newlines_crlf").at(1).at(0), "Once upon \r\na time");
    EXPECT_THAT(rows_of("quotes_and_newlines"),
                ElementsAre(Fields{"1", "ha \n\"ha\" \nha"}, Fields{"3", "4"}));
    EXPECT_THAT(rows_of("simple"), ElementsAre(Fields{"1", "2", "3"}));
    EXPECT_EQ(rows_of("simple"), rows_of("simple_crlf"));
    EXPECT_THAT(rows_of("utf8"), ElementsAre(Fields{"1", "2", "3"}, Fields{"4", "5", "ʤ"}));
    // Bare quotes inside a field: RFC 4180 forbids them, and we name them.
    const auto bare = faults(tests::read_file(*folder / "location_coordinates.csv"));
    ASSERT_FALSE(bare.empty());
    EXPECT_EQ(bare.at(0).column, "Location Coordinates");
}

}  // namespace
}  // namespace mado::server

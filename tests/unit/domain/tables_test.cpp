#include "shared/domain/tables.h"

#include "tests/support/builders.h"
#include "tests/support/data.h"

#include <gtest/gtest.h>

namespace mado {
namespace {

const std::string kHeading =
    "code,name_ja,name_en,ledger_name,interval_usual,interval_earliest,age_min,"
    "pass_effective_after\n";

int line_of_fault(std::string_view text) {
    const auto table = parse_municipality_table(text);
    return table.ok() ? -1 : table.error().line;
}

int line_of_vaccine_fault(const std::string& text) {
    const auto table = parse_vaccine_table(text);
    return table.ok() ? -1 : table.error().line;
}

TEST(MunicipalityTable, IsReadLineByLine) {
    const auto table = parse_municipality_table(
        "\xEF\xBB\xBF"
        "011002\t北海道札幌市\r\n\r\n272205\t大阪府箕面市");
    ASSERT_TRUE(table.ok());
    EXPECT_EQ(table->size(), 2U);
    EXPECT_EQ(table->at(tests::a_municipality("272205")), "大阪府箕面市");
}

TEST(MunicipalityTable, NamesTheLineThatIsWrong) {
    const std::string good = "011002\t北海道札幌市\n";
    EXPECT_EQ(line_of_fault(good + "272205 大阪府箕面市\n"), 2) << "no tab";
    EXPECT_EQ(line_of_fault(good + "\n272206\t大阪府箕面市\n"), 3) << "check digit";
    EXPECT_EQ(line_of_fault(good + "272205\t\n"), 2) << "no name";
    EXPECT_EQ(line_of_fault(good + good), 2) << "twice";
    EXPECT_EQ(line_of_fault(good + "272205\ta\tb\n"), 2) << "a field too many";
    EXPECT_EQ(line_of_fault(good + "272205\t" + std::string(201, 'x')), 2) << "too long a name";
    EXPECT_EQ(line_of_fault(""), 0);
    EXPECT_EQ(line_of_fault("\n\n"), 0);
    EXPECT_EQ(line_of_fault("272205\t\x91\xE5\x8D\xE3\n"), 0) << "CP932";
    EXPECT_EQ(line_of_fault(std::string((4u << 20) + 1, '1')), 0);
}

TEST(VaccineTable, ThatIsShippedHoldsTheFactsOfTheDomain) {
    const auto table = parse_vaccine_table(
        tests::read_file(std::string(MADO_SOURCE_DIR) + "/assets/tables/vaccines.csv"));
    ASSERT_TRUE(table.ok()) << table.error().line << ": " << table.error().reason;
    EXPECT_EQ(*table, tests::vaccines());
}

TEST(VaccineTable, NamesTheLineThatIsWrong) {
    const std::string good = kHeading + "pfizer,ファイザー,Pfizer,ファイザー,21,19,12,7\n";
    EXPECT_EQ(line_of_vaccine_fault(good), -1);
    EXPECT_EQ(line_of_vaccine_fault(good + "Novavax,あ,N,あ,21,21,12,14\n"), 3) << "code";
    EXPECT_EQ(line_of_vaccine_fault(good + "novavax,あ,N,あ,21,21,12\n"), 3) << "a field short";
    EXPECT_EQ(line_of_vaccine_fault(good + "novavax,あ,N,あ,21,22,12,14\n"), 3) << "intervals";
    EXPECT_EQ(line_of_vaccine_fault(good + "novavax,あ,N,あ,-1,21,12,14\n"), 3) << "negative";
    EXPECT_EQ(line_of_vaccine_fault(good + "novavax,あ,N,あ,1000,21,12,14\n"), 3) << "large";
    EXPECT_EQ(line_of_vaccine_fault(good + "novavax,\"あ\",N,あ,21,21,12,14\n"), 3) << "quotes";
    EXPECT_EQ(line_of_vaccine_fault(good + "novavax,,N,あ,21,21,12,14\n"), 3) << "no name";
    EXPECT_EQ(line_of_vaccine_fault(good + "pfizer,あ,N,あ,21,21,12,14\n"), 3) << "twice";
    EXPECT_EQ(line_of_vaccine_fault("pfizer,あ,N,あ,21,21,12,14\n"), 1) << "no heading";
    EXPECT_EQ(line_of_vaccine_fault(kHeading), 0) << "no vaccine";
    EXPECT_EQ(line_of_vaccine_fault(""), 0);
}

}  // namespace
}  // namespace mado

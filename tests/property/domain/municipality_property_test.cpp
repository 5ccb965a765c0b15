#include "shared/domain/municipality.h"
#include "tests/support/data.h"
#include "tests/support/dice.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace mado {
namespace {

using tests::Dice;

// The last column, lgcode, of the public list; no field of it holds a line break.
std::vector<std::string> public_codes(const std::string& csv) {
    std::vector<std::string> codes;
    for (std::size_t start = csv.find('\n') + 1; start < csv.size();) {
        auto end = csv.find('\n', start);
        if (end == std::string::npos) end = csv.size();
        std::string line = csv.substr(start, end - start);
        if (line.ends_with('\r')) line.pop_back();
        if (!line.empty()) codes.push_back(line.substr(line.rfind(',') + 1));
        start = end + 1;
    }
    return codes;
}

TEST(MunicipalityProperty, EveryCodeOfThePublicListChecks) {
    const auto path = tests::data_path("japan/municipalities.csv");
    if (!path) GTEST_SKIP() << "no japan/municipalities.csv: set MADOGUCHI_DATA to have it read";
    const auto codes = public_codes(tests::read_file(*path));
    EXPECT_EQ(codes.size(), 1916U);
    for (const auto& code : codes)
        EXPECT_TRUE(MunicipalityCode::parse(code).ok()) << code;
}

std::string a_right_code(Dice& dice) {
    while (true) {
        std::string code = std::to_string(dice.between(100'000, 999'999));
        if (MunicipalityCode::parse(code)) return code;
    }
}

// Modulo 11, but the remainders 0 and 10 share the check digit 1: a wrong digit that moves the sum
// from one to the other passes, and nothing else does.
TEST(MunicipalityProperty, AWrongDigitIsCaughtButForOneOrTwoInAHundred) {
    int passed = 0;
    constexpr int kTries = 40'000;
    Dice dice(1);
    for (int i = 0; i < kTries; ++i) {
        std::string code = a_right_code(dice);
        char& digit = dice.pick(code);
        digit = static_cast<char>('0' + (digit - '0' + dice.between(1, 9)) % 10);
        if (MunicipalityCode::parse(code)) ++passed;
    }
    const double rate = static_cast<double>(passed) / kTries;
    EXPECT_GT(rate, 0.005);
    EXPECT_LT(rate, 0.03);
}

// The check digit itself always catches its own change.
TEST(MunicipalityProperty, AWrongCheckDigitIsAlwaysCaught) {
    Dice dice(2);
    for (int i = 0; i < 2'000; ++i) {
        const std::string code = a_right_code(dice);
        for (char digit = '0'; digit <= '9'; ++digit) {
            std::string changed = code;
            changed.back() = digit;
            EXPECT_EQ(MunicipalityCode::parse(changed).ok(), changed == code);
        }
    }
}

}  // namespace
}  // namespace mado

#include "shared/domain/municipality.h"

#include <gtest/gtest.h>

namespace mado {
namespace {

TEST(MunicipalityCode, IsRightForRealTowns) {
    for (const char* code : {"011002", "130001", "141003", "272205", "472018"}) {
        const auto parsed = MunicipalityCode::parse(code);
        ASSERT_TRUE(parsed.ok()) << code;
        EXPECT_EQ(parsed->digits(), code);
    }
}

TEST(MunicipalityCode, RefusesAWrongCheckDigit) {
    EXPECT_EQ(MunicipalityCode::parse("272204").error(), MunicipalityError::WrongCheckDigit);
    EXPECT_EQ(MunicipalityCode::parse("272215").error(), MunicipalityError::WrongCheckDigit);
    EXPECT_EQ(MunicipalityCode::parse("000000").error(), MunicipalityError::WrongCheckDigit);
}

TEST(MunicipalityCode, IsSixDigits) {
    for (const char* wrong : {"", "27220", "2722055", "27220a", " 272205", "-72205", "２７"}) {
        EXPECT_EQ(MunicipalityCode::parse(wrong).error(), MunicipalityError::NotSixDigits) << wrong;
    }
}

}  // namespace
}  // namespace mado

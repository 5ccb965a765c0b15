#include "shared/texts/spoken_digits.h"

#include <gtest/gtest.h>

namespace mado {
namespace {

TEST(SpokenDigits, AreReadOneByOneWithPauses) {
    EXPECT_EQ(spoken_digits("1234567890", "ja"),
              "いち、に、さん、よん、ご、ろく、なな、はち、きゅう、ゼロ");
    EXPECT_EQ(spoken_digits("07", "ja_easy"), "ゼロ、なな");
    EXPECT_EQ(spoken_digits("105", "en"), "one, zero, five");
    EXPECT_EQ(spoken_digits("105", "zh"), "yi1, ling2, wu3");
    EXPECT_EQ(spoken_digits("105", "ko"), "일, 공, 오");
    EXPECT_EQ(spoken_digits("105", "vi"), "một, không, năm");
    EXPECT_EQ(spoken_digits("105", "pt"), "um, zero, cinco");
}

TEST(SpokenDigits, PassOverTheSpacesOfATicket) {
    EXPECT_EQ(spoken_digits("12 3-4", "en"), "one, two, three, four");
    EXPECT_EQ(spoken_digits("", "en"), "");
}

TEST(SpokenDigits, StandAsDigitsInALanguageWithoutNames) {
    EXPECT_EQ(spoken_digits("42", "fr"), "4, 2");
}

}  // namespace
}  // namespace mado

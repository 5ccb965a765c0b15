#include "shared/ui/wrap.h"

#include "shared/base/text.h"
#include "tests/support/dice.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mado::ui {
namespace {

using testing::ElementsAre;

// Kanji and kana are 2 wide, everything else 1.
float width_of(std::string_view text) {
    float width = 0;
    for (const char32_t c : characters_of(text)) {
        width += c >= 0x2E80 ? 2 : 1;
    }
    return width;
}

std::vector<std::string> filled(std::string_view text, float width) {
    return wrap(text, width, Lines::Filled, width_of);
}

TEST(Wrap, LeavesAShortTextAlone) {
    EXPECT_THAT(filled("接種券", 6), ElementsAre("接種券"));
}

TEST(Wrap, GivesOneEmptyLineForNothing) {
    EXPECT_THAT(filled("", 10), ElementsAre(""));
}

TEST(Wrap, BreaksLatinTextAtSpacesOnly) {
    EXPECT_THAT(filled("Show your ticket to the camera", 12),
                ElementsAre("Show your", "ticket to", "the camera"));
}

TEST(Wrap, BreaksKoreanAtSpacesOnly) {
    EXPECT_THAT(filled("접종권을 카메라에 보여 주세요", 18),
                ElementsAre("접종권을 카메라에", "보여 주세요"));
}

TEST(Wrap, BreaksJapaneseThatPartsItsWordsBetweenThem) {
    EXPECT_THAT(filled("もう すこし ちかづけて ください", 20),
                ElementsAre("もう すこし", "ちかづけて ください"));
}

TEST(Wrap, BreaksJapaneseWhereAPhraseEnds) {
    EXPECT_THAT(filled("接種券をカメラに見せてください", 20),
                ElementsAre("接種券をカメラに", "見せてください"));
    EXPECT_THAT(wrap("生年月日は、これでよろしいですか？", 32, Lines::Balanced, width_of),
                ElementsAre("生年月日は、", "これでよろしいですか？"));
}

TEST(Wrap, NeverStartsALineWithAMarkOrASmallKana) {
    EXPECT_THAT(filled("あいうえ、おかき", 8), ElementsAre("あいう", "え、", "おかき"));
    EXPECT_THAT(filled("ワクチンッワ", 8), ElementsAre("ワクチ", "ンッワ"));
}

TEST(Wrap, NeverEndsALineWithAnOpeningBracket) {
    EXPECT_THAT(filled("会場（南側）", 6), ElementsAre("会場", "（南", "側）"));
}

TEST(Wrap, KeepsANumberWithWhatItCounts) {
    EXPECT_THAT(filled("昭和14年うさぎ年82歳です", 18),
                ElementsAre("昭和14年うさぎ年", "82歳です"));
    EXPECT_THAT(filled("東京3333丁目", 6), ElementsAre("東京", "3333丁", "目"));
}

TEST(Wrap, BreaksAtALineFeedAlways) {
    EXPECT_THAT(filled("上\n\n下", 100), ElementsAre("上", "", "下"));
}

TEST(Wrap, BalancesTheLinesOfAHeading) {
    const std::string text = "one two three four five six seven";
    EXPECT_THAT(filled(text, 28), ElementsAre("one two three four five six", "seven"));
    EXPECT_THAT(wrap(text, 28, Lines::Balanced, width_of),
                ElementsAre("one two three four", "five six seven"));
}

TEST(Wrap, TearsAWordOnlyWhereItIsWiderThanItsLine) {
    EXPECT_THAT(filled("a 0123456789", 5), ElementsAre("a", "01234", "56789"));
    EXPECT_THAT(filled("長", 1), ElementsAre("長"));
}

TEST(Wrap, SurvivesBytesThatAreNoText) {
    EXPECT_THAT(filled("\xff\xe3\x81", 10), ElementsAre("\uFFFD\uFFFD\uFFFD"));
}

TEST(Wrap, LosesNothingAndKeepsToItsWidth) {
    const std::u32string alphabet = U"接種券をカメラ、。（）ーっaz09 　";
    int broken = 0;
    for (const auto seed : tests::seeds(300)) {
        SCOPED_TRACE("MADO_SEED=" + std::to_string(seed));
        tests::Dice dice(seed);
        std::u32string text;
        for (int i = dice.between(0, 60); i > 0; --i) {
            text.push_back(alphabet[static_cast<std::size_t>(
                dice.between(0, static_cast<int>(alphabet.size()) - 1))]);
        }
        const auto width = static_cast<float>(dice.between(2, 40));
        const Lines kind = dice.between(0, 1) == 0 ? Lines::Filled : Lines::Balanced;
        const auto lines = wrap(to_utf8(text), width, kind, width_of);
        std::u32string kept;
        for (const std::string& line : lines) {
            EXPECT_LE(width_of(line), width);
            kept += characters_of(line);
        }
        const auto is_space = [](char32_t c) { return c == U' ' || c == U'\u3000'; };
        std::erase_if(text, is_space);
        std::erase_if(kept, is_space);
        EXPECT_EQ(kept, text);
        broken += lines.size() > 1 ? 1 : 0;
    }
    EXPECT_GT(broken, 150) << "too few of these texts need a second line";
}

TEST(Wrap, SaysWhichBreakTearsAWord) {
    EXPECT_TRUE(is_torn("Apagar", "Apa", "gar"));
    EXPECT_TRUE(is_torn("Call atendente", "Call aten", "dente"));
    EXPECT_FALSE(is_torn("Call staff", "Call", "staff"));
    EXPECT_FALSE(is_torn("予約する", "予約", "する"));
    EXPECT_FALSE(is_torn("Call", "", "Call"));
}

}  // namespace
}  // namespace mado::ui

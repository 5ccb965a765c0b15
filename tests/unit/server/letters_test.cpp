#include "sync/server/records/letters.h"

#include "shared/base/text.h"

#include <gtest/gtest.h>

namespace mado::server {
namespace {

std::string word_for(std::string_view text) {
    const auto wrong = wrong_letter(text);
    return wrong ? std::string(word_of(*wrong)) + " " + wrong->arguments.at(0).value : "";
}

TEST(Letters, OfJapaneseNamesAndAddressesAreGood) {
    for (const char* good :
         {"", "みどり市民センター", "髙橋﨑", "１丁目２－３（南側）", "ﾐﾄﾞﾘ", "①㈱№℡〒☎★☆♪♨♥☀☂→∞",
          "Café Müller São Ørsted Łódź", "昭和・平成〜令和", "ギリシャ Ω Я", "々〆ヶゝ", "𠮷野家",
          "㐂", "𪚲", "神\u0020社\u3000町"}) {
        EXPECT_EQ(word_for(good), "") << good;
    }
}

TEST(Letters, OfIdeographsMayNameTheirVariant) {
    EXPECT_EQ(word_for("葛\U000E0100飾区"), "");
    EXPECT_EQ(word_for("神\uFE00社"), "");
    EXPECT_EQ(word_for("あ\U000E0100"), "letter_invisible 2");
    EXPECT_EQ(word_for("\uFE0F"), "letter_invisible 1");
}

TEST(Letters, ThatNoTypefaceOfOursHasAreNamedByTheirPlace) {
    for (const char* emoji : {"😀", "⏰", "⌚", "⚡", "✅", "⭐", "🏥", "❤", "✈", "⛩", "㊗"}) {
        EXPECT_EQ(word_for("会場" + std::string(emoji)), "letter_not_shown 3") << emoji;
    }
    EXPECT_EQ(word_for("시청"), "letter_not_shown 1");
    EXPECT_EQ(word_for("ศาลา"), "letter_not_shown 1");
    EXPECT_EQ(word_for("a\uFFFD"), "letter_not_shown 2");
    EXPECT_EQ(word_for("☎\uFE0F"), "letter_invisible 2");
}

TEST(Letters, ThatNobodySeesAreNamed) {
    for (const char32_t c : {U'\t', U'\n', U'\u007F', U'\u0085', U'\u00AD', U'\u200B', U'\u200E',
                             U'\u202E', U'\u2060', U'\uFEFF', U'\U000E0041'}) {
        EXPECT_EQ(word_for("ab" + to_utf8({&c, 1}) + "c"), "letter_invisible 3") << int(c);
    }
}

TEST(Letters, ThatAreAMarkOrPrivateAreNamed) {
    EXPECT_EQ(word_for("か\u3099"), "letter_mark 2");
    EXPECT_EQ(word_for("e\u0301"), "letter_mark 2");
    EXPECT_EQ(word_for("\u0301"), "letter_mark 1");
    EXPECT_EQ(word_for("辻\uE000"), "letter_private 2");
    EXPECT_EQ(word_for("辻\U000F0000"), "letter_private 2");
}

TEST(Letters, OfAnEnglishNameAreLatin) {
    for (const char* good : {"Civic Hall", "St. Mary’s – Hall 2", "Café", "Ōta-ku"}) {
        EXPECT_TRUE(is_latin(good)) << good;
    }
    for (const char* bad : {"", "市民会館", "Civic 会館", "Ｃｉｖｉｃ", "123", "シビック", "Я"}) {
        EXPECT_FALSE(is_latin(bad)) << bad;
    }
}

TEST(Telephone, IsDigitsAndWhatPartsThem) {
    for (const char* good :
         {"0120-000-000", "+81 (72) 000-0001", "０１２０－０００－０００", "072−000−0001", "119",
          "072-000-0001（内線123）", "072-000-0001 (代表)", "（０７２）０００　０００１"}) {
        EXPECT_TRUE(is_telephone(good)) << good;
    }
    for (const char* bad : {"", "-", "なし", "内線", "072-000-000x", "072ー000", "0120-000-000#1",
                            "072-000-0001, 072-000-0002", "内123", "tel 119"}) {
        EXPECT_FALSE(is_telephone(bad)) << bad;
    }
}

}  // namespace
}  // namespace mado::server

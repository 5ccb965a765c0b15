#include "shared/texts/texts.h"

#include "tests/support/builders.h"
#include "tests/support/scratch_folder.h"

#include <algorithm>
#include <array>
#include <fstream>

#include <gtest/gtest.h>

namespace mado {
namespace {

using namespace std::chrono_literals;
using tests::a_date;

Texts japanese() {
    return Texts::open(MADO_LOCALE_FOLDER, "ja").value();
}
Texts english() {
    return Texts::open(MADO_LOCALE_FOLDER, "en").value();
}

TEST(Texts, SayADayWithItsWeekday) {
    const Date date = a_date("2021-07-05");
    EXPECT_EQ(japanese().day(date), "7月5日（月）");
    EXPECT_EQ(english().day(date), "Mon 5 July");
    EXPECT_EQ(english().day(a_date("2021-12-25")), "Sat 25 Dec");
    EXPECT_EQ(japanese().day_and_year(date), "2021年7月5日（月）");
    EXPECT_EQ(english().day_and_year(date), "Mon 5 July 2021");
}

TEST(Texts, SayDayAndTimeAsEachLanguageDoes) {
    const std::array<std::array<const char*, 3>, 5> said = {
        {{"ja_easy", "7月5日（月）", "ごご 0時15分"},
         {"zh", "7月5日（周一）", "下午12点15分"},
         {"ko", "7월 5일(월)", "오후 12시 15분"},
         {"vi", "T2, 5 tháng 7", "12:15 chiều"},
         {"pt", "seg, 5 de jul.", "12:15 da tarde"}}};
    for (const auto& [language, day, time] : said) {
        const Texts texts = Texts::open(MADO_LOCALE_FOLDER, language).value();
        EXPECT_EQ(texts.day(a_date("2021-07-05")), day);
        EXPECT_EQ(texts.time(12h + 15min), time);
    }
}

TEST(Texts, SayAMonth) {
    const std::chrono::year_month month{std::chrono::year(2021), std::chrono::December};
    EXPECT_EQ(japanese().month(month), "2021年12月");
    EXPECT_EQ(english().month(month), "December 2021");
}

TEST(Texts, SayTheTimeOfDayAsPeopleDo) {
    const Texts ja = japanese();
    const Texts en = english();
    EXPECT_EQ(ja.time(9h + 30min), "午前9時30分");
    EXPECT_EQ(ja.time(10h), "午前10時");
    EXPECT_EQ(ja.time(12h + 15min), "午後0時15分");
    EXPECT_EQ(ja.time(13h + 5min), "午後1時05分");
    EXPECT_EQ(en.time(9h + 30min), "9:30 am");
    EXPECT_EQ(en.time(0min), "12:00 am");
    EXPECT_EQ(en.time(12h), "12:00 pm");
    EXPECT_EQ(en.time(23h + 59min), "11:59 pm");
    EXPECT_EQ(ja.time_short(9h + 5min), "9:05");
}

TEST(Texts, PutArgumentsWhereTheLanguageWantsThem) {
    EXPECT_EQ(japanese().say("dose.number"_t, {{"dose", "2"}}), "2回目");
    EXPECT_EQ(english().say("dose.number"_t, {{"dose", "2"}}), "dose 2");
}

TEST(Texts, LeaveAnArgumentThatIsNotGivenVisible) {
    EXPECT_EQ(english().say("dose.number"_t), "dose {dose}");
}

TEST(Texts, TakeAnArgumentsBracesAsTheyAre) {
    EXPECT_EQ(english().say("dose.number"_t, {{"dose", "{dose}"}}), "dose {dose}");
}

TEST(Texts, ShowTheKeyOfATextThatIsMissing) {
    EXPECT_EQ(english().say({"no.such_text"}), "no.such_text");
}

TEST(Texts, ChooseTheNameForTheLanguage) {
    EXPECT_EQ(japanese().name("市民会館", "Civic Hall"), "市民会館");
    EXPECT_EQ(english().name("市民会館", "Civic Hall"), "Civic Hall");
    EXPECT_EQ(english().name("市民会館", ""), "市民会館");
    const Texts easy = Texts::open(MADO_LOCALE_FOLDER, "ja_easy").value();
    EXPECT_EQ(easy.name("市民会館", "Civic Hall"), "市民会館");
}

TEST(Texts, KnowTheirAlphabet) {
    const std::u32string alphabet = japanese().alphabet();
    EXPECT_NE(alphabet.find(U'券'), std::u32string::npos);
    EXPECT_EQ(alphabet.find(U'\x7F'), std::u32string::npos);
    // The tables of a compiled catalogue are no texts, whatever letters their bytes would make.
    const auto is_foreign = [](char32_t c) { return c >= 0x180 && c < 0x2000; };
    EXPECT_TRUE(std::ranges::none_of(alphabet, is_foreign));
}

TEST(Texts, TakeAListOfArgumentsThatWasMadeElsewhere) {
    const std::vector<Argument> arguments = {{"dose", "2"}};
    EXPECT_EQ(english().say("dose.number"_t, arguments), "dose 2");
}

TEST(Texts, AreInTheLanguageThatTheFirstLocaleWithAWordNames) {
    EXPECT_EQ(language_of_locale({nullptr, nullptr, "ja_JP.UTF-8"}), "ja");
    EXPECT_EQ(language_of_locale({"", "ja_JP.UTF-8", "en_US.UTF-8"}), "ja");
    EXPECT_EQ(language_of_locale({"C.UTF-8", nullptr, "ja_JP.UTF-8"}), "en");
    EXPECT_EQ(language_of_locale({nullptr, "ja", nullptr}), "ja");
    EXPECT_EQ(language_of_locale({nullptr, nullptr, "de_DE.UTF-8"}), "en");
    EXPECT_EQ(language_of_locale({nullptr, nullptr, nullptr}), "en");
}

TEST(Texts, RefuseALanguageThatIsNotThere) {
    const auto none = Texts::open(MADO_LOCALE_FOLDER, "eo");
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().kind, IoError::Kind::Unavailable);
}

TEST(Texts, RefuseAFileThatIsNoCatalogue) {
    const tests::ScratchFolder folder;
    const auto place = folder.path() / "xx" / "LC_MESSAGES";
    std::filesystem::create_directories(place);
    for (const std::string& content :
         {std::string("not a catalogue"), std::string("\xde\x12\x04\x95\0\0", 6)}) {
        std::ofstream(place / "madoguchi.mo", std::ios::binary) << content;
        const auto bad = Texts::open(folder.path(), "xx");
        ASSERT_FALSE(bad);
        EXPECT_EQ(bad.error().kind, IoError::Kind::Corrupt);
    }
}

}  // namespace
}  // namespace mado

#include "shared/texts/readings.h"

#include "shared/texts/spoken_numbers.h"
#include "tests/support/builders.h"

#include <gtest/gtest.h>

namespace mado {
namespace {

using tests::a_date;
using tests::a_time;

Readings readings(const char* language) {
    return Readings::open(MADO_LOCALE_FOLDER, language).value();
}

TEST(SpokenNumbers, ChangeTheirSoundInJapaneseWithWhatTheyCount) {
    const auto said = [](int number, Counted counted) {
        return spoken_number(number, counted, "ja");
    };
    EXPECT_EQ(said(20, Counted::DayOfMonth), "はつか");
    EXPECT_EQ(said(14, Counted::DayOfMonth), "じゅうよっか");
    EXPECT_EQ(said(4, Counted::Hour), "よじ");
    EXPECT_EQ(said(9, Counted::Hour), "くじ");
    EXPECT_EQ(said(10, Counted::Minute), "じゅっぷん");
    EXPECT_EQ(said(45, Counted::Minute), "よんじゅうごふん");
    EXPECT_EQ(said(14, Counted::EraYear), "じゅうよねん");
    EXPECT_EQ(said(64, Counted::EraYear), "ろくじゅうよねん");
    EXPECT_EQ(said(1939, Counted::WesternYear), "せんきゅうひゃくさんじゅうきゅうねん");
    EXPECT_EQ(said(2000, Counted::WesternYear), "にせんねん");
    EXPECT_EQ(said(82, Counted::Age), "はちじゅうにさい");
    EXPECT_EQ(said(20, Counted::Age), "はたち");
    EXPECT_EQ(said(90, Counted::Age), "きゅうじゅっさい");
    EXPECT_EQ(said(101, Counted::Age), "ひゃくいっさい");
    EXPECT_EQ(said(1, Counted::Dose), "いっかいめ");
    EXPECT_EQ(said(2, Counted::Dose), "にかいめ");
    EXPECT_EQ(said(3812, Counted::Plain), "さんぜんはっぴゃくじゅうに");
    EXPECT_EQ(said(0, Counted::Plain), "ゼロ");
}

TEST(SpokenNumbers, AreKanaInJapaneseWhateverTheyCount) {
    for (const Counted counted :
         {Counted::Plain, Counted::EraYear, Counted::WesternYear, Counted::Age, Counted::Dose}) {
        for (int number = 0; number <= 9999; ++number) {
            const std::string said = spoken_number(number, counted, "ja_easy");
            ASSERT_TRUE(!said.empty() && is_kana(said)) << number;
        }
    }
}

TEST(SpokenNumbers, CountKoreanHoursInKoreanAndChineseYearsByTheirDigits) {
    EXPECT_EQ(spoken_number(9, Counted::Hour, "ko"), "아홉");
    EXPECT_EQ(spoken_number(12, Counted::Hour, "ko"), "열두");
    EXPECT_EQ(spoken_number(30, Counted::Minute, "ko"), "30");
    EXPECT_EQ(spoken_number(1939, Counted::WesternYear, "zh"), "yi1 jiu3 san1 jiu3");
    EXPECT_EQ(spoken_number(2, Counted::Hour, "zh"), "liang3");
    EXPECT_EQ(spoken_number(14, Counted::EraYear, "pt"), "14");
}

TEST(Readings, TellDaysAndTimesAsEachLanguageSaysThem) {
    const Date day = a_date("2021-07-20");
    EXPECT_EQ(readings("ja").day(day), "しちがつ はつか、かようび");
    EXPECT_EQ(readings("ja_easy").day(day), "しちがつ はつか、かようび");
    EXPECT_EQ(readings("zh").day(day), "qi1 yue4 20 ri4, zhou1 er4");
    EXPECT_EQ(readings("en").day(day), "Tuesday, 20 July");
    EXPECT_EQ(readings("ko").day(day), "7월 20일, 화요일");
    EXPECT_EQ(readings("vi").day(day), "Thứ ba, ngày 20 tháng 7");
    EXPECT_EQ(readings("pt").day(day), "terça-feira, 20 de julho");

    EXPECT_EQ(readings("ja").time(a_time("09:30")), "ごぜん くじ さんじゅっぷん");
    EXPECT_EQ(readings("ja").time(a_time("16:00")), "ごご よじ");
    EXPECT_EQ(readings("zh").time(a_time("14:15")), "xia4 wu3 liang3 dian3 15 fen1");
    EXPECT_EQ(readings("en").time(a_time("13:00")), "1 o'clock in the afternoon");
    EXPECT_EQ(readings("ko").time(a_time("09:30")), "오전 아홉 시 30분");
}

TEST(Readings, AreTheTextItselfWhereItIsReadAsItIsWritten) {
    EXPECT_EQ(readings("en").say("booked.title"_t), "Booked");
    EXPECT_EQ(readings("en").say("weekday.mon"_t), "Monday");
    EXPECT_EQ(readings("ja").say("booked.title"_t), "よやくできました");
}

TEST(Readings, LeaveOutANameThatTheirVoiceWouldMangle) {
    EXPECT_EQ(readings("ja").name("", "みどり市民会館", "Midori Civic Hall"), "");
    EXPECT_EQ(readings("ja").name("みどりしみんかいかん", "みどり市民会館", "Midori Civic Hall"),
              "みどりしみんかいかん");
    EXPECT_EQ(readings("ja").name("", "ふれあいセンター", "Fureai Centre"), "ふれあいセンター");
    EXPECT_EQ(readings("en").name("みどり", "みどり市民会館", "Midori Civic Hall"),
              "Midori Civic Hall");
    EXPECT_EQ(readings("zh").name("みどり", "みどり市民会館", "Midori Civic Hall"), "");
}

TEST(Readings, KnowKanaFromEverythingElse) {
    EXPECT_TRUE(is_kana("せっしゅけんを、カメラに みせてください。"));
    for (const char* other : {"接種券", "3がつ", "booked.title", "Ａ", "ワクチン（コミナティ）"}) {
        EXPECT_FALSE(is_kana(other)) << other;
    }
}

}  // namespace
}  // namespace mado
